// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls through a field of an object that is not a variable at hand. All
 * functions that are ever put into a field may be meant, and in a kernel that
 * says little, so what stands nearest to the call is looked at first: the
 * object itself where it can be told, then a field that only this file or
 * module sets, and last, if asked for, all there are.
 *
 * There are tens of thousands of such calls, and most lead nowhere that
 * matters. So they are looked at from the other end: when somebody asks what
 * leads to a function, it is seen which fields it sits in.
 */
#include <string.h>

#include "rules/edges-internal.h"
#include "rules/slot.h"

enum { MAX_HANDS = 3 };

struct field_edges *field_edges_new(struct resolver *r, enum confidence least)
{
	struct field_edges *f = xcalloc(1, sizeof(*f));

	f->r = r;
	f->least = least;
	u64map_init(&f->last);
	u64map_init(&f->known);
	u64map_init(&f->pulled);
	u64map_init(&f->slots);
	f->modules = modules_new(r->g);
	u64map_init(&f->handed);
	u64map_init(&f->id_tables);
	return f;
}

void field_edges_free(struct field_edges *f)
{
	uint32_t i;

	if (!f)
		return;
	for (i = 0; i < f->nr_slots; i++) {
		free(f->slot[i].fn);
		free(f->slot[i].matches[MATCH_ENTRY].list);
		free(f->slot[i].matches[MATCH_OBJECT].list);
	}
	free(f->slot);
	free(f->calls);
	free(f->list);
	free(f->sorted);
	free(f->feeds);
	u64map_release(&f->last);
	u64map_release(&f->known);
	u64map_release(&f->pulled);
	u64map_release(&f->slots);
	modules_free(f->modules);
	u64map_release(&f->handed);
	u64map_release(&f->id_tables);
	free(f);
}

void field_edges_set_driver(struct field_edges *f, const char *record)
{
	if (f && !f->driver)
		f->driver = record;
}

void field_edges_name_cut(const struct field_edges *f,
			  struct string_list *names)
{
	uint32_t i;

	for (i = 0; f && i < f->nr_calls; i++) {
		const struct field_call *call = &f->calls[i];
		uint32_t slot = u64map_get(&f->slots, call->slot);

		if (call->done && slot && f->slot[slot - 1].cut &&
		    (!i || call[-1].slot != call->slot))
			string_list_add(names,
					graph_string(f->r->g, call->slot));
	}
}

/* ---- the edges ---- */

void field_edges_add(struct field_edges *f, uint32_t call, uint32_t callee,
		     enum edge_kind kind, enum edge_reach reach)
{
	uint64_t key = (uint64_t)call << 32 | callee;
	uint32_t number = u64map_get(&f->known, key), last;

	if (number) {
		struct edge *have = &f->list[number - 1].edge;

		have->reach = have->reach < reach ? have->reach : reach;
		f->nr_sorted = 0;
		return;
	}
	ALLOC_GROW(f->list, (size_t)f->nr + 1, f->alloc);
	last = u64map_get(&f->last, (uint64_t)callee + 1);
	f->list[f->nr++] = (struct field_edge){
		.edge = { .caller = graph_call(f->r->g, call)->caller,
			  .callee = callee,
			  .call = call,
			  .kind = kind,
			  .reach = reach },
		.next = last ? last - 1 : GRAPH_NONE,
	};
	u64map_put(&f->last, (uint64_t)callee + 1, f->nr);
	u64map_put(&f->known, key, f->nr);
}

static int by_caller(const void *a, const void *b, void *data)
{
	const struct edge *x = a, *y = b;

	if (x->caller != y->caller)
		return x->caller < y->caller ? -1 : 1;
	if (x->call != y->call)
		return x->call < y->call ? -1 : 1;
	return edges_cmp_functions(data, x->callee, y->callee);
}

static void sort_edges(struct field_edges *f)
{
	uint32_t i;

	f->sorted = xrealloc(f->sorted, f->nr * sizeof(*f->sorted));
	for (i = 0; i < f->nr; i++)
		f->sorted[i] = f->list[i].edge;
	qsort_r(f->sorted, f->nr, sizeof(*f->sorted), by_caller,
		(void *)f->r->g);
	f->nr_sorted = f->nr;
}

struct field_run field_edges_from(struct field_edges *f, uint32_t caller)
{
	uint32_t lo = 0, hi = f->nr;
	struct field_run run = { NULL, 0 };

	if (f->nr_sorted != f->nr)
		sort_edges(f);
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (f->sorted[mid].caller < caller)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == f->nr)
		return run;
	run.first = &f->sorted[lo];
	while (lo + run.nr < f->nr && run.first[run.nr].caller == caller)
		run.nr++;
	return run;
}

/* ---- where they lead ---- */

static void add_all(struct field_edges *f, const struct field_call *call,
		    enum edge_reach reach)
{
	const struct field_slot *s = field_slot_functions(f, call->slot);
	uint32_t i;

	for (i = 0; i < s->nr; i++)
		field_edges_add(f, call->call, s->fn[i], call->kind, reach);
}

