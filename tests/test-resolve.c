// SPDX-License-Identifier: GPL-2.0-only
/* Joining access paths: see rules/resolve.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "rules/resolve.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_compose),
	};

	return cmocka_run_group_tests_name("resolve", tests, NULL, NULL);
}
