// SPDX-License-Identifier: GPL-2.0-only
/*
 * Searches for further ways that find none: all ways but one end in a call that
 * a constant forbids, and there are more of them than can be tried.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "rules/walk.h"

#include "walk-world.h"

/* target(how), which registers only if @how is 0 */
static uint32_t add_target(struct world *w, const struct core *c)
{
	const struct graph_cond cond = { .kind = COND_EQ };
	uint32_t target = fn(w, "target");

	register_driver(w, c, target, add_driver(w, "driver", fn(w, "other")));
	graph_add_conds(w->g, &cond, 1);
	return target;
}

static void call_target(struct world *w, uint32_t caller, uint32_t target,
			uint32_t how)
{
	const struct graph_arg arg = {
		.only = true, .value = value(w, VALUE_INT, 0, how, "")
	};
	const struct graph_call c = {
		.caller = caller,
		.target = value(w, VALUE_FUNC, 1, target, ""),
		.file = graph_add_string(w->g, "drivers/a.c"),
		.line = ++w->line,
		.macro = graph_add_string(w->g, ""),
		.nr_args = 1,
	};

	graph_add_call(w->g, &c, &arg, NULL);
}

/* From @from on, each function calls two others, both of which call the next
 * one: as many ways as two to the power of @nr. Returns where they meet. */
static uint32_t add_ways(struct world *w, uint32_t from, int nr)
{
	uint32_t next, side, i, k;
	char name[32];

	for (i = 0; i < (uint32_t)nr; i++, from = next) {
		snprintf(name, sizeof(name), "next%u", i);
		next = fn(w, name);
		for (k = 0; k < 2; k++) {
			snprintf(name, sizeof(name), "side%u_%u", i, k);
			side = fn(w, name);
			call(w, from, side);
			call(w, side, next);
		}
	}
	return from;
}

/* Searches that are given up with two to the power of @nr ways in vain. */
static uint32_t nr_given_up(int nr, uint32_t nr_paths)
{
	struct world w = new_world();
	struct core c = add_core(&w);
	struct rule rule = registration_rule();
	uint32_t probe = fn(&w, "probe"), target = add_target(&w, &c);
	uint32_t cut = 0, given_up = 0;
	struct string_list fields = { 0 };
	struct findings found = { 0 };
	struct walker *walker;

	add_driver(&w, "probing", probe);
	call_target(&w, probe, target, 0);
	call_target(&w, add_ways(&w, probe, nr), target, 1);
	graph_finish(w.g);
	walker = walker_new(w.g);
	walker_show_paths(walker, nr_paths);
	walker_walk(walker, &rule, &found);
	walker_name_cut(walker, &fields, &cut, &given_up);
	assert_int_equal(found.nr, 1);
	assert_int_equal(found.list[0].nr_other_paths, 0);
	assert_int_equal(cut, 0);
	walker_free(walker);
	findings_release(&found);
	string_list_release(&fields);
	rule_free(&rule);
	graph_free(w.g);
	return given_up;
}

static void test_given_up(void **state)
{
	(void)state;
	assert_int_equal(nr_given_up(18, 3), 1);
}

/* Looked at all of them, and found nothing. */
static void test_not_given_up(void **state)
{
	(void)state;
	assert_int_equal(nr_given_up(3, 3), 0);
}

/* Nobody asked for more ways than one. */
static void test_one_way(void **state)
{
	(void)state;
	assert_int_equal(nr_given_up(18, 1), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_given_up),
		cmocka_unit_test(test_not_given_up),
		cmocka_unit_test(test_one_way),
	};

	return cmocka_run_group_tests_name("walk-paths", tests, NULL, NULL);
}