/* Does all that may be called stand here, and is it little enough? */
static bool is_known(struct field_edges *f, const struct field_call *call)
{
	const struct graph_call *c = graph_call(f->r->g, call->call);
	uint32_t modules = modules_at(f->modules, c->file, c->caller);

	if (!field_slot_is_closed(f, call->slot, c->file, modules) ||
	    field_slot_functions(f, call->slot)->nr > EDGES_ONE_OF)
		return false;
	/* some are put there by who calls a setter */
	return field_slot_is_closed(f, call->slot, c->file, modules);
}

static void by_field(struct field_edges *f, const struct field_call *call)
{
	if (is_known(f, call))
		add_all(f, call, REACH_FIELD);
	else if (f->least == CONFIDENCE_LOW)
		add_all(f, call, REACH_TREE);
}

static void infer_call(struct field_edges *f, struct field_call *call)
{
	if (call->done)
		return;
	call->done = true;
	if (!field_edges_by_object(f, call))
		by_field(f, call);
}

/* ---- the calls ---- */

void field_edges_add_call(struct field_edges *f, uint32_t call,
			  const struct place *target, enum edge_kind kind)
{
	uint32_t slot = resolver_slot(f->r, target);

	if (!slot)
		return;
	ALLOC_GROW(f->calls, (size_t)f->nr_calls + 1, f->alloc_calls);
	f->calls[f->nr_calls++] = (struct field_call){
		.slot = slot,
		.call = call,
		.target = *target,
		.kind = kind,
	};
}

static int by_slot(const void *a, const void *b)
{
	const struct field_call *x = a, *y = b;

	if (x->slot != y->slot)
		return x->slot < y->slot ? -1 : 1;
	if (x->call != y->call)
		return x->call < y->call ? -1 : 1;
	if (x->target.kind != y->target.kind)
		return x->target.kind < y->target.kind ? -1 : 1;
	return (x->target.path > y->target.path) -
	       (x->target.path < y->target.path);
}

void field_edges_sort(struct field_edges *f)
{
	if (f->nr_calls)
		qsort(f->calls, f->nr_calls, sizeof(*f->calls), by_slot);
}

/* The first call through a field, and those behind it. */
static uint32_t first_call(const struct field_edges *f, uint32_t slot)
{
	uint32_t lo = 0, hi = f->nr_calls;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (f->calls[mid].slot < slot)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* ---- what is put into a field by way of another, or of a parameter ---- */

static uint64_t param_key(uint32_t fn, uint32_t param)
{
	return 1ULL << 63 | (uint64_t)fn << 8 | (uint8_t)param;
}

static void add_feed(struct field_edges *f, uint64_t from, uint32_t slot)
{
	ALLOC_GROW(f->feeds, (size_t)f->nr_feeds + 1, f->alloc_feeds);
	f->feeds[f->nr_feeds++] = (struct feed){ from, slot };
}

static void find_slot_feeds(struct field_edges *f, uint32_t slot)
{
	const struct graph *g = f->r->g;
	struct graph_list list = graph_assigns_to_slot(g, slot);
	uint32_t i, from;

	for (i = 0; i < list.nr; i++) {
		const struct graph_assign *a = graph_assign(g, list.first[i]);

		if (a->rhs.kind == VALUE_FUNC)
			continue;
		if (a->rhs.kind == VALUE_PARAM && !a->rhs.path &&
		    a->func != GRAPH_NONE)
			add_feed(f, param_key(a->func, a->rhs.base), slot);
		from = a->rhs.path
			       ? graph_path_slot(g,
						 graph_string(g, a->rhs.path))
			       : 0;
		if (from && from != slot)
			add_feed(f, from, slot);
	}
}

static int by_from(const void *a, const void *b)
{
	const struct feed *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->slot > y->slot) - (x->slot < y->slot);
}

void field_edges_find_feeds(struct field_edges *f)
{
	uint32_t i;

	for (i = 0; i < f->nr_calls; i++)
		if (!i || f->calls[i].slot != f->calls[i - 1].slot)
			find_slot_feeds(f, f->calls[i].slot);
	if (f->nr_feeds)
		qsort(f->feeds, f->nr_feeds, sizeof(*f->feeds), by_from);
}

static void pull_slot(struct field_edges *f, uint32_t slot);

static void pull_fed(struct field_edges *f, uint64_t from)
{
	uint32_t lo = 0, hi = f->nr_feeds;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (f->feeds[mid].from < from)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < f->nr_feeds && f->feeds[lo].from == from; lo++)
		pull_slot(f, f->feeds[lo].slot);
}

static void pull_slot(struct field_edges *f, uint32_t slot)
{
	uint32_t at;

	if (!u64map_add(&f->pulled, slot, 1))
		return;
	for (at = first_call(f, slot);
	     at < f->nr_calls && f->calls[at].slot == slot; at++)
		infer_call(f, &f->calls[at]);
	pull_fed(f, slot);
}

