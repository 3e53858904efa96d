// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the members of a rule make of a walk, those as well that the bundled
 * rules do not use yet.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rules/unseen.h"
#include "rules/walk.h"

#include "walk-world.h"

static void test_named_barrier(void **state)
{
	struct world w = new_world();
	struct core c = add_core(&w);
	uint32_t probe = fn(&w, "a_probe"), gate = fn(&w, "gate");
	struct rule rule = registration_rule();

	(void)state;
	string_list_add(&rule.barriers, "gate");
	add_driver(&w, "a_driver", probe);
	call(&w, probe, gate);
	register_driver(&w, &c, gate, var(&w, "inner"));
	expect(&w, &rule, "");
}

static void test_exceptions(void **state)
{
	static const char *const names[] = { "file", "macro", "caller",
					     "other macro" };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		struct world w = new_world();
		struct core c = add_core(&w);
		uint32_t probe = fn(&w, "a_probe");
		struct rule rule = registration_rule();

		add_driver(&w, "a_driver", probe);
		w.macro = "quiet_register";
		register_driver(&w, &c, probe, var(&w, "inner"));
		if (!strcmp(names[i], "file"))
			string_list_add(&rule.except_files, "drivers/");
		else if (!strcmp(names[i], "caller"))
			string_list_add(&rule.except_callers, "a_probe");
		else
			string_list_add(&rule.except_macros,
					strcmp(names[i], "macro")
						? "unused"
						: "quiet_register");
		expect(&w, &rule,
		       strcmp(names[i], "other macro")
			       ? ""
			       : "same-bus high a_probe -> "
				 "quiet_register(inner)");
	}
}

static void test_excepted_attribute(void **state)
{
	struct world w = new_world();
	struct core c = add_core(&w);
	uint32_t probe = fn(&w, "a_probe");
	uint32_t leave =
		symbol(&w, SYMBOL_FUNC, "leave", "drivers/a.c", ATTR_EXIT);
	struct rule rule = registration_rule();

	(void)state;
	rule.except_attrs = ATTR_EXIT;
	add_driver(&w, "a_driver", probe);
	call(&w, probe, leave);
	register_driver(&w, &c, leave, var(&w, "inner"));
	expect(&w, &rule, "");
}

/* A rule whose target is a plain call and whose start is a named field. */
static void test_call_from_callback(void **state)
{
	struct world w = new_world();
	uint32_t wait = fn(&w, "wait_for_it"), bind = fn(&w, "a_bind");
	uint32_t helper = fn(&w, "helper"), other = fn(&w, "other");
	uint32_t ops = var(&w, "ops");
	struct rule rule = {
		.id = "w",
		.from = SOURCE_CALLBACK,
		.to = TARGET_CALL,
		.confidence = CONFIDENCE_HIGH,
	};

	(void)state;
	add_core(&w);
	string_list_add(&rule.dispatch, "bus.probe");
	string_list_add(&rule.dispatch, "core.probe");
	string_list_add(&rule.callbacks, "component.bind");
	string_list_add(&rule.functions, "wait_for_it");
	set(&w, GRAPH_NONE, value(&w, VALUE_GLOBAL, 0, ops, "|component.bind"),
	    value(&w, VALUE_FUNC, 1, bind, ""), "component.bind");
	call(&w, bind, helper);
	call(&w, helper, wait);
	call(&w, other, wait);
	expect(&w, &rule, "reached high a_bind -> helper -> wait_for_it");
}

/* However certain the way is. */
static void test_confidence(void **state)
{
	struct rule rule = registration_rule();
	struct world w = new_world();
	struct core c = add_core(&w);
	uint32_t probe = fn(&w, "a_probe"), inner = var(&w, "inner");

	(void)state;
	add_driver(&w, "a_driver", probe);
	register_driver(&w, &c, probe, inner);
	rule.confidence = CONFIDENCE_MEDIUM;
	expect(&w, &rule, "same-bus medium a_probe -> drv_reg(inner)");
}

/* A rule about everyone but those named, and what only these reach. */
static void test_any_but(void **state)
{
	struct world w = new_world();
	uint32_t configure = fn(&w, "configure"), bus = fn(&w, "bus_ok");
	uint32_t below = fn(&w, "only_below"), both = fn(&w, "below_both");
	uint32_t bad = fn(&w, "bad"), cb = fn(&w, "dma_cb");
	uint32_t type = var(&w, "some_bus");
	struct rule rule = {
		.id = "d",
		.from = SOURCE_ANY,
		.to = TARGET_CALL,
		.confidence = CONFIDENCE_HIGH,
	};

	(void)state;
	string_list_add(&rule.functions, "configure");
	string_list_add(&rule.except_callers, "bus_ok");
	string_list_add(&rule.except_callbacks, "bus.dma");
	set(&w, GRAPH_NONE, value(&w, VALUE_GLOBAL, 0, type, "|bus.dma"),
	    value(&w, VALUE_FUNC, 1, cb, ""), "bus.dma");
	call(&w, cb, configure);
	call(&w, bus, configure);
	call(&w, bus, below);
	call(&w, below, configure);
	call(&w, bus, both);
	call(&w, bad, both);
	call(&w, both, configure);
	call(&w, bad, configure);
	expect(&w, &rule,
	       "reached high below_both -> configure; "
	       "reached high bad -> configure");
}

/*
 * Half a tree: the function that the rule names and one that is handed a driver
 * are called and not defined; one that is handed something else does not count.
 */
static void test_unseen(void **state)
{
	struct world w = new_world();
	struct rule rule = registration_rule();
	struct string_list names = { 0 };
	uint32_t init = fn(&w, "a_init"), outside[2], driver, other;
	static const char *const undefined[] = { "drv_reg", "use" };
	struct walker *walker;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(outside); i++) {
		struct graph_symbol sym = {
			.kind = SYMBOL_FUNC,
			.name = graph_add_string(w.g, undefined[i]),
			.file = graph_add_string(w.g, ""),
			.type = graph_add_string(w.g, ""),
		};

		outside[i] = graph_add_symbol(w.g, &sym);
	}
	field(&w, "core", "bus", FIELD_POINTER, "bus");
	field(&w, "drv", "core", FIELD_RECORD, "core");
	driver = typed_var(&w, "a_driver", "drv");
	other = typed_var(&w, "a_table", "table");
	call_arg(&w, init, outside[0], value(&w, VALUE_GLOBAL, 1, driver, ""));
	call_arg(&w, init, outside[1], value(&w, VALUE_GLOBAL, 1, other, ""));
	graph_finish(w.g);
	walker = walker_new(w.g);
	walker_unseen(walker, &rule, &names);
	walker_free(walker);
	string_list_sort_unique(&names);
	assert_int_equal(names.nr, 2);
	assert_string_equal(names.item[0], "drv_reg");
	assert_string_equal(names.item[1], "reg");
	string_list_release(&names);
	rule_free(&rule);
	graph_free(w.g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_named_barrier),
		cmocka_unit_test(test_exceptions),
		cmocka_unit_test(test_excepted_attribute),
		cmocka_unit_test(test_call_from_callback),
		cmocka_unit_test(test_confidence),
		cmocka_unit_test(test_any_but),
		cmocka_unit_test(test_unseen),
	};

	return cmocka_run_group_tests_name("walk-rule", tests, NULL, NULL);
}
