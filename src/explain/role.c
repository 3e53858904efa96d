// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a function is to the walk, and why it is not what it is not: each answer
 * with the facts that it rests on.
 */
#include <string.h>

#include "explain/internal.h"
#include "report/json-text.h"
#include "rules/analysis.h"
#include "rules/slot.h"

enum { MAX_PARAMS = 8 };

/* "is" and the reasons, each a sentence and a place or none. */
struct role {
	struct explain *x;
	bool is;
	json_t *why;
};

/* @file: string of the graph, or GRAPH_NONE without a place. */
static void __printf(4, 5) add_reason(struct role *role, uint32_t file,
				      uint32_t line, const char *fmt, ...)
{
	json_t *object = json_object();
	struct strbuf sb = STRBUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	strbuf_vaddf(&sb, fmt, ap);
	va_end(ap);
	set_value(object, "text", json_text(sb.buf));
	set_value(object, "file",
		  file == GRAPH_NONE
			  ? json_null()
			  : json_text(graph_string(role->x->g, file)));
	set_value(object, "line", json_integer(line));
	json_array_append_new(role->why, object);
	strbuf_release(&sb);
}

static json_t *role_value(struct role *role)
{
	json_t *object = json_object();

	set_value(object, "is", json_boolean(role->is));
	set_value(object, "why", role->why);
	return object;
}

/* ---- registrar ---- */

/* The call by which a registrar hands its parameter on, or NULL. */
static const struct graph_call *call_of(struct explain *x, uint32_t fn,
					uint32_t callee)
{
	struct graph_call_range calls = graph_calls_from(x->g, fn);
	uint32_t i;

	for (i = 0; i < calls.nr; i++)
		if (calls.first[i].target.kind == VALUE_FUNC &&
		    calls.first[i].target.base == callee)
			return &calls.first[i];
	return NULL;
}

static void registrar_reason(struct role *role, const struct registrar *reg)
{
	struct explain *x = role->x;
	struct strbuf what = STRBUF_INIT;
	struct place driver = { .kind = VALUE_PARAM,
				.addr = reg->addr,
				.base = reg->param,
				.path = reg->path };
	const struct graph_call *c;
	uint32_t via;

	role->is = true;
	if (reg->via == GRAPH_NONE) {
		add_reason(role, GRAPH_NONE, 0,
			   "the rule %s names it: what hands a driver to it "
			   "is a registrar, too",
			   x->rule->id);
		return;
	}
	via = x->regs->list[reg->via].fn;
	c = call_of(x, reg->fn, via);
	strbuf_addf(&what, "hands %s its argument %u to %s()",
		    *place_path(&x->w->r, &driver) ? "a part of" : "on",
		    reg->param + 1, graph_name(x->g, via));
	if (reg->bus != GRAPH_NONE)
		strbuf_addf(&what, ", for %s", graph_name(x->g, reg->bus));
	if (!c)
		strbuf_addstr(&what, ", through a pointer");
	add_reason(role, c ? c->file : GRAPH_NONE, c ? c->line : 0, "%s",
		   what.buf);
	strbuf_release(&what);
}

static void site_reasons(struct role *role, uint32_t fn)
{
	struct explain *x = role->x;
	uint32_t i, last = GRAPH_NONE;

	for (i = 0; i < x->regs->nr_sites; i++) {
		const struct site *site = &x->regs->sites[i];
		const struct graph_call *c = graph_call(x->g, site->call);
		struct strbuf name = STRBUF_INIT;
		char *callee;

		if (c->caller != fn || site->call == last)
			continue;
		last = site->call;
		callee = call_spelling(x->g, c);
		if (site->arg.kind != VALUE_NONE)
			place_describe(&x->w->r, &site->arg, &name);
		add_reason(role, c->file, c->line,
			   "it registers a driver itself: %s() is called with "
			   "%s, which is not its own argument",
			   callee, name.len ? name.buf : "something unknown");
		free(callee);
		strbuf_release(&name);
	}
}

static json_t *registrar_value(struct explain *x, uint32_t fn)
{
	struct role role = { .x = x, .why = json_array() };
	uint32_t i;

	for (i = 0; i < x->regs->nr; i++)
		if (x->regs->list[i].fn == fn)
			registrar_reason(&role, &x->regs->list[i]);
	site_reasons(&role, fn);
	if (!json_array_size(role.why))
		add_reason(&role, GRAPH_NONE, 0,
			   "no call in it hands one of its arguments to a "
			   "function that registers drivers");
	return role_value(&role);
}

