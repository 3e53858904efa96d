// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls through a field of an object that is not a variable at hand. All
 * functions that are ever put into a field may be meant, and in a kernel that
 * says little, so what stands nearest to the call is looked at first.
 */
#include <string.h>

#include "rules/edges-internal.h"
#include "rules/slot.h"

/* A field that is set more often than MAX_SETTERS says nothing of a call. */
enum { MAX_DEPTH = 3, MAX_CALLERS = 32, MAX_SETTERS = 32 };

enum handed { HANDED_UNSURE = 1, HANDED_KNOWN };

struct finder {
	struct edges *edges;
	struct resolver *r;
};

struct by_field {
	const struct finder *in;
	uint32_t number; /* of the call */
	uint32_t slot;
	bool found;
};

static void add(const struct finder *in, uint32_t number, uint32_t callee,
		enum edge_kind kind, enum edge_reach reach)
{
	const struct edge e = {
		.caller = graph_call(in->r->g, number)->caller,
		.callee = callee,
		.call = number,
		.kind = kind,
		.reach = reach,
	};

	edges_add(in->edges->fields, &e);
}

/* ---- the object is a parameter: what do callers hand in? ---- */

static bool handed_down(const struct finder *in, uint32_t fn,
			const struct place *target, int depth);

/* Whether it is known what one argument brings. */
static bool handed_value(const struct finder *in, uint32_t number,
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

static bool handed_by(const struct finder *in, uint32_t number,
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
static bool handed_down(const struct finder *in, uint32_t fn,
			const struct place *target, int depth)
{
	struct graph_list calls = graph_calls_to(in->r->g, fn);
	uint64_t key = hash64_u64(fn, target->base), have;
	bool known = calls.nr > 0;
	uint32_t i;

	key = hash64_u64(target->path, key);
	have = u64map_get(&in->edges->handed, key);
	if (have)
		return have == HANDED_KNOWN;
	u64map_put(&in->edges->handed, key, HANDED_UNSURE);
	if (depth > MAX_DEPTH || calls.nr > MAX_CALLERS)
		return false;
	for (i = 0; i < calls.nr; i++)
		known &= handed_by(in, calls.first[i], target, depth);
	if (known)
		u64map_put(&in->edges->handed, key, HANDED_KNOWN);
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
static void add_object(struct by_field *fc, const struct graph_assign *a,
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

static void by_object(struct by_field *fc, const struct place *target)
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
static bool is_of_directory(const struct by_field *fc)
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

static void add_all(struct by_field *fc, uint32_t file, enum edge_reach reach)
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

static void by_type(struct by_field *fc)
{
	add_all(fc, graph_call(fc->in->r->g, fc->number)->file, REACH_FIELD);
	if (!fc->found && is_of_directory(fc))
		add_all(fc, GRAPH_NONE, REACH_FIELD);
	else if (fc->in->edges->least == CONFIDENCE_LOW &&
		 graph_assigns_to_slot(fc->in->r->g, fc->slot).nr <=
			 MAX_SETTERS)
		add_all(fc, GRAPH_NONE, REACH_TREE);
}

/*
 * From what says most: the object that the callers hand in, what the field that
 * points to the object is told, the functions that the same file, or none but
 * the same directory, puts into the field; and last all there are.
 */
static void infer_call(const struct finder *in, struct field_call *call)
{
	struct by_field fc = {
		.in = in,
		.number = call->call,
		.slot = call->slot,
	};

	if (call->done)
		return;
	call->done = true;
	if (call->target.kind == VALUE_PARAM &&
	    handed_down(in, graph_call(in->r->g, call->call)->caller,
			&call->target, 0))
		return;
	by_object(&fc, &call->target);
	if (!fc.found)
		by_type(&fc);
}

/* ---- the calls ---- */

void edges_add_field_call(struct edges *edges, struct resolver *r,
			  uint32_t call, const struct place *target)
{
	uint32_t slot = graph_path_slot(r->g, place_path(r, target));

	if (!slot)
		return;
	ALLOC_GROW(edges->calls, edges->nr_calls + 1, edges->alloc_calls);
	edges->calls[edges->nr_calls++] = (struct field_call){
		.slot = slot,
		.call = call,
		.target = *target,
	};
}

static int by_slot(const void *a, const void *b)
{
	const struct field_call *x = a, *y = b;

	if (x->slot != y->slot)
		return x->slot < y->slot ? -1 : 1;
	return (x->call > y->call) - (x->call < y->call);
}

void edges_sort_field_calls(struct edges *edges)
{
	if (edges->nr_calls)
		qsort(edges->calls, edges->nr_calls, sizeof(*edges->calls),
		      by_slot);
}

static void infer_slot(const struct finder *in, uint32_t slot)
{
	struct edges *e = in->edges;
	uint32_t lo = 0, hi = e->nr_calls;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (e->calls[mid].slot < slot)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < e->nr_calls && e->calls[lo].slot == slot; lo++)
		infer_call(in, &e->calls[lo]);
}

void edges_into(struct edges *edges, struct resolver *r, uint32_t fn)
{
	const struct finder in = { edges, r };
	struct graph_list uses = graph_assigns_of(r->g, fn);
	uint32_t i;

	for (i = 0; i < uses.nr; i++) {
		const struct graph_assign *a =
			graph_assign(r->g, uses.first[i]);

		if (a->slot)
			infer_slot(&in, a->slot);
	}
}

void edges_into_all(struct edges *edges, struct resolver *r)
{
	const struct finder in = { edges, r };
	uint32_t i;

	for (i = 0; i < edges->nr_calls; i++)
		infer_call(&in, &edges->calls[i]);
	edges_update(edges, r->g);
}

bool edges_update(struct edges *edges, const struct graph *g)
{
	uint32_t before = edges->fields->nr_calls;

	/* nr_calls: how many edges there were the last time */
	if (edges->fields->nr == before)
		return false;
	edges_index(edges->fields, g);
	edges->fields->nr_calls = edges->fields->nr;
	return true;
}
