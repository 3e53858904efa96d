// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls through a field of an object that is not a variable at hand. All
 * functions that are ever put into a field may be meant, and in a kernel that
 * says little, so what stands nearest to the call is looked at first.
 */
#include <string.h>

#include "rules/edges-internal.h"
#include "rules/slot.h"

enum { MAX_DEPTH = 3, MAX_CALLERS = 32 };

enum handed { HANDED_UNSURE = 1, HANDED_KNOWN };

struct field_call {
	struct inference *in;
	uint32_t number; /* of the call */
	uint32_t slot; /* field, string of the graph */
	bool found;
};

static void add(struct inference *in, uint32_t number, uint32_t callee,
		enum edge_kind kind, enum edge_reach reach)
{
	const struct edge e = {
		.caller = graph_call(in->r->g, number)->caller,
		.callee = callee,
		.call = number,
		.kind = kind,
		.reach = reach,
	};

	edges_add(in, &e);
}

/* ---- the object is a parameter: what do callers hand in? ---- */

static bool handed_down(struct inference *in, uint32_t fn,
			const struct place *target, int depth);

/* Whether it is known what one argument brings. */
static bool handed_value(struct inference *in, uint32_t number,
			 const struct graph_value *arg,
			 const struct place *target, int depth)
{
	uint32_t caller = graph_call(in->r->g, number)->caller, i;
	struct place p = resolver_place(in->r, arg);
	struct places values = { 0 };
	bool known = true;

	if (arg->kind == VALUE_NULL)
		return true;
	resolver_values(in->r, caller,
			resolver_compose(in->r, &p, target->path, target->addr),
			&values);
	for (i = 0; i < values.nr; i++) {
		const struct place *v = &values.list[i];

		if (v->kind == VALUE_FUNC && !v->path)
			add(in, number, v->base, EDGE_CALLBACK, REACH_FIELD);
		else if (v->kind != VALUE_PARAM || !v->path ||
			 !handed_down(in, caller, v, depth + 1))
			known = false;
	}
	places_release(&values);
	return known;
}

static bool handed_by(struct inference *in, uint32_t number,
		      const struct place *target, int depth)
{
	const struct graph_call *c = graph_call(in->r->g, number);
	struct graph_arg_range args = graph_args(in->r->g, c);
	bool known = true, named = false;
	uint32_t i;

	for (i = 0; i < args.nr; i++) {
		if (args.first[i].pos != target->base)
			continue;
		named = true;
		known &= handed_value(in, number, &args.first[i].value, target,
				      depth);
	}
	return known && named;
}

/* Whether all callers say which function stands in the field of a parameter. */
static bool handed_down(struct inference *in, uint32_t fn,
			const struct place *target, int depth)
{
	struct graph_list calls = graph_calls_to(in->r->g, fn);
	uint64_t key = hash64_u64(fn, target->base), have;
	bool known = calls.nr > 0;
	uint32_t i;

	key = hash64_u64(target->path, key);
	have = u64map_get(&in->handed, key);
	if (have)
		return have == HANDED_KNOWN;
	u64map_put(&in->handed, key, HANDED_UNSURE);
	if (depth > MAX_DEPTH || calls.nr > MAX_CALLERS)
		return false;
	for (i = 0; i < calls.nr; i++)
		known &= handed_by(in, calls.first[i], target, depth);
	if (known)
		u64map_put(&in->handed, key, HANDED_KNOWN);
	return known;
}

/* ---- the object is what a field points to: what is that field told? ---- */

/* The path up to the last step through a pointer, and that step. */
static bool split(struct resolver *r, const struct place *target,
		  struct place *pointer, uint32_t *step)
{
	const char *path = place_path(r, target);
	const char *last = strrchr(path, '>');
	char *head, *tail;

	if (!last || last == path)
		return false;
	head = xstrndup(path, last - path);
	tail = xstrdup(last);
	*pointer = *target;
	pointer->addr = 0;
	pointer->path = resolver_path(r, head);
	*step = resolver_path(r, tail);
	free(head);
	free(tail);
	return true;
}

