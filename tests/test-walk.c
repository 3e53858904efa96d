// SPDX-License-Identifier: GPL-2.0-only
/*
 * The walk on graphs built by hand: no libclang, no database. The snippets show
 * that whole cases work; here each inference stands alone, and so do the
 * members of a rule that the bundled rules do not use yet.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "rules/unseen.h"
#include "rules/walk.h"

/* ---- a graph in few words ---- */

struct world {
	struct graph *g;
	uint32_t line; /* every call and store stands on a line of its own */
	const char *macro; /* spelled at the sites of calls, or NULL */
};

static uint32_t typed_symbol(struct world *w, uint8_t kind, const char *name,
			     const char *file, uint32_t attrs, const char *type)
{
	struct graph_symbol sym = {
		.kind = kind,
		.defined = true,
		.name = graph_add_string(w->g, name),
		.file = graph_add_string(w->g, file),
		.line = ++w->line,
		.attrs = attrs,
		.type = graph_add_string(w->g, type),
	};

	return graph_add_symbol(w->g, &sym);
}

static uint32_t symbol(struct world *w, uint8_t kind, const char *name,
		       const char *file, uint32_t attrs)
{
	return typed_symbol(w, kind, name, file, attrs, "");
}

static uint32_t typed_var(struct world *w, const char *name, const char *type)
{
	return typed_symbol(w, SYMBOL_VAR, name, "drivers/a.c", 0, type);
}

static uint32_t fn(struct world *w, const char *name)
{
	return symbol(w, SYMBOL_FUNC, name, "drivers/a.c", 0);
}

static uint32_t var(struct world *w, const char *name)
{
	return symbol(w, SYMBOL_VAR, name, "drivers/a.c", 0);
}

static struct graph_value value(struct world *w, uint8_t kind, uint8_t addr,
				uint32_t base, const char *path)
{
	return (struct graph_value){
		.kind = kind,
		.addr = addr,
		.base = base,
		.path = graph_add_string(w->g, path),
	};
}

static void call_arg(struct world *w, uint32_t caller, uint32_t callee,
		     struct graph_value arg)
{
	struct graph_arg args[] = { { .pos = 0, .value = arg } };
	struct graph_call call = {
		.caller = caller,
		.target = value(w, VALUE_FUNC, 1, callee, ""),
		.file = graph_add_string(w->g, "drivers/a.c"),
		.line = ++w->line,
		.col = 1,
		.macro = graph_add_string(w->g, w->macro ? w->macro : ""),
		.nr_args = arg.kind != VALUE_NONE,
	};

	graph_add_call(w->g, &call, args, NULL);
}

static void call(struct world *w, uint32_t caller, uint32_t callee)
{
	call_arg(w, caller, callee, value(w, VALUE_NONE, 0, 0, ""));
}

static void call_through(struct world *w, uint32_t caller,
			 struct graph_value target)
{
	struct graph_call c = {
		.caller = caller,
		.target = target,
		.file = graph_add_string(w->g, "drivers/a.c"),
		.line = ++w->line,
		.col = 1,
		.macro = graph_add_string(w->g, ""),
	};

	graph_add_call(w->g, &c, NULL, NULL);
}

static void set(struct world *w, uint32_t in, struct graph_value lhs,
		struct graph_value rhs, const char *slot)
{
	struct graph_assign a = {
		.func = in,
		.kind = in == GRAPH_NONE ? ASSIGN_INIT : ASSIGN_STORE,
		.lhs = lhs,
		.rhs = rhs,
		.slot = graph_add_string(w->g, slot),
		.index = GRAPH_NONE,
		.file = graph_add_string(w->g, "drivers/a.c"),
		.line = ++w->line,
		.col = 1,
	};

	graph_add_assign(w->g, &a);
}

static void field(struct world *w, const char *record, const char *name,
		  uint8_t kind, const char *type)
{
	struct graph_field f = {
		.record = graph_add_string(w->g, record),
		.name = graph_add_string(w->g, name),
		.kind = kind,
		.type = graph_add_string(w->g, type),
	};

	graph_add_field(w->g, &f);
}

/*
 * A driver core of the smallest kind: struct drv holds a struct core, the bus's
 * probe dispatches to drv.probe, reg() registers a core, drv_reg() a drv.
 */
struct core {
	uint32_t reg, drv_reg, bus, other_bus, dispatch;
};

static struct core add_core(struct world *w)
{
	struct core c;
	uint32_t bus_probe = fn(w, "bus_probe");

