// SPDX-License-Identifier: GPL-2.0-only
/* Names of devices and drivers: see literals.h. */
#include <string.h>

#include "rules/literals.h"

bool literals_has(const struct literals *l, uint32_t string)
{
	uint32_t i;

	for (i = 0; i < l->nr; i++)
		if (l->list[i] == string)
			return true;
	return false;
}

static void add_literal(struct literals *l, uint32_t string)
{
	if (literals_has(l, string))
		return;
	ALLOC_GROW(l->list, (size_t)l->nr + 1, l->alloc);
	l->list[l->nr++] = string;
}

void literals_release(struct literals *l)
{
	free(l->list);
	memset(l, 0, sizeof(*l));
}

/* Tables are arrays; a driver's bus has a name, too, and is none. */
static bool is_table(const struct graph *g, const struct graph_value *v)
{
	return v->kind == VALUE_GLOBAL &&
	       graph_symbol(g, v->base)->attrs & ATTR_ARRAY;
}

/* What is assigned to a variable, by those among @range that do that. */
static void add_assigned(struct literals *l, struct graph_assign_range range,
			 enum value_kind kind, uint32_t base)
{
	uint32_t i;

	for (i = 0; i < range.nr; i++) {
		const struct graph_assign *a = &range.first[i];

		if (a->lhs.kind == kind && a->lhs.base == base &&
		    a->rhs.kind == VALUE_STRING)
			add_literal(l, a->rhs.base);
	}
}

/* @pointed: also what the variables it points to hold, tables of names. */
static void add_variable(struct literals *l, struct resolver *r, uint32_t var,
			 bool pointed)
{
	struct graph_list list = graph_assigns_to_global(r->g, var);
	uint32_t i;

	add_assigned(l, graph_literals(r->g, var), VALUE_GLOBAL, var);
	for (i = 0; i < list.nr; i++) {
		const struct graph_assign *a =
			graph_assign(r->g, list.first[i]);

		if (a->rhs.kind == VALUE_STRING)
			add_literal(l, a->rhs.base);
		else if (pointed && is_table(r->g, &a->rhs))
			add_variable(l, r, a->rhs.base, false);
	}
}

void literals_of_driver(struct literals *l, struct resolver *r,
			const struct place *driver)
{
	if (driver->kind == VALUE_GLOBAL)
		add_variable(l, r, driver->base, true);
}

void literals_of_tables(struct literals *l, struct resolver *r,
			const struct place *driver)
{
	struct graph_list list = { 0 };
	uint32_t i;

	if (driver->kind == VALUE_GLOBAL)
		list = graph_assigns_to_global(r->g, driver->base);
	for (i = 0; i < list.nr; i++) {
		const struct graph_assign *a =
			graph_assign(r->g, list.first[i]);

		if (is_table(r->g, &a->rhs))
			add_variable(l, r, a->rhs.base, false);
	}
}

/* `info.type = "foo"` in the function that hands &info on. */
static void add_local(struct literals *l, struct resolver *r, uint32_t fn,
		      uint32_t local)
{
	add_assigned(l, graph_assigns_in(r->g, fn), VALUE_LOCAL, local);
	add_assigned(l, graph_literals(r->g, fn), VALUE_LOCAL, local);
}

/* `pdev = platform_device_alloc("foo", 0)` in the function that adds pdev. */
static void add_made(struct literals *l, struct resolver *r, uint32_t fn,
		     uint32_t maker)
{
	struct graph_call_range calls = graph_calls_from(r->g, fn);
	uint32_t i, k;

	for (i = 0; i < calls.nr; i++) {
		const struct graph_call *c = &calls.first[i];
		struct graph_arg_range args = graph_args(r->g, c);

		if (c->target.kind != VALUE_FUNC || c->target.base != maker)
			continue;
		for (k = 0; k < args.nr; k++)
			if (args.first[k].value.kind == VALUE_STRING)
				add_literal(l, args.first[k].value.base);
	}
}

static void add_value(struct literals *l, struct resolver *r, uint32_t fn,
		      const struct graph_value *v)
{
	struct places values = { 0 };
	uint32_t i;

	if (v->kind == VALUE_STRING) {
		add_literal(l, v->base);
		return;
	}
	if (v->kind == VALUE_LOCAL)
		add_local(l, r, fn, v->base);
	if (v->kind != VALUE_LOCAL && v->kind != VALUE_GLOBAL &&
	    v->kind != VALUE_CALL)
		return;
	resolver_values_and_literals(r, fn, resolver_place(r, v), &values);
	for (i = 0; i < values.nr; i++) {
		const struct place *p = &values.list[i];

		if (p->kind == VALUE_STRING)
			add_literal(l, p->base);
		else if (p->kind == VALUE_GLOBAL)
			add_variable(l, r, p->base, false);
		else if (p->kind == VALUE_CALL)
			add_made(l, r, fn, p->base);
	}
	places_release(&values);
}

void literals_of_call(struct literals *l, struct resolver *r,
		      const struct graph_call *c)
{
	struct graph_arg_range args = graph_args(r->g, c);
	uint32_t i;

	for (i = 0; i < args.nr; i++)
		add_value(l, r, c->caller, &args.first[i].value);
}
