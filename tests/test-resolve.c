// SPDX-License-Identifier: GPL-2.0-only
/* Joining access paths: see rules/resolve.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "rules/resolve.h"

#include "walk-world.h"

/* A pointer, steps from there, and what they lead to. */
static const struct {
	const char *name;
	uint8_t addr;
	const char *path;
	const char *steps;
	uint8_t steps_addr;
	const char *want; /* "&path", "path"; NULL: lost */
} cases[] = {
	{ "nothing", 1, "|a.b", "", 0, "&|a.b" },
	{ "through a pointer", 0, "", ">a.b", 0, ">a.b" },
	{ "through an address", 1, "", ">a.b|c.d", 1, "&|a.b|c.d" },
	{ "star of an address", 1, "|a.b", "*", 0, "|a.b" },
	{ "field through a star", 0, "*", "|a.b", 0, ">a.b" },
	{ "element", 0, ">a.b", "[]", 0, ">a.b[]" },
	{ "object around a pointer", 0, "", "<a.b", 1, "&<a.b" },
	{ "other field of it", 0, "", "<a.b|a.c", 0, "<a.b|a.c" },
	{ "that field of it", 0, ">x.y", "<a.b|a.b", 1, ">x.y" },
	{ "what is in that field", 0, "", "<a.b|a.b|c.d", 0, ">c.d" },
	{ "that field as a value", 0, "", "<a.b|a.b", 0, "*" },
	{ "address of the field", 1, "|a.b", "<a.b", 1, "&" },
	{ "of a pointer's field", 1, ">a.b", "<a.b", 1, "" },
	{ "and on from there", 1, ">a.b", "<a.b|a.c", 0, ">a.c" },
	{ "two levels", 1, ">a.b|c.d", "<c.d<a.b|a.c", 0, ">a.c" },
	{ "two levels and back", 0, "", "<c.d<a.b|a.b|c.d", 1, "" },
	{ "one level back", 0, "", "<c.d<a.b|a.b", 1, "&<c.d" },
	{ "address of another field", 1, "|a.c", "<a.b", 1, NULL },
	{ "address of a variable", 1, "", "<a.b|a.c", 0, NULL },
	{ "no end", 0, ">a.b>a.b>a.b>a.b>a.b>a.b>a.b",
	  ">a.b>a.b>a.b>a.b>a.b>a.b", 0, NULL },
	{ "around what a caller knows", 1, "<a.b", ">a.b", 1, "" },
};

static void test_compose(void **state)
{
	struct graph *g = graph_new();
	struct resolver r;
	size_t i;

	(void)state;
	graph_finish(g);
	resolver_init(&r, g);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct place p = { .kind = VALUE_PARAM };
		char have[64];

		p.addr = cases[i].addr;
		p.path = resolver_path(&r, cases[i].path);
		p = resolver_compose(&r, &p, resolver_path(&r, cases[i].steps),
				     cases[i].steps_addr);
		print_message("# %s\n", cases[i].name);
		if (!cases[i].want) {
			assert_int_equal(p.kind, VALUE_NONE);
			continue;
		}
		snprintf(have, sizeof(have), "%s%s", p.addr ? "&" : "",
			 place_path(&r, &p));
		assert_int_equal(p.kind, VALUE_PARAM);
		assert_string_equal(have, cases[i].want);
	}
	resolver_release(&r);
	graph_free(g);
}

static void test_head(void **state)
{
	static const struct {
		const char *path, *head;
		char op;
	} rows[] = {
		{ "", "", '\0' },
		{ ">a.b", "", '>' },
		{ ">a.b|c.d", ">a.b", '|' },
		{ ">a.b[]", ">a.b", '[' },
		{ ">a.b<c.d", ">a.b", '<' },
		{ ">a@drivers/x.c.b*", ">a@drivers/x.c.b", '*' },
	};
	struct world w = new_world();
	struct resolver r;
	uint32_t head;
	size_t i, k;
	char op;

	(void)state;
	graph_finish(w.g);
	resolver_init(&r, w.g);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		/* what is remembered is the same */
		for (k = 0; k < 2; k++) {
			head = resolver_head(
				&r, resolver_path(&r, rows[i].path), &op);
			assert_int_equal(head, resolver_path(&r, rows[i].head));
			assert_int_equal(op, rows[i].op);
		}
	}
	resolver_release(&r);
	graph_free(w.g);
}

enum { NR_CALLS = 12, MAX_FOLLOWED = 8 };

/* Functions that return what the next one returns; the last, a variable. */
static void add_chain(struct world *w, uint32_t *fns)
{
	struct graph_value returned = value(w, VALUE_RETURN, 0, 0, "");
	char name[16];
	int i;

	for (i = 0; i < NR_CALLS; i++) {
		snprintf(name, sizeof(name), "f%d", i);
		fns[i] = fn(w, name);
	}
	for (i = 0; i + 1 < NR_CALLS; i++)
		set(w, fns[i], returned,
		    value(w, VALUE_CALL, 0, fns[i + 1], ""), "");
	set(w, fns[i], returned, value(w, VALUE_GLOBAL, 1, var(w, "v"), ""),
	    "");
}

/* As far as values are followed, it is seen that a variable comes of it. */
static void test_may_return(void **state)
{
	struct world w = new_world();
	uint32_t fns[NR_CALLS], left;
	struct resolver r;
	int i;

	(void)state;
	add_chain(&w, fns);
	graph_finish(w.g);
	resolver_init(&r, w.g);
	for (i = 0; i < NR_CALLS; i++) {
		struct place p = { .kind = VALUE_CALL, .base = fns[i] };
		struct places values = { 0 };

		left = NR_CALLS - i;
		assert_true(resolver_may_return(&r, fns[i], left));
		assert_false(resolver_may_return(&r, fns[i], left - 1));
		resolver_values(&r, GRAPH_NONE, p, &values);
		assert_int_equal(values.nr, 1);
		assert_int_equal(values.list[0].kind, left <= MAX_FOLLOWED
							      ? VALUE_GLOBAL
							      : VALUE_CALL);
		places_release(&values);
	}
	resolver_release(&r);
	graph_free(w.g);
}

/* Memory that a function has from itself, or from nobody, is no variable. */
static void test_returns_nothing(void **state)
{
	struct world w = new_world();
	uint32_t alloc = fn(&w, "alloc"), local;
	struct graph_value returned = value(&w, VALUE_RETURN, 0, 0, "");
	struct resolver r;

	(void)state;
	local = graph_add_string(w.g, "p");
	set(&w, alloc, returned, value(&w, VALUE_LOCAL, 0, local, ""), "");
	set(&w, alloc, value(&w, VALUE_LOCAL, 0, local, ""),
	    value(&w, VALUE_CALL, 0, alloc, ""), "");
	set(&w, alloc, value(&w, VALUE_LOCAL, 0, local, ""),
	    value(&w, VALUE_NULL, 0, 0, ""), "");
	graph_finish(w.g);
	resolver_init(&r, w.g);
	assert_false(resolver_may_return(&r, alloc, NR_CALLS));
	resolver_release(&r);
	graph_free(w.g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_compose),
		cmocka_unit_test(test_head),
		cmocka_unit_test(test_may_return),
		cmocka_unit_test(test_returns_nothing),
	};

	return cmocka_run_group_tests_name("resolve", tests, NULL, NULL);
}
