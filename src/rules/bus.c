// SPDX-License-Identifier: GPL-2.0-only
/* The bus of a driver: see bus.h. */
#include <string.h>

#include "rules/bus.h"
#include "rules/slot.h"

/* Helpers of helpers; real ones are one deep. */
enum { MAX_DEPTH = 3 };

struct search {
	struct resolver *r;
	const struct driver_model *model;
	uint32_t slot; /* the bus field */
	uint32_t step; /* the path to it from a pointer to the struct */
	uint32_t bus; /* found: a variable, or GRAPH_NONE */
	struct place from; /* found: a parameter of the function asked about */
};

static uint32_t bus_path(struct resolver *r, const struct driver_model *model)
{
	char *text = xasprintf(">%s", model->bus_field);
	uint32_t path = resolver_path(r, text);

	free(text);
	return path;
}

/* The bus itself, or a struct that holds it: `&foo_bus`, `&xen_bus->bus` */
static bool is_bus(const struct search *s, const struct place *p)
{
	const char *path = place_path(s->r, p);

	if (p->kind == VALUE_GLOBAL)
		return p->addr && !strpbrk(path, ">*<");
	return p->kind == VALUE_PARAM &&
	       (!*path || (p->addr && !strpbrk(path + 1, ">*[<")));
}

/* A bus: the address of a variable, or a parameter that is one. */
static void take_bus(struct search *s, uint32_t fn, struct place value)
{
	struct places buses = { 0 };
	uint32_t i;

	resolver_values(s->r, fn, value, &buses);
	for (i = 0; i < buses.nr && s->bus == GRAPH_NONE; i++) {
		if (!is_bus(s, &buses.list[i]))
			continue;
		if (buses.list[i].kind == VALUE_GLOBAL)
			s->bus = buses.list[i].base;
		else
			s->from = buses.list[i];
	}
	places_release(&buses);
}

static bool found(const struct search *s)
{
	return s->bus != GRAPH_NONE || s->from.kind == VALUE_PARAM;
}

static bool same_place(const struct place *a, const struct place *b)
{
	return a->kind == b->kind && a->base == b->base && a->path == b->path;
}

/*
 * Does an assignment store to @want? The left side of `priv->drv.bus = ...` as
 * a whole would be resolved to what bus holds, so it is the object that is.
 */
static bool stores_to(struct search *s, const struct graph_assign *a,
		      const struct place *want)
{
	struct place left = resolver_place(s->r, &a->lhs);
	struct places objects = { 0 };
	bool same = same_place(&left, want);
	uint32_t i;

	if (!same)
		resolver_values(s->r, a->func, slot_holder(s->r, left),
				&objects);
	for (i = 0; i < objects.nr && !same; i++) {
		left = resolver_compose(s->r, &objects.list[i], s->step, 0);
		same = same_place(&left, want);
	}
	places_release(&objects);
	return same;
}

static void search_stores(struct search *s, uint32_t fn,
			  const struct place *want)
{
	struct graph_assign_range range = graph_assigns_in(s->r->g, fn);
	uint32_t i;

	for (i = 0; i < range.nr && !found(s); i++)
		if (range.first[i].slot == s->slot &&
		    stores_to(s, &range.first[i], want))
			take_bus(s, fn,
				 resolver_place(s->r, &range.first[i].rhs));
}

static void search_function(struct search *s, uint32_t fn,
			    const struct place *want, int depth);

/*
 * What of @want lies behind an argument: with `foo_init(&priv->drv)` and
 * "priv>foo.drv|device_driver.bus" wanted, the helper's parameter and
 * ">device_driver.bus".
 */
static bool behind_argument(struct search *s, const struct place *arg,
			    uint8_t pos, const struct place *want,
			    struct place *out)
{
	const char *have = place_path(s->r, arg), *path;
	size_t len = strlen(have);
	char *text;

	path = place_path(s->r, want);
	if (arg->kind != want->kind || arg->base != want->base ||
	    strncmp(path, have, len) || path[len] != (arg->addr ? '|' : '>'))
		return false;
	text = xasprintf(">%s", path + len + 1);
	*out = (struct place){ .kind = VALUE_PARAM,
			       .base = pos,
			       .path = resolver_path(s->r, text) };
	free(text);
	return true;
}

/* A helper has found that its own parameter is the bus: what was passed? */
static void take_passed(struct search *s, const struct graph_call *c)
{
	struct graph_arg_range args = graph_args(s->r->g, c);
	struct place from = s->from, arg;
	uint32_t i;

	s->from.kind = VALUE_NONE;
	for (i = 0; i < args.nr && !found(s); i++) {
		if (args.first[i].pos != from.base)
			continue;
		arg = resolver_place(s->r, &args.first[i].value);
		take_bus(s, c->caller,
			 resolver_compose(s->r, &arg, from.path, from.addr));
	}
}

static void search_helper(struct search *s, const struct graph_call *c,
			  const struct graph_arg *arg, const struct place *want,
			  int depth)
{
	struct places values = { 0 };
	struct place inner;
	uint32_t i;

	resolver_values(s->r, c->caller, resolver_place(s->r, &arg->value),
			&values);
	places_add(&values, resolver_place(s->r, &arg->value));
	for (i = 0; i < values.nr && !found(s); i++) {
		if (!behind_argument(s, &values.list[i], arg->pos, want,
				     &inner))
			continue;
		search_function(s, c->target.base, &inner, depth + 1);
		if (s->from.kind == VALUE_PARAM)
			take_passed(s, c);
	}
	places_release(&values);
}