	c.reg = fn(w, "reg");
	c.drv_reg = fn(w, "drv_reg");
	c.bus = var(w, "the_bus");
	c.other_bus = var(w, "other_bus");
	c.dispatch = fn(w, "dispatch");
	field(w, "core", "bus", FIELD_POINTER, "bus");
	field(w, "core", "probe", FIELD_FUNC, "");
	field(w, "bus", "probe", FIELD_FUNC, "");
	field(w, "drv", "core", FIELD_RECORD, "core");
	field(w, "drv", "probe", FIELD_FUNC, "");
	call_through(w, c.dispatch,
		     value(w, VALUE_NONE, 0, 0, ">dev.bus>bus.probe"));
	set(w, GRAPH_NONE, value(w, VALUE_GLOBAL, 0, c.bus, "|bus.probe"),
	    value(w, VALUE_FUNC, 1, bus_probe, ""), "bus.probe");
	call_through(w, bus_probe, value(w, VALUE_NONE, 0, 0, ">drv.probe"));
	set(w, c.drv_reg, value(w, VALUE_PARAM, 0, 0, ">drv.core|core.bus"),
	    value(w, VALUE_GLOBAL, 1, c.bus, ""), "core.bus");
	call_arg(w, c.drv_reg, c.reg, value(w, VALUE_PARAM, 1, 0, ">drv.core"));
	return c;
}

/* A driver variable whose probe is @probe. */
static uint32_t add_driver(struct world *w, const char *name, uint32_t probe)
{
	uint32_t driver = var(w, name);

	set(w, GRAPH_NONE, value(w, VALUE_GLOBAL, 0, driver, "|drv.probe"),
	    value(w, VALUE_FUNC, 1, probe, ""), "drv.probe");
	return driver;
}

static void register_driver(struct world *w, const struct core *c, uint32_t in,
			    uint32_t driver)
{
	call_arg(w, in, c->drv_reg, value(w, VALUE_GLOBAL, 1, driver, ""));
}

static struct rule registration_rule(void)
{
	struct rule rule = {
		.id = "r",
		.summary = "s",
		.help = "h",
		.from = SOURCE_CALLBACK,
		.to = TARGET_REGISTRATION,
		.severity = SEVERITY_WARNING,
		.severity_same_bus = SEVERITY_ERROR,
		.severity_transitive = SEVERITY_ERROR,
		.severity_cross_bus = SEVERITY_WARNING,
	};

	string_list_add(&rule.dispatch, "bus.probe");
	string_list_add(&rule.dispatch, "core.probe");
	string_list_add(&rule.functions, "reg");
	return rule;
}

static void rule_free(struct rule *rule)
{
	string_list_release(&rule->dispatch);
	string_list_release(&rule->callbacks);
	string_list_release(&rule->functions);
	string_list_release(&rule->barriers);
	string_list_release(&rule->nested);
	string_list_release(&rule->except_callers);
	string_list_release(&rule->except_callbacks);
	string_list_release(&rule->except_files);
	string_list_release(&rule->except_macros);
}

/* "a -> b -> reg; ..." in the order of the findings. */
static void expect(struct world *w, struct rule *rule, const char *want)
{
	struct findings found = { 0 };
	struct strbuf got = STRBUF_INIT;
	struct walker *walker;
	size_t i, k;

	graph_finish(w->g);
	walker = walker_new_least(w->g, CONFIDENCE_LOW);
	walker_walk(walker, rule, &found);
	walker_free(walker);
	findings_sort(&found);
	for (i = 0; i < found.nr; i++) {
		const struct finding *f = &found.list[i];

		if (i)
			strbuf_addstr(&got, "; ");
		strbuf_addf(&got, "%s %s ", verdict_name(f->verdict),
			    confidence_name(f->confidence));
		for (k = 0; k < f->nr_path; k++)
			strbuf_addf(&got, "%s -> ", f->path[k].function);
		strbuf_addstr(&got, f->registration.callee);
		if (f->registration.driver.name)
			strbuf_addf(&got, "(%s)", f->registration.driver.name);
	}
	assert_string_equal(got.buf, want);
	strbuf_release(&got);
	findings_release(&found);
	rule_free(rule);
	graph_free(w->g);
}

static struct world new_world(void)
{
	struct world w = { .g = graph_new() };

	graph_set_config(w.g, "test");
	return w;
}

/* ---- tests ---- */

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
		cmocka_unit_test(test_two_calls_down),
		cmocka_unit_test(test_shortest_path),
		cmocka_unit_test(test_recursion_ends),
		cmocka_unit_test(test_steps_are_shared),
		cmocka_unit_test(test_only_init_registers),
		cmocka_unit_test(test_dispatch_is_barrier),
		cmocka_unit_test(test_named_barrier),
		cmocka_unit_test(test_buses),
		cmocka_unit_test(test_callback_edges),
		cmocka_unit_test(test_exceptions),
		cmocka_unit_test(test_excepted_attribute),
		cmocka_unit_test(test_call_from_callback),
		cmocka_unit_test(test_any_but),
		cmocka_unit_test(test_driver_of_allocated_state),
		cmocka_unit_test(test_unseen),
	};

	return cmocka_run_group_tests_name("walk", tests, NULL, NULL);
}