/* ---- probe ---- */

static void no_probe_reasons(struct role *role, uint32_t fn)
{
	struct explain *x = role->x;
	struct graph_list stores = graph_assigns_of(x->g, fn);
	struct graph_list calls = graph_calls_passing(x->g, fn);
	uint32_t i, known = GRAPH_NONE;
	bool taken = calls.nr > 0;

	for (i = 0; i < stores.nr; i++) {
		const struct graph_assign *a =
			graph_assign(x->g, stores.first[i]);

		taken |= !is_export(x, stores.first[i]);
		if (!*graph_string(x->g, a->slot) || a->slot == known)
			continue;
		known = a->slot;
		add_reason(role, a->file, a->line,
			   "it sits in %s, which no bus's probe calls",
			   graph_string(x->g, a->slot));
		if (json_array_size(role->why) == 3)
			return;
	}
	if (json_array_size(role->why))
		return;
	if (taken)
		add_reason(role, GRAPH_NONE, 0,
			   "its address is taken, and is not put into a field "
			   "that a bus's probe calls");
	else
		add_reason(role, GRAPH_NONE, 0,
			   "its address is not taken anywhere");
}

static json_t *probe_role_value(struct explain *x, uint32_t fn)
{
	struct role role = { .x = x, .why = json_array() };
	const struct probe *probes;
	uint32_t nr = probes_of(x, fn, &probes), i;

	for (i = 0; i < nr && i < x->max; i++) {
		const struct probe *p = &probes[i];
		const struct graph_symbol *of = NULL;
		const char *bus = p->bus == GRAPH_NONE
					  ? "a bus that could not be told"
					  : graph_name(x->g, p->bus);

		if (p->driver.kind == VALUE_GLOBAL)
			of = graph_symbol(x->g, p->driver.base);
		else if (p->holder.kind == VALUE_GLOBAL)
			of = graph_symbol(x->g, p->holder.base);
		add_reason(&role, of && of->defined ? of->file : GRAPH_NONE,
			   of && of->defined ? of->line : 0,
			   "it is the %s of %s, on %s: called with the lock "
			   "of the device held",
			   graph_string(x->g, p->slot),
			   of ? graph_string(x->g, of->name)
			      : "a driver that could not be named",
			   bus);
	}
	role.is = nr > 0;
	if (!role.is)
		no_probe_reasons(&role, fn);
	return role_value(&role);
}

/* ---- synchronous applier ---- */

static void called_reason(struct role *role, const struct called *called)
{
	struct explain *x = role->x;
	const char *slot = graph_string(x->g, called->slot);
	const struct graph_call *c = called->call == GRAPH_NONE
					     ? NULL
					     : graph_call(x->g, called->call);
	uint32_t file = c ? c->file : GRAPH_NONE, line = c ? c->line : 0;
	const char *kept = called->unsure ? ", but rather keeps it: less than "
					    "sure"
					  : "";

	if (!c)
		add_reason(role, file, line,
			   "it puts its argument %u into %s of a local "
			   "variable, so it must wait until somebody else has "
			   "called that: less than sure",
			   called->param + 1, slot);
	else if (*slot)
		add_reason(role, file, line,
			   "it puts its argument %u into %s of a local "
			   "variable, and what it hands that to calls it%s",
			   called->param + 1, slot, kept);
	else if (c->target.kind == VALUE_FUNC)
		add_reason(role, file, line,
			   "it hands its argument %u to %s(), which calls it%s",
			   called->param + 1, graph_name(x->g, c->target.base),
			   kept);
	else
		add_reason(role, file, line, "it calls its argument %u%s",
			   called->param + 1, kept);
}

static bool is_function_field(struct explain *x, uint32_t slot)
{
	const char *name = graph_string(x->g, slot);
	const char *dot = strrchr(name, '.');
	struct graph_field_range fields = { 0 };
	uint32_t record, i;
	char *text;

	if (!dot)
		return false;
	text = xstrndup(name, dot - name);
	record = graph_find_string(x->g, text);
	free(text);
	if (record != UINT32_MAX)
		fields = graph_fields(x->g, record);
	for (i = 0; i < fields.nr; i++)
		if (fields.first[i].kind == FIELD_FUNC &&
		    !strcmp(graph_string(x->g, fields.first[i].name), dot + 1))
			return true;
	return false;
}

