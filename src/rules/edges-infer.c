// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where inferred edges come from: see edges.h. What the values of pointers say
 * comes first; what lists say takes as long again, and whoever only wants to
 * know who hands what to whom need not wait for it.
 */
#include <string.h>

#include "util/aside.h"

#include "rules/edges-list.h"

static void add_edge(struct edge_list *to, const struct edge *e)
{
	ALLOC_GROW(to->list, (size_t)to->nr + 1, to->alloc);
	to->list[to->nr++] = *e;
}

void inference_add_edge(struct inference *in, uint32_t call, uint32_t callee,
			enum edge_kind kind, bool unsure)
{
	const struct edge e = {
		.caller = graph_call(in->r->g, call)->caller,
		.callee = callee,
		.call = call,
		.kind = kind,
		.unsure = unsure,
	};

	add_edge(&in->found, &e);
}

void inference_add_listed(struct inference *in, uint32_t call, uint32_t callee,
			  enum edge_kind kind, enum edge_reach reach)
{
	const struct edge e = {
		.caller = graph_call(in->r->g, call)->caller,
		.callee = callee,
		.call = call,
		.kind = kind,
		.reach = reach,
		.listed = true,
	};

	add_edge(&in->listed, &e);
}

static bool is_param(struct inference *in, const struct graph_value *v,
		     uint32_t param)
{
	return v->kind == VALUE_PARAM && v->base == param &&
	       !*graph_string(in->r->g, v->path);
}

/* KEPT, by whatever; or DEFERRED, put where another thread takes it from. */
enum keeping { KEPT, DEFERRED };

/*
 * A function that stores its parameter keeps it for later, even if it calls it
 * as well when it has no memory to do so (async_schedule_node_domain() in
 * kernel/async.c): under whose locks it runs cannot be told.
 */
static bool stores_param(struct inference *in, uint32_t fn, uint32_t param,
			 enum keeping how)
{
	struct graph_assign_range range = graph_assigns_in(in->r->g, fn);
	uint32_t i;

	for (i = 0; i < range.nr; i++) {
		const struct graph_assign *a = &range.first[i];

		if (is_param(in, &a->rhs, param) && !inference_ran(in, a) &&
		    (a->lhs.kind == VALUE_GLOBAL ||
		     *graph_string(in->r->g, a->slot)) &&
		    (how == KEPT || inference_is_deferred(in, a)))
			return true;
	}
	return false;
}

static bool keeps_param(struct inference *in, uint32_t fn, uint32_t param,
			enum keeping how, int depth);

/* Handed to a function that stores it. */
static bool hands_to_storer(struct inference *in, uint32_t fn, uint32_t param,
			    enum keeping how, int depth)
{
	struct graph_call_range calls = graph_calls_from(in->r->g, fn);
	uint32_t i, k;

	for (i = 0; i < calls.nr; i++) {
		const struct graph_call *c = &calls.first[i];
		struct graph_arg_range args = graph_args(in->r->g, c);

		for (k = 0; k < args.nr; k++)
			if (c->target.kind == VALUE_FUNC &&
			    is_param(in, &args.first[k].value, param) &&
			    keeps_param(in, c->target.base, args.first[k].pos,
					how, depth + 1))
				return true;
	}
	return false;
}

static bool keeps_param(struct inference *in, uint32_t fn, uint32_t param,
			enum keeping how, int depth)
{
	return stores_param(in, fn, param, how) ||
	       (depth < 3 && hands_to_storer(in, fn, param, how, depth));
}

static uint64_t called_key(const struct called *c)
{
	return (uint64_t)c->fn << 9 | (uint64_t)c->unsure << 8 | c->param;
}

/*
 * A parameter is called. One that its function stores itself is not
 * followed; one that it hands to who stores it is called when that fails, at
 * best (devm_add_action_or_reset()).
 */
void inference_add_called(struct inference *in, const struct called *by)
{
	struct called c = *by;

	if (stores_param(in, c.fn, c.param, KEPT) ||
	    hands_to_storer(in, c.fn, c.param, DEFERRED, 0))
		return;
	c.unsure |= hands_to_storer(in, c.fn, c.param, KEPT, 0);
	if (!u64map_add(&in->known, called_key(&c), 1))
		return;
	ALLOC_GROW(in->queue, in->nr_queue + 1, in->alloc_queue);
	in->queue[in->nr_queue++] = c;
}

bool inference_is_called(const struct inference *in, uint32_t fn,
			 uint32_t param, bool *unsure)
{
	struct called c = { .fn = fn, .param = param };

	*unsure = !u64map_get(&in->known, called_key(&c));
	c.unsure = true;
	return !*unsure || u64map_get(&in->known, called_key(&c));
}

static void add_called(struct inference *in, uint32_t fn, uint32_t param,
		       bool unsure, uint32_t call)
{
	const struct called c = {
		.fn = fn, .param = param, .unsure = unsure, .call = call
	};

	inference_add_called(in, &c);
}

/* One of the functions that a pointer may be, or of too many. */
static void add_pointed(struct inference *in, uint32_t number, uint32_t callee,
			bool many)
{
	if (!many)
		inference_add_edge(in, number, callee, EDGE_POINTER, false);
	else if (in->edges->fields->least == CONFIDENCE_LOW)
		field_edges_add(in->edges->fields, number, callee, EDGE_POINTER,
				REACH_TREE);
}

/* What is called through a pointer: a parameter, or functions that are known.
 */