/* Fields that a function puts its parameter into, or who it hands it to. */
static void pull_param(struct field_edges *f, uint32_t fn, uint32_t param,
		       int depth)
{
	struct graph_call_range calls = graph_calls_from(f->r->g, fn);
	uint32_t i, k;

	if (depth > MAX_HANDS ||
	    !u64map_add(&f->pulled, param_key(fn, param), 1))
		return;
	pull_fed(f, param_key(fn, param));
	for (i = 0; i < calls.nr; i++) {
		const struct graph_call *c = &calls.first[i];
		struct graph_arg_range args = graph_args(f->r->g, c);

		for (k = 0; k < args.nr; k++) {
			const struct graph_value *v = &args.first[k].value;

			if (v->kind == VALUE_PARAM && v->base == param &&
			    !v->path && c->target.kind == VALUE_FUNC)
				pull_param(f, c->target.base, args.first[k].pos,
					   depth + 1);
		}
	}
}

static void pull_passed(struct field_edges *f, uint32_t fn)
{
	struct graph_list calls = graph_calls_passing(f->r->g, fn);
	uint32_t i, k;

	for (i = 0; i < calls.nr; i++) {
		const struct graph_call *c =
			graph_call(f->r->g, calls.first[i]);
		struct graph_arg_range args = graph_args(f->r->g, c);

		for (k = 0; k < args.nr && c->target.kind == VALUE_FUNC; k++)
			if (args.first[k].value.kind == VALUE_FUNC &&
			    args.first[k].value.base == fn)
				pull_param(f, c->target.base, args.first[k].pos,
					   0);
	}
}

/* Infer the calls through fields that lead to a function. */
static void pull(struct field_edges *f, uint32_t fn)
{
	struct graph_list uses;
	uint32_t i;

	if (!u64map_add(&f->pulled, 1ULL << 62 | fn, 1))
		return;
	uses = graph_assigns_of(f->r->g, fn);
	for (i = 0; i < uses.nr; i++) {
		const struct graph_assign *a =
			graph_assign(f->r->g, uses.first[i]);

		if (a->slot)
			pull_slot(f, a->slot);
	}
	pull_passed(f, fn);
}

int field_edges_to(struct field_edges *f, uint32_t callee,
		   int (*fn)(const struct edge *e, void *data), void *data)
{
	uint32_t at;
	int ret = 0;

	pull(f, callee);
	at = u64map_get(&f->last, (uint64_t)callee + 1);
	for (at = at ? at - 1 : GRAPH_NONE; at != GRAPH_NONE && !ret;
	     at = f->list[at].next) {
		/* a copy: the list may grow when others are asked for */
		struct edge e = f->list[at].edge;

		ret = fn(&e, data);
	}
	return ret;
}

/* ---- from the side of the caller ---- */

/* What a function may hand an object to, each with how far down it is. */
struct hands {
	struct field_edges *f;
	struct u64map depth; /* by function + 1; the function itself has 1 */
	uint32_t *queue;
	uint32_t nr;
	size_t alloc;
};

static void hand_to(struct hands *h, uint32_t fn, uint32_t depth)
{
	if (!u64map_add(&h->depth, (uint64_t)fn + 1, depth))
		return;
	ALLOC_GROW(h->queue, (size_t)h->nr + 1, h->alloc);
	h->queue[h->nr++] = fn;
}

static void find_hands(struct hands *h, uint32_t caller)
{
	const struct graph *g = h->f->r->g;
	uint32_t at, i, depth;

	hand_to(h, caller, 1);
	for (at = 0; at < h->nr; at++) {
		struct graph_call_range calls =
			graph_calls_from(g, h->queue[at]);

		depth = u64map_get(&h->depth, (uint64_t)h->queue[at] + 1);
		for (i = 0; i < calls.nr && depth <= MAX_HANDED_DEPTH + 1;
		     i++) {
			const struct graph_value *t = &calls.first[i].target;

			if (t->kind == VALUE_FUNC && calls.first[i].nr_args &&
			    graph_calls_to(g, t->base).nr <=
				    MAX_HANDING_CALLERS)
				hand_to(h, t->base, depth + 1);
		}
	}
}

/* Its own calls; and those below that are made by way of a parameter, whose
 * edges begin where the object was handed in. */
void field_edges_find_from(struct field_edges *f, uint32_t caller)
{
	struct hands h = { .f = f };
	uint32_t i, depth;

	u64map_init(&h.depth);
	find_hands(&h, caller);
	for (i = 0; i < f->nr_calls; i++) {
		const struct graph_call *c =
			graph_call(f->r->g, f->calls[i].call);

		depth = u64map_get(&h.depth, (uint64_t)c->caller + 1);
		if (depth == 1 ||
		    (depth && f->calls[i].target.kind == VALUE_PARAM))
			infer_call(f, &f->calls[i]);
	}
	u64map_release(&h.depth);
	free(h.queue);
}

void field_edges_find_all(struct field_edges *f)
{
	uint32_t i;

	for (i = 0; f && i < f->nr_calls; i++)
		infer_call(f, &f->calls[i]);
}