/* What @fn hands the struct to may say what its bus is. */
static void search_helpers(struct search *s, uint32_t fn,
			   const struct place *want, int depth)
{
	struct graph_call_range calls = graph_calls_from(s->r->g, fn);
	uint32_t i, k;

	for (i = 0; i < calls.nr; i++) {
		const struct graph_call *c = &calls.first[i];
		struct graph_arg_range args = graph_args(s->r->g, c);

		if (c->target.kind != VALUE_FUNC ||
		    !u64map_get(&s->model->setters,
				(uint64_t)c->target.base + 1))
			continue;
		for (k = 0; k < args.nr && !found(s); k++)
			search_helper(s, c, &args.first[k], want, depth);
	}
}

/* The struct is what a function returned: that one has made it. */
static void search_maker(struct search *s, const struct place *want, int depth)
{
	struct graph_assign_range range = graph_assigns_in(s->r->g, want->base);
	uint32_t i;

	for (i = 0; i < range.nr && !found(s); i++) {
		struct place made;

		if (range.first[i].lhs.kind != VALUE_RETURN)
			continue;
		made = resolver_place(s->r, &range.first[i].rhs);
		made = resolver_compose(s->r, &made, want->path, 0);
		search_function(s, want->base, &made, depth + 1);
	}
	/* its parameters are not those of who asked */
	s->from.kind = VALUE_NONE;
}

static void search_function(struct search *s, uint32_t fn,
			    const struct place *want, int depth)
{
	if (depth > MAX_DEPTH)
		return;
	search_stores(s, fn, want);
	if (!found(s))
		search_helpers(s, fn, want, depth);
	if (!found(s) && want->kind == VALUE_CALL)
		search_maker(s, want, depth);
}

/* @left: how many callers further up may still be the helper. */
static void add_setter(struct driver_model *model, const struct graph *g,
		       uint32_t fn, uint32_t left)
{
	struct graph_list calls = graph_calls_to(g, fn);
	uint32_t i;

	if (u64map_get(&model->setters, (uint64_t)fn + 1) >= left)
		return;
	u64map_put(&model->setters, (uint64_t)fn + 1, left);
	for (i = 0; i < calls.nr && left > 1; i++)
		add_setter(model, g, graph_call(g, calls.first[i])->caller,
			   left - 1);
}

void bus_setters_find(struct driver_model *model, const struct graph *g)
{
	struct graph_list list;
	uint32_t slot = GRAPH_NONE, i;

	u64map_init(&model->setters);
	if (model->bus_field)
		slot = graph_find_string(g, model->bus_field);
	if (slot == GRAPH_NONE)
		return;
	list = graph_assigns_to_slot(g, slot);
	for (i = 0; i < list.nr; i++)
		if (graph_assign(g, list.first[i])->func != GRAPH_NONE)
			add_setter(model, g,
				   graph_assign(g, list.first[i])->func,
				   MAX_DEPTH);
}

static void search_variable(struct search *s, const struct place *want)
{
	struct graph_list list = graph_assigns_to_global(s->r->g, want->base);
	uint32_t i;

	for (i = 0; i < list.nr && s->bus == GRAPH_NONE; i++) {
		const struct graph_assign *a =
			graph_assign(s->r->g, list.first[i]);

		if (stores_to(s, a, want))
			take_bus(s, a->func, resolver_place(s->r, &a->rhs));
	}
	/* a parameter of whichever function stores it */
	s->from.kind = VALUE_NONE;
}

uint32_t assigned_bus_or_param(struct resolver *r,
			       const struct driver_model *model, uint32_t fn,
			       const struct place *driver, uint8_t *param)
{
	struct search s = { .r = r, .model = model, .bus = GRAPH_NONE };
	struct place want;

	*param = NO_BUS_PARAM;
	if (!model->bus_field)
		return GRAPH_NONE;
	s.slot = graph_find_string(r->g, model->bus_field);
	s.step = bus_path(r, model);
	want = resolver_compose(r, driver, s.step, 0);
	if (fn != GRAPH_NONE)
		search_function(&s, fn, &want, 0);
	if (!found(&s) && driver->kind == VALUE_GLOBAL)
		search_variable(&s, &want);
	if (s.from.kind == VALUE_PARAM)
		*param = s.from.base;
	return s.bus;
}

uint32_t assigned_bus(struct resolver *r, const struct driver_model *model,
		      uint32_t fn, const struct place *driver)
{
	uint8_t param;

	return assigned_bus_or_param(r, model, fn, driver, &param);
}

uint32_t passed_bus(struct resolver *r, const struct graph_call *c,
		    uint8_t bus_param, uint8_t *param)
{
	struct search s = {
		.r = r,
		.bus = GRAPH_NONE,
		.from = { .kind = VALUE_PARAM, .base = bus_param },
	};

	take_passed(&s, c);
	*param = s.from.kind == VALUE_PARAM ? s.from.base : NO_BUS_PARAM;
	return s.bus;
}
