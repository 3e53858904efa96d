// SPDX-License-Identifier: GPL-2.0-only
/* Graphs in few words: see walk-world.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rules/walk.h"

#include "walk-world.h"

uint32_t typed_symbol(struct world *w, uint8_t kind, const char *name,
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

uint32_t symbol(struct world *w, uint8_t kind, const char *name,
		const char *file, uint32_t attrs)
{
	return typed_symbol(w, kind, name, file, attrs, "");
}

uint32_t typed_var(struct world *w, const char *name, const char *type)
{
	return typed_symbol(w, SYMBOL_VAR, name, "drivers/a.c", 0, type);
}

uint32_t fn(struct world *w, const char *name)
{
	return symbol(w, SYMBOL_FUNC, name, "drivers/a.c", 0);
}

uint32_t var(struct world *w, const char *name)
{
	return symbol(w, SYMBOL_VAR, name, "drivers/a.c", 0);
}

struct graph_value value(struct world *w, uint8_t kind, uint8_t addr,
			 uint32_t base, const char *path)
{
	return (struct graph_value){
		.kind = kind,
		.addr = addr,
		.base = base,
		.path = graph_add_string(w->g, path),
	};
}

void call_arg(struct world *w, uint32_t caller, uint32_t callee,
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

void call(struct world *w, uint32_t caller, uint32_t callee)
{
	call_arg(w, caller, callee, value(w, VALUE_NONE, 0, 0, ""));
}

void call_through(struct world *w, uint32_t caller, struct graph_value target)
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

void set(struct world *w, uint32_t in, struct graph_value lhs,
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

void field(struct world *w, const char *record, const char *name, uint8_t kind,
	   const char *type)
{
	struct graph_field f = {
		.record = graph_add_string(w->g, record),
		.name = graph_add_string(w->g, name),
		.kind = kind,
		.type = graph_add_string(w->g, type),
	};

	graph_add_field(w->g, &f);
}

struct core add_core(struct world *w)
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

uint32_t add_driver(struct world *w, const char *name, uint32_t probe)
{
	uint32_t driver = var(w, name);

	set(w, GRAPH_NONE, value(w, VALUE_GLOBAL, 0, driver, "|drv.probe"),
	    value(w, VALUE_FUNC, 1, probe, ""), "drv.probe");
	return driver;
}

void register_driver(struct world *w, const struct core *c, uint32_t in,
		     uint32_t driver)
{
	call_arg(w, in, c->drv_reg, value(w, VALUE_GLOBAL, 1, driver, ""));
}

struct rule registration_rule(void)
{
	struct rule rule = {
		.id = "r",
		.summary = "s",
		.help = "h",
		.from = SOURCE_CALLBACK,
		.to = TARGET_REGISTRATION,
		.confidence = CONFIDENCE_HIGH,
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

void rule_free(struct rule *rule)
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

void expect(struct world *w, struct rule *rule, const char *want)
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

struct world new_world(void)
{
	struct world w = { .g = graph_new() };

	graph_set_config(w.g, "test");
	return w;
}