static bool is_called(struct explain *x, uint32_t fn, uint32_t param)
{
	return edges_called(&x->w->edges, fn, param);
}

static void storing_reasons(struct role *role, uint32_t fn)
{
	struct explain *x = role->x;
	struct graph_assign_range range = graph_assigns_in(x->g, fn);
	uint32_t i;

	for (i = 0; i < range.nr; i++) {
		const struct graph_assign *a = &range.first[i];

		if (a->rhs.kind != VALUE_PARAM ||
		    *graph_string(x->g, a->rhs.path) ||
		    !is_function_field(x, a->slot) ||
		    is_called(x, fn, a->rhs.base))
			continue;
		add_reason(role, a->file, a->line,
			   "it keeps its argument %u in %s: that runs later, "
			   "and not under its caller's locks",
			   a->rhs.base + 1, graph_string(x->g, a->slot));
	}
}

/* Argument @k of a call in @fn is a parameter that the callee keeps. */
static void handing_reason(struct role *role, uint32_t fn,
			   const struct graph_call *c,
			   const struct graph_arg *arg)
{
	struct explain *x = role->x;
	char *slot;

	if (c->target.kind != VALUE_FUNC || arg->value.kind != VALUE_PARAM ||
	    *graph_string(x->g, arg->value.path) ||
	    is_called(x, fn, arg->value.base))
		return;
	slot = kept_in(x, c->target.base, arg->pos, 0);
	if (slot && is_function_field(x, graph_find_string(x->g, slot)))
		add_reason(role, c->file, c->line,
			   "it hands its argument %u to %s(), which keeps it "
			   "in %s: that runs later, and not under its caller's "
			   "locks",
			   arg->value.base + 1,
			   graph_name(x->g, c->target.base), slot);
	free(slot);
}

static void handing_reasons(struct role *role, uint32_t fn)
{
	struct graph_call_range calls = graph_calls_from(role->x->g, fn);
	uint32_t i, k;

	for (i = 0; i < calls.nr; i++) {
		struct graph_arg_range args =
			graph_args(role->x->g, &calls.first[i]);

		for (k = 0; k < args.nr; k++)
			handing_reason(role, fn, &calls.first[i],
				       &args.first[k]);
	}
}

/* By what the edges are made from: what it says is what a walk does. */
static json_t *synchronous_value(struct explain *x, uint32_t fn)
{
	struct role role = { .x = x, .why = json_array() };
	uint32_t param;

	for (param = 0; param < MAX_PARAMS; param++) {
		const struct called *called =
			edges_called(&x->w->edges, fn, param);

		if (!called)
			continue;
		role.is |= !called->unsure;
		called_reason(&role, called);
	}
	storing_reasons(&role, fn);
	handing_reasons(&role, fn);
	if (!json_array_size(role.why))
		add_reason(&role, GRAPH_NONE, 0,
			   "it calls none of its arguments");
	return role_value(&role);
}

/* ---- barrier ---- */

static void dispatcher_reason(struct role *role, uint32_t fn)
{
	struct explain *x = role->x;
	uint32_t i;

	for (i = 0; i < x->probes->nr_dispatchers; i++) {
		if (x->probes->dispatchers[i] != fn)
			continue;
		role->is = true;
		add_reason(
			role, GRAPH_NONE, 0,
			"it calls the probe of whatever driver a device has, "
			"so a walk through it would find everything from "
			"everywhere");
		return;
	}
}

static json_t *barrier_value(struct explain *x, uint32_t fn)
{
	struct role role = { .x = x, .why = json_array() };
	const char *name = graph_name(x->g, fn);

	if (string_list_has(&x->rule->barriers, name) ||
	    string_list_has(&x->rule->nested, name)) {
		role.is = true;
		add_reason(&role, GRAPH_NONE, 0, "the rule %s names it",
			   x->rule->id);
	}
	dispatcher_reason(&role, fn);
	if (!role.is)
		add_reason(&role, GRAPH_NONE, 0,
			   "the walk goes through it like any other");
	return role_value(&role);
}

json_t *roles_value(struct explain *x, uint32_t fn)
{
	json_t *object = json_object();

	set_value(object, "registrar", registrar_value(x, fn));
	set_value(object, "probe", probe_role_value(x, fn));
	set_value(object, "synchronous", synchronous_value(x, fn));
	set_value(object, "barrier", barrier_value(x, fn));
	return object;
}