static void infer_indirect(struct inference *in, uint32_t number)
{
	const struct graph_call *c = graph_call(in->r->g, number);
	struct places targets = { 0 };
	uint32_t i;

	resolver_values(in->r, c->caller, resolver_place(in->r, &c->target),
			&targets);
	for (i = 0; i < targets.nr; i++) {
		const struct place *t = &targets.list[i];

		if (*place_path(in->r, t))
			field_edges_add_call(in->edges->fields, number, t,
					     EDGE_POINTER);
		else if (t->kind == VALUE_PARAM)
			add_called(in, c->caller, t->base, false, number);
		else if (t->kind == VALUE_FUNC)
			add_pointed(in, number, t->base,
				    targets.nr > EDGES_ONE_OF);
	}
	places_release(&targets);
}

static void infer_argument(struct inference *in, uint32_t number,
			   const struct graph_value *arg, bool unsure)
{
	uint32_t caller = graph_call(in->r->g, number)->caller;
	struct places values = { 0 };
	uint32_t i;

	resolver_values(in->r, caller, resolver_place(in->r, arg), &values);
	for (i = 0; i < values.nr; i++) {
		const struct place *p = &values.list[i];

		if (*place_path(in->r, p)) {
			if (!unsure)
				field_edges_add_call(in->edges->fields, number,
						     p, EDGE_CALLBACK);
			continue;
		}
		if (p->kind == VALUE_PARAM)
			add_called(in, caller, p->base, unsure, number);
		else if (p->kind == VALUE_FUNC)
			inference_add_edge(in, number, p->base, EDGE_CALLBACK,
					   unsure);
	}
	places_release(&values);
}

static void infer_callers(struct inference *in, const struct called *called)
{
	struct graph_list calls = graph_calls_to(in->r->g, called->fn);
	uint32_t i, k;

	for (i = 0; i < calls.nr; i++) {
		const struct graph_call *c =
			graph_call(in->r->g, calls.first[i]);
		struct graph_arg_range args = graph_args(in->r->g, c);

		for (k = 0; k < args.nr; k++)
			if (args.first[k].pos == called->param)
				infer_argument(in, calls.first[i],
					       &args.first[k].value,
					       called->unsure);
	}
}

/* From parameters that are called to what is handed in for them. */
static void infer_queued(struct inference *in, uint32_t from)
{
	struct called called;
	uint32_t i;

	/* grows while it is gone through */
	for (i = from; i < in->nr_queue; i++) {
		called = in->queue[i];
		infer_callers(in, &called);
	}
}

/* ---- one after the other ---- */

/*
 * What is at work until edges_end(): first those who put objects into lists
 * are looked for while the values of pointers are, then what goes through the
 * lists while the caller does something else.
 */
struct edges_work {
	struct inference in;
	struct packs packs;
	struct lists lists;
	struct aside aside;
};

/* Both go over all assignments, and need nothing but the graph. */
static void look_through(void *data)
{
	struct edges_work *w = data;

	packs_find(&w->packs, &w->in);
	lists_find_inserts(&w->lists);
}

static void infer_values(struct inference *in)
{
	struct graph_list indirect = graph_indirect_calls(in->r->g);
	uint32_t i;

	for (i = 0; i < indirect.nr; i++)
		infer_indirect(in, indirect.first[i]);
}

static void infer_called(struct inference *in, struct packs *packs)
{
	uint32_t done = 0;

	do {
		infer_queued(in, done);
		done = in->nr_queue;
		packs_infer(packs, in);
	} while (in->nr_queue > done);
}

static void infer_lists(void *data)
{
	struct edges_work *w = data;

	lists_find(&w->lists);
	lists_infer(&w->lists);
}

static struct edges_work *work_new(struct edges *edges, enum confidence least)
{
	struct edges_work *w = xcalloc(1, sizeof(*w));

	w->in.edges = edges;
	w->in.r = &edges->r;
	u64map_init(&w->in.known);
	u64map_init(&w->in.ran);
	lists_init(&w->lists, &w->in, least);
	return w;
}

static void work_free(struct edges_work *w)
{
	packs_release(&w->packs);
	lists_release(&w->lists);
	u64map_release(&w->in.known);
	u64map_release(&w->in.ran);
	free(w->in.found.list);
	free(w->in.listed.list);
	free(w);
}

void edges_begin(struct edges *edges, const struct graph *g,
		 enum confidence least)
{
	struct edges_work *w;

	memset(edges, 0, sizeof(*edges));
	resolver_init(&edges->r, g);
	edges->fields = field_edges_new(&edges->r, least);
	edges->work = w = work_new(edges, least);
	aside_start(&w->aside, look_through, w);
	infer_values(&w->in);
	aside_wait(&w->aside);
	infer_called(&w->in, &w->packs);
	edges->called = w->in.queue;
	edges->nr_called = w->in.nr_queue;
	edges_add(edges, &w->in.found);
	/* all calls through fields are known: some go through a list */
	field_edges_sort(edges->fields);
	aside_start(&w->aside, infer_lists, w);
}

void edges_end(struct edges *edges)
{
	struct edges_work *w = edges->work;

	if (!w)
		return;
	/* lists are not looked for by way of these */
	field_edges_find_feeds(edges->fields);
	aside_wait(&w->aside);
	edges_add(edges, &w->in.listed);
	work_free(w);
	edges->work = NULL;
}

void edges_infer(struct edges *edges, const struct graph *g,
		 enum confidence least)
{
	edges_begin(edges, g, least);
	edges_end(edges);
}
