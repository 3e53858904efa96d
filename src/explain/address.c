// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where the address of a function goes. That decides who may call it later, and
 * is the reason for most edges that are not followed.
 */
#include <string.h>

#include "explain/internal.h"
#include "report/json-text.h"
#include "rules/analysis.h"

enum { MAX_DEPTH = 4 };

static bool is_param(struct explain *x, const struct graph_value *v,
		     uint32_t param)
{
	return v->kind == VALUE_PARAM && v->base == param &&
	       !*graph_string(x->g, v->path);
}

/* A parameter that is stored: where, or NULL. To be freed. */
static char *stored_in(struct explain *x, uint32_t fn, uint32_t param)
{
	struct graph_assign_range range = graph_assigns_in(x->g, fn);
	uint32_t i;

	for (i = 0; i < range.nr; i++) {
		const struct graph_assign *a = &range.first[i];

		if (!is_param(x, &a->rhs, param))
			continue;
		if (*graph_string(x->g, a->slot))
			return xstrdup(graph_string(x->g, a->slot));
		if (a->lhs.kind == VALUE_GLOBAL)
			return xstrdup(graph_name(x->g, a->lhs.base));
	}
	return NULL;
}

char *kept_in(struct explain *x, uint32_t fn, uint32_t param, int depth)
{
	struct graph_call_range calls = graph_calls_from(x->g, fn);
	char *slot = stored_in(x, fn, param);
	uint32_t i, k;

	for (i = 0; !slot && depth < MAX_DEPTH && i < calls.nr; i++) {
		const struct graph_call *c = &calls.first[i];
		struct graph_arg_range args = graph_args(x->g, c);

		for (k = 0; !slot && k < args.nr; k++)
			if (c->target.kind == VALUE_FUNC &&
			    is_param(x, &args.first[k].value, param))
				slot = kept_in(x, c->target.base,
					       args.first[k].pos, depth + 1);
	}
	return slot;
}

struct wanted_edge {
	uint32_t call, callee;
};

static int is_wanted_edge(const struct edge *e, void *data)
{
	const struct wanted_edge *want = data;

	return e->call == want->call && e->callee == want->callee &&
	       e->kind == EDGE_CALLBACK;
}

/* What becomes of a function that is handed over. */
enum fate {
	FATE_CALLED, /* an edge says so */
	FATE_KEPT, /* stored: runs later, if at all */
	FATE_UNKNOWN,
};

static enum fate argument_fate(struct explain *x, const struct graph_call *c,
			       uint8_t pos, uint32_t fn, char **slot)
{
	struct wanted_edge want = { graph_call_number(x->g, c), fn };

	*slot = NULL;
	if (edges_from(&x->w->edges, x->g, c->caller, is_wanted_edge, &want))
		return FATE_CALLED;
	if (c->target.kind == VALUE_FUNC)
		*slot = kept_in(x, c->target.base, pos, 0);
	return *slot ? FATE_KEPT : FATE_UNKNOWN;
}

static const char *fate_name(enum fate fate)
{
	switch (fate) {
	case FATE_CALLED:
		return "called";
	case FATE_KEPT:
		return "kept";
	case FATE_UNKNOWN:
		break;
	}
	return "unknown";
}

json_t *passing_value(struct explain *x, uint32_t call, uint32_t fn)
{
	const struct graph_call *c = graph_call(x->g, call);
	struct graph_arg_range args = graph_args(x->g, c);
	json_t *object = site_value(x, c->caller, c->file, c->line, c->col);
	char *callee = call_spelling(x->g, c), *slot = NULL;
	enum fate fate = FATE_UNKNOWN;
	uint8_t pos = 0;
	uint32_t i;

	for (i = 0; i < args.nr; i++) {
		const struct graph_value *v = &args.first[i].value;

		if (v->kind != VALUE_FUNC || v->base != fn)
			continue;
		pos = args.first[i].pos;
		fate = argument_fate(x, c, pos, fn, &slot);
		break;
	}
	set_value(object, "kind", json_string("argument"));
	set_value(object, "argument", json_integer(pos + 1));
	set_value(object, "callee", json_text(callee));
	set_value(object, "fate", json_string(fate_name(fate)));
	set_value(object, "slot", slot ? json_text(slot) : json_null());
	free(callee);
	free(slot);
	return object;
}

static bool is_dispatched(struct explain *x, uint32_t fn, uint32_t slot)
{
	const struct probe *probes;
	uint32_t nr = probes_of(x, fn, &probes), i;

	for (i = 0; i < nr; i++)
		if (probes[i].slot == slot)
			return true;
	return false;
}

json_t *storing_value(struct explain *x, uint32_t assign, uint32_t fn)
{
	static const char *const kinds[] = {
		[ASSIGN_INIT] = "initialiser",
		[ASSIGN_STORE] = "store",
		[ASSIGN_RETURN] = "return",
	};
	const struct graph_assign *a = graph_assign(x->g, assign);
	struct place lhs = resolver_place(&x->w->r, &a->lhs);
	json_t *object = site_value(x, a->func, a->file, a->line, a->col);
	const char *slot = graph_string(x->g, a->slot);
	struct strbuf name = STRBUF_INIT;

	if (a->kind != ASSIGN_RETURN)
		place_describe(&x->w->r, &lhs, &name);
	set_value(object, "kind", json_string(kinds[a->kind]));
	set_value(object, "object", json_text(name.buf));
	set_value(object, "slot", *slot ? json_text(slot) : json_null());
	set_value(object, "fate",
		  json_string(is_dispatched(x, fn, a->slot) ? "dispatched"
			      : a->kind == ASSIGN_RETURN    ? "unknown"
							    : "kept"));
	strbuf_release(&name);
	return object;
}

/* EXPORT_SYMBOL() takes an address so that the linker keeps the function. */
bool is_export(struct explain *x, uint32_t assign)
{
	const struct graph_assign *a = graph_assign(x->g, assign);

	return a->kind == ASSIGN_INIT && a->lhs.kind == VALUE_GLOBAL &&
	       strstr(graph_name(x->g, a->lhs.base), "___addressable_");
}

json_t *address_value(struct explain *x, uint32_t fn)
{
	struct graph_list stores = graph_assigns_of(x->g, fn);
	struct graph_list calls = graph_calls_passing(x->g, fn);
	struct list list;
	uint32_t i;

	list_init(&list, x->max);
	for (i = 0; i < stores.nr; i++)
		if (!is_export(x, stores.first[i]) && list_wants(&list))
			json_array_append_new(list.shown,
					      storing_value(x, stores.first[i],
							    fn));
	for (i = 0; i < calls.nr; i++)
		if (list_wants(&list))
			json_array_append_new(list.shown,
					      passing_value(x, calls.first[i],
							    fn));
	return list_value(&list);
}