/* What one assignment puts into the pointer: the functions of that object. */
static void add_object(struct field_call *fc, const struct graph_assign *a,
		       uint32_t step)
{
	struct resolver *r = fc->in->r;
	struct place rhs = resolver_place(r, &a->rhs);
	struct places values = { 0 };
	uint32_t i;

	resolver_values(r, a->func, resolver_compose(r, &rhs, step, 0),
			&values);
	for (i = 0; i < values.nr; i++) {
		if (values.list[i].kind != VALUE_FUNC || values.list[i].path)
			continue;
		add(fc->in, fc->number, values.list[i].base, EDGE_POINTER,
		    REACH_FIELD);
		fc->found = true;
	}
	places_release(&values);
}

static void by_object(struct field_call *fc, const struct place *target)
{
	const struct graph *g = fc->in->r->g;
	uint32_t file = graph_call(g, fc->number)->file, slot, step, i;
	struct graph_list list;
	struct place pointer;

	if (!split(fc->in->r, target, &pointer, &step))
		return;
	slot = slot_of_path(g, place_path(fc->in->r, &pointer));
	if (slot == GRAPH_NONE)
		return;
	list = graph_assigns_to_slot(g, slot);
	for (i = 0; i < list.nr; i++) {
		const struct graph_assign *a = graph_assign(g, list.first[i]);

		if (a->file == file)
			add_object(fc, a, step);
	}
}

/* ---- all that is put into the field, the nearest first ---- */

/* Is @file in the directory of @other, or in one below? */
static bool in_directory(const struct graph *g, uint32_t file, uint32_t other)
{
	const char *name = graph_string(g, other);
	const char *slash = strrchr(name, '/');

	return slash && !strncmp(graph_string(g, file), name, slash - name + 1);
}

static bool sets_function(const struct graph_assign *a)
{
	return a->rhs.kind == VALUE_FUNC && !a->rhs.path;
}

/* Whether everything that is put into the field stands around the call. */
static bool is_of_directory(const struct field_call *fc)
{
	const struct graph *g = fc->in->r->g;
	struct graph_list list = graph_assigns_to_slot(g, fc->slot);
	uint32_t file = graph_call(g, fc->number)->file, i;

	for (i = 0; i < list.nr; i++) {
		const struct graph_assign *a = graph_assign(g, list.first[i]);

		if (a->file != file && !in_directory(g, a->file, file))
			return false;
	}
	return true;
}

static void add_all(struct field_call *fc, uint32_t file, enum edge_reach reach)
{
	const struct graph *g = fc->in->r->g;
	struct graph_list list = graph_assigns_to_slot(g, fc->slot);
	uint32_t i;

	for (i = 0; i < list.nr; i++) {
		const struct graph_assign *a = graph_assign(g, list.first[i]);

		if (!sets_function(a) ||
		    (file != GRAPH_NONE && a->file != file))
			continue;
		add(fc->in, fc->number, a->rhs.base, EDGE_POINTER, reach);
		fc->found = true;
	}
}

static void by_type(struct field_call *fc)
{
	add_all(fc, graph_call(fc->in->r->g, fc->number)->file, REACH_FIELD);
	if (!fc->found && is_of_directory(fc))
		add_all(fc, GRAPH_NONE, REACH_FIELD);
	else if (fc->in->least == CONFIDENCE_LOW)
		add_all(fc, GRAPH_NONE, REACH_TREE);
}

void edges_by_field(struct inference *in, uint32_t number,
		    const struct place *target)
{
	struct field_call fc = { .in = in, .number = number };

	fc.slot = slot_of_path(in->r->g, place_path(in->r, target));
	if (fc.slot == GRAPH_NONE ||
	    !graph_assigns_to_slot(in->r->g, fc.slot).nr)
		return;
	if (target->kind == VALUE_PARAM &&
	    handed_down(in, graph_call(in->r->g, number)->caller, target, 0))
		return;
	by_object(&fc, target);
	if (!fc.found)
		by_type(&fc);
}
