// SPDX-License-Identifier: GPL-2.0-only
/* Inferred edges of the call graph: see edges.h. */
#include <string.h>

#include "util/aside.h"

#include "rules/edges-list.h"

static void edges_add(struct edges *edges, const struct edge *e)
{
	ALLOC_GROW(edges->list, edges->nr + 1, edges->alloc);
	edges->list[edges->nr++] = *e;
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

	edges_add(in->edges, &e);
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

	edges_add(in->edges, &e);
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

/* As strcmp() on names, then files: numbers of symbols say little. */
int edges_cmp_functions(const struct graph *g, uint32_t a, uint32_t b)
{
	const struct graph_symbol *x = graph_symbol(g, a);
	const struct graph_symbol *y = graph_symbol(g, b);
	int ret;

	if (a == b)
		return 0;
	ret = strcmp(graph_string(g, x->name), graph_string(g, y->name));
	if (!ret)
		ret = strcmp(graph_string(g, x->file),
			     graph_string(g, y->file));
	return ret ? ret : (a > b) - (a < b);
}

static int by_caller(const void *a, const void *b, void *data)
{
	const struct edge *x = a, *y = b;
	int ret;

	if (x->caller != y->caller)
		return x->caller < y->caller ? -1 : 1;
	if (x->call != y->call)
		return x->call < y->call ? -1 : 1;
	ret = edges_cmp_functions(data, x->callee, y->callee);
	if (ret)
		return ret;
	if (x->reach != y->reach)
		return (int)x->reach - (int)y->reach;
	if (x->kind != y->kind)
		return (int)x->kind - (int)y->kind;
	return (int)x->unsure - (int)y->unsure;
}

static int by_callee(const void *a, const void *b, void *data)
{
	const struct edge *list = data;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	if (list[x].callee != list[y].callee)
		return list[x].callee < list[y].callee ? -1 : 1;
	return x < y ? -1 : 1;
}

/* A function found in several ways is called once, in the surest of them. */
static void drop_duplicates(struct edges *e)
{
	uint32_t i, nr = 0;

	for (i = 0; i < e->nr; i++)
		if (!nr || e->list[i].call != e->list[nr - 1].call ||
		    e->list[i].callee != e->list[nr - 1].callee)
			e->list[nr++] = e->list[i];
	e->nr = nr;
}

static void edges_index(struct edges *e, const struct graph *g)
{
	uint32_t i;

	if (!e->nr)
		return;
	qsort_r(e->list, e->nr, sizeof(*e->list), by_caller, (void *)g);
	drop_duplicates(e);
	free(e->by_callee);
	e->by_callee = xcalloc(e->nr, sizeof(*e->by_callee));
	for (i = 0; i < e->nr; i++)
		e->by_callee[i] = i;
	qsort_r(e->by_callee, e->nr, sizeof(*e->by_callee), by_callee, e->list);
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

static void find_inserts(void *lists)
{
	lists_find_inserts(lists);
}

void edges_infer(struct edges *edges, struct resolver *r, enum confidence least)
{
	struct inference in = { .edges = edges, .r = r };
	struct graph_list indirect = graph_indirect_calls(r->g);
	struct lists lists;
	struct packs packs;
	struct aside inserts;
	uint32_t i, done = 0;

	memset(edges, 0, sizeof(*edges));
	edges->fields = field_edges_new(r, least);
	u64map_init(&in.known);
	u64map_init(&in.ran);
	lists_init(&lists, &in, least);
	aside_start(&inserts, find_inserts, &lists);
	for (i = 0; i < indirect.nr; i++)
		infer_indirect(&in, indirect.first[i]);
	packs_find(&packs, &in);
	do {
		infer_queued(&in, done);
		done = in.nr_queue;
		packs_infer(&packs, &in);
	} while (in.nr_queue > done);
	packs_release(&packs);
	field_edges_sort(edges->fields);
	/* all calls through fields are known: some go through a list */
	aside_wait(&inserts);
	lists_find(&lists);
	lists_infer(&lists);
	lists_release(&lists);
	edges_index(edges, r->g);
	u64map_release(&in.known);
	u64map_release(&in.ran);
	edges->called = in.queue;
	edges->nr_called = in.nr_queue;
}

const struct called *edges_called(const struct edges *edges, uint32_t fn,
				  uint32_t param)
{
	const struct called *found = NULL, *c;
	uint32_t i;

	for (i = 0; i < edges->nr_called; i++) {
		c = &edges->called[i];
		if (c->fn == fn && c->param == param &&
		    (!found || (found->unsure && !c->unsure)))
			found = c;
	}
	return found;
}

void edges_release(struct edges *edges)
{
	free(edges->list);
	free(edges->by_callee);
	free(edges->called);
	field_edges_free(edges->fields);
	string_list_release(&edges->cut);
	memset(edges, 0, sizeof(*edges));
}

void edges_set_driver(struct edges *edges, const char *record)
{
	field_edges_set_driver(edges->fields, record);
}

void edges_find_from(struct edges *edges, uint32_t caller)
{
	field_edges_find_from(edges->fields, caller);
}

void edges_find_all(struct edges *edges)
{
	field_edges_find_all(edges->fields);
}

void edges_name_cut(const struct edges *edges, struct string_list *names)
{
	size_t i;

	field_edges_name_cut(edges->fields, names);
	for (i = 0; i < edges->cut.nr; i++)
		string_list_add(names, edges->cut.item[i]);
}

/* First inferred edge of a caller (or, in by_callee, of a callee). */
static uint32_t lower_bound(const struct edges *e, uint32_t fn, bool callee)
{
	uint32_t lo = 0, hi = e->nr;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		uint32_t have = callee ? e->list[e->by_callee[mid]].callee
				       : e->list[mid].caller;

		if (have < fn)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* The edges of one call, from @at on. */
static int edges_of_call(const struct edges *e, uint32_t caller, uint32_t call,
			 uint32_t *at,
			 int (*fn)(const struct edge *e, void *data),
			 void *data)
{
	int ret = 0;

	while (!ret && *at < e->nr && e->list[*at].caller == caller &&
	       e->list[*at].call == call)
		ret = fn(&e->list[(*at)++], data);
	return ret;
}

int edges_from(const struct edges *edges, const struct graph *g,
	       uint32_t caller, int (*fn)(const struct edge *e, void *data),
	       void *data)
{
	struct graph_call_range calls = graph_calls_from(g, caller);
	uint32_t at = lower_bound(edges, caller, false), i;
	struct field_run field = { NULL, 0 };
	int ret = 0;

	if (edges->fields)
		field = field_edges_from(edges->fields, caller);
	for (i = 0; i < calls.nr && !ret; i++) {
		const struct graph_call *c = &calls.first[i];
		uint32_t number = graph_call_number(g, c);
		struct edge direct = {
			.caller = caller,
			.callee = c->target.base,
			.call = number,
			.kind = EDGE_DIRECT,
		};

		if (c->target.kind == VALUE_FUNC)
			ret = fn(&direct, data);
		if (!ret)
			ret = edges_of_call(edges, caller, number, &at, fn,
					    data);
		for (; !ret && field.nr && field.first->call == number;
		     field.first++, field.nr--)
			ret = fn(field.first, data);
	}
	return ret;
}

static int inferred_to(const struct edges *edges, uint32_t callee,
		       int (*fn)(const struct edge *e, void *data), void *data)
{
	uint32_t at = lower_bound(edges, callee, true);
	int ret = 0;

	for (; at < edges->nr && !ret; at++) {
		const struct edge *e = &edges->list[edges->by_callee[at]];

		if (e->callee != callee)
			break;
		ret = fn(e, data);
	}
	return ret;
}

int edges_to(const struct edges *edges, const struct graph *g, uint32_t callee,
	     int (*fn)(const struct edge *e, void *data), void *data)
{
	struct graph_list calls = graph_calls_to(g, callee);
	uint32_t i;
	int ret = 0;

	for (i = 0; i < calls.nr && !ret; i++) {
		struct edge direct = {
			.caller = graph_call(g, calls.first[i])->caller,
			.callee = callee,
			.call = calls.first[i],
			.kind = EDGE_DIRECT,
		};

		ret = fn(&direct, data);
	}
	if (!ret)
		ret = inferred_to(edges, callee, fn, data);
	if (!ret && edges->fields)
		ret = field_edges_to(edges->fields, callee, fn, data);
	return ret;
}

bool edge_is_dispatch(const struct edge *e, const uint8_t *starts)
{
	return starts && e->reach != REACH_VALUE && starts[e->callee];
}

enum confidence edge_confidence(const struct edge *e)
{
	switch (e->reach) {
	case REACH_VALUE:
		break;
	case REACH_FIELD:
		return CONFIDENCE_MEDIUM;
	case REACH_TREE:
		return CONFIDENCE_LOW;
	}
	if (e->kind == EDGE_POINTER || e->unsure)
		return CONFIDENCE_MEDIUM;
	return CONFIDENCE_HIGH;
}
