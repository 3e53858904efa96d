// SPDX-License-Identifier: GPL-2.0-only
/*
 * The walk on graphs built by hand: no libclang, no database. The snippets show
 * that whole cases work; here each inference stands alone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "rules/walk.h"

#include "walk-world.h"

static void test_two_calls_down(void **state)
{
	struct world w = new_world();
	struct core c = add_core(&w);
	uint32_t probe = fn(&w, "a_probe"), helper = fn(&w, "helper");
	uint32_t quiet = fn(&w, "b_probe");
	struct rule rule = registration_rule();

	(void)state;
	add_driver(&w, "a_driver", probe);
	add_driver(&w, "b_driver", quiet);
	call(&w, probe, helper);
	register_driver(&w, &c, helper, var(&w, "inner"));
	expect(&w, &rule, "same-bus high a_probe -> helper -> drv_reg(inner)");
}

static void test_shortest_path(void **state)
{
	struct world w = new_world();
	struct core c = add_core(&w);
	uint32_t probe = fn(&w, "a_probe"), longer = fn(&w, "longer");
	uint32_t end = fn(&w, "end"), left = fn(&w, "z_first");
	uint32_t right = fn(&w, "a_second");
	struct rule rule = registration_rule();

	(void)state;
	add_driver(&w, "a_driver", probe);
	call(&w, probe, longer);
	call(&w, longer, left);
	/* of two as short, the one whose call comes first in the probe */
	call(&w, probe, left);
	call(&w, probe, right);
	call(&w, left, end);
	call(&w, right, end);
	register_driver(&w, &c, end, var(&w, "inner"));
	expect(&w, &rule,
	       "same-bus high a_probe -> z_first -> end -> drv_reg(inner)");
}

static void test_recursion_ends(void **state)
{
	struct world w = new_world();
	struct core c = add_core(&w);
	uint32_t probe = fn(&w, "a_probe"), other = fn(&w, "other");
	struct rule rule = registration_rule();

	(void)state;
	add_driver(&w, "a_driver", probe);
	call(&w, probe, other);
	call(&w, other, probe);
	call(&w, other, other);
	register_driver(&w, &c, other, var(&w, "inner"));
	expect(&w, &rule, "same-bus high a_probe -> other -> drv_reg(inner)");
}

/*
 * Starts that all get to a large part of the kernel, and through it to a
 * target: each call is looked at a few times, and not once for each start.
 */
static void test_steps_are_shared(void **state)
{
	enum { NR = 200 };
	struct world w = new_world();
	struct core c = add_core(&w);
	uint32_t inner = var(&w, "inner"), last = fn(&w, "last");
	uint32_t next = last, i;
	struct rule rule = registration_rule();
	struct findings found = { 0 };
	struct walker *walker;
	char name[32];

	(void)state;
	register_driver(&w, &c, last, inner);
	/* each calls all behind it, so ways are short and calls are many */
	for (i = 1; i < NR; i++) {
		uint32_t f = fn(&w, "between"), k;

		for (k = last; k < f; k++)
			call(&w, f, k);
		next = f;
	}
	for (i = 0; i < NR; i++) {
		uint32_t probe;

		snprintf(name, sizeof(name), "probe%u", i);
		probe = fn(&w, name);
		call(&w, probe, next);
		add_driver(&w, name, probe);
	}
	graph_finish(w.g);
	walker = walker_new_least(w.g, CONFIDENCE_MEDIUM);
	walker_walk(walker, &rule, &found);
	assert_int_equal(found.nr, NR);
	assert_true(walker_nr_steps(walker) > 0);
	assert_true(walker_nr_steps(walker) < 4 * graph_nr_calls(w.g));
	walker_free(walker);
	findings_release(&found);
	rule_free(&rule);
	graph_free(w.g);
}

static void test_only_init_registers(void **state)
{
	struct world w = new_world();
	struct core c = add_core(&w);
	uint32_t init = fn(&w, "a_init");
	uint32_t driver = add_driver(&w, "a_driver", fn(&w, "a_probe"));
	struct rule rule = registration_rule();

	(void)state;
	register_driver(&w, &c, init, driver);
	expect(&w, &rule, "");
}

static void test_dispatch_is_barrier(void **state)
{
	struct world w = new_world();
	struct core c = add_core(&w);
	uint32_t probe = fn(&w, "a_probe");
	struct rule rule = registration_rule();

	(void)state;
	add_driver(&w, "a_driver", probe);
	call(&w, probe, c.dispatch);
	register_driver(&w, &c, c.dispatch, var(&w, "inner"));
	expect(&w, &rule, "");
}

static void test_buses(void **state)
{
	struct world w = new_world();
	struct core c = add_core(&w);
	uint32_t probe = fn(&w, "a_probe"), inner = var(&w, "inner");
	uint32_t lost = var(&w, "lost");
	struct rule rule = registration_rule();

	(void)state;
	add_driver(&w, "a_driver", probe);
	/* a bare core, registered as such: its own initialiser has the bus */
	set(&w, GRAPH_NONE, value(&w, VALUE_GLOBAL, 0, inner, "|core.bus"),
	    value(&w, VALUE_GLOBAL, 1, c.other_bus, ""), "core.bus");
	call_arg(&w, probe, c.reg, value(&w, VALUE_GLOBAL, 1, inner, ""));
	call_arg(&w, probe, c.reg, value(&w, VALUE_GLOBAL, 1, lost, ""));
	expect(&w, &rule,
	       "unknown-bus high a_probe -> reg(lost); "
	       "cross-bus high a_probe -> reg(inner)");
}

static void test_callback_edges(void **state)
{
	struct world w = new_world();
	struct core c = add_core(&w);
	uint32_t probe = fn(&w, "a_probe"), cb = fn(&w, "cb");
	uint32_t apply = fn(&w, "apply"), outer = fn(&w, "apply_all");
	uint32_t later = fn(&w, "later"), defer = fn(&w, "defer");
	struct rule rule = registration_rule();

	(void)state;
	add_driver(&w, "a_driver", probe);
	/* apply_all() hands its parameter to apply(), which calls it */
	call_through(&w, apply, value(&w, VALUE_PARAM, 0, 0, ""));
	call_arg(&w, outer, apply, value(&w, VALUE_PARAM, 0, 0, ""));
	call_arg(&w, probe, outer, value(&w, VALUE_FUNC, 1, cb, ""));
	register_driver(&w, &c, cb, var(&w, "inner"));
	/* defer() stores it */
	set(&w, defer, value(&w, VALUE_NONE, 0, 0, ">work.func"),
	    value(&w, VALUE_PARAM, 0, 0, ""), "work.func");
	call_arg(&w, probe, defer, value(&w, VALUE_FUNC, 1, later, ""));
	register_driver(&w, &c, later, var(&w, "other"));
	expect(&w, &rule, "same-bus high a_probe -> cb -> drv_reg(inner)");
}

static void test_driver_of_allocated_state(void **state)
{
	struct world w = new_world();
	struct core c = add_core(&w);
	uint32_t probe = fn(&w, "a_probe"), alloc = fn(&w, "alloc");
	struct rule rule = registration_rule();
	uint32_t priv = graph_add_string(w.g, "priv");

	(void)state;
	add_driver(&w, "a_driver", probe);
	set(&w, probe, value(&w, VALUE_LOCAL, 0, priv, ""),
	    value(&w, VALUE_CALL, 0, alloc, ""), "");
	call_arg(&w, probe, c.drv_reg,
		 value(&w, VALUE_LOCAL, 1, priv, ">state.drv"));
	expect(&w, &rule, "same-bus high a_probe -> drv_reg(priv->drv)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_two_calls_down),
		cmocka_unit_test(test_shortest_path),
		cmocka_unit_test(test_recursion_ends),
		cmocka_unit_test(test_steps_are_shared),
		cmocka_unit_test(test_only_init_registers),
		cmocka_unit_test(test_dispatch_is_barrier),
		cmocka_unit_test(test_buses),
		cmocka_unit_test(test_callback_edges),
		cmocka_unit_test(test_driver_of_allocated_state),
	};

	return cmocka_run_group_tests_name("walk", tests, NULL, NULL);
}
