// SPDX-License-Identifier: GPL-2.0-only
/*
 * The ways from one function to another. Where there is none, what matters is
 * what was not followed: a callback that is kept for later, a field whose
 * object is not known, the driver core's own dispatch. Each such gap is shown
 * with the way to it and the way on from it. And there may be one that a
 * constant forbids: see forbidden.c.
 */
#include <string.h>

#include "explain/internal.h"
#include "report/json-text.h"
#include "rules/analysis.h"

enum { MIN_GAPS = 3 };

/* What the first function reaches, each with the edge it is reached by. */
struct forward {
	struct explain *x;
	uint32_t *number; /* by symbol: place in the lists plus one */
	uint32_t *fn;
	struct edge *via;
	uint32_t nr, at;
	size_t alloc_fn, alloc_via;
	uint32_t nested; /* nearest function that starts another probe */
	struct edge nested_via;
};

static void enter(struct forward *f, uint32_t fn, const struct edge *via)
{
	if (f->number[fn])
		return;
	ALLOC_GROW(f->fn, f->nr + 1, f->alloc_fn);
	ALLOC_GROW(f->via, f->nr + 1, f->alloc_via);
	f->fn[f->nr] = fn;
	f->via[f->nr] = *via;
	f->number[fn] = ++f->nr;
}

static bool is_nested(struct explain *x, uint32_t fn)
{
	return string_list_has(&x->rule->nested, graph_name(x->g, fn));
}

static int go_forward(const struct edge *e, void *data)
{
	struct forward *f = data;

	if (edge_is_dispatch(e, f->x->starts))
		return 0;
	if (!f->x->barrier[e->callee]) {
		enter(f, e->callee, e);
	} else if (f->nested == GRAPH_NONE && is_nested(f->x, e->callee)) {
		f->nested = e->callee;
		f->nested_via = *e;
	}
	return 0;
}

static void forward_from(struct forward *f, struct explain *x, uint32_t from)
{
	const struct edge start = { .caller = GRAPH_NONE };

	memset(f, 0, sizeof(*f));
	f->x = x;
	f->nested = is_nested(x, from) ? from : GRAPH_NONE;
	f->number = xcalloc(graph_nr_symbols(x->g), sizeof(*f->number));
	enter(f, from, &start);
	for (; f->at < f->nr; f->at++)
		edges_from(&x->w->edges, x->g, f->fn[f->at], go_forward, f);
}

static void forward_release(struct forward *f)
{
	free(f->number);
	free(f->fn);
	free(f->via);
}

static uint32_t forward_depth(const struct forward *f, uint32_t fn)
{
	uint32_t depth = 0;

	while (f->via[f->number[fn] - 1].caller != GRAPH_NONE) {
		fn = f->via[f->number[fn] - 1].caller;
		depth++;
	}
	return depth;
}

/* The way to @fn, and then on by @tail. */
static json_t *way_in(const struct forward *f, uint32_t fn,
		      const struct path *tail)
{
	uint32_t depth = forward_depth(f, fn), i;
	struct path path = { .nr = depth + tail->nr };
	json_t *value;

	path.edges = xcalloc(path.nr + 1, sizeof(*path.edges));
	for (i = 0; i < tail->nr; i++)
		path.edges[depth + i] = tail->edges[i];
	for (i = depth; i--; fn = path.edges[i].caller)
		path.edges[i] = f->via[f->number[fn] - 1];
	value = path_value(f->x, &path);
	free(path.edges);
	return value;
}

/* ---- gaps ---- */

enum gap_kind { GAP_ADDRESS, GAP_SLOT, GAP_DISPATCH };

struct gap {
	enum gap_kind kind;
	uint32_t length; /* of the way in and the way out */
	uint32_t fn; /* where the way out begins */
	uint32_t number; /* of a call, or of an assignment */
	bool is_call;
	const struct probe *probe;
	uint32_t adder; /* assignment that puts a device on its bus, or NONE */
};

struct gaps {
	struct explain *x;
	struct forward forward;
	uint32_t *distance; /* to the end */
	uint32_t *to_nested; /* to what starts another probe */
	struct u64map slots; /* slot -> nearest call through it, plus one */
	struct gap *list;
	uint32_t nr;
	size_t alloc;
};

static void add_gap(struct gaps *g, const struct gap *gap, uint32_t in_fn)
{
	ALLOC_GROW(g->list, g->nr + 1, g->alloc);
	g->list[g->nr] = *gap;
	g->list[g->nr++].length =
		forward_depth(&g->forward, in_fn) + g->distance[gap->fn];
}

static bool in_forward(const struct gaps *g, uint32_t fn)
{
	return fn != GRAPH_NONE && g->forward.number[fn];
}

/* The call through a field that is nearest to the start, or GRAPH_NONE. */
static uint32_t nearest_through(struct gaps *g, uint32_t slot)
{
	uint32_t known = u64map_get(&g->slots, (uint64_t)slot + 1), best, i;
	struct graph_list calls;

	if (known)
		return known == 1 ? GRAPH_NONE : known - 2;
	calls = graph_calls_through(g->x->g, slot);
	for (i = 0, best = GRAPH_NONE; i < calls.nr; i++) {
		uint32_t fn = graph_call(g->x->g, calls.first[i])->caller;

		if (in_forward(g, fn) &&
		    (best == GRAPH_NONE ||
		     g->forward.number[fn] <
			     g->forward.number[graph_call(g->x->g, best)
						       ->caller]))
			best = calls.first[i];
	}
	u64map_put(&g->slots, (uint64_t)slot + 1,
		   best == GRAPH_NONE ? 1 : best + 2);
	return best;
}

static void find_stores(struct gaps *g, uint32_t fn)
{
	struct graph_list list = graph_assigns_of(g->x->g, fn);
	uint32_t i, call;

	for (i = 0; i < list.nr; i++) {
		const struct graph_assign *a =
			graph_assign(g->x->g, list.first[i]);
		struct gap gap = { .kind = GAP_ADDRESS,
				   .fn = fn,
				   .number = list.first[i] };

		if (in_forward(g, a->func)) {
			add_gap(g, &gap, a->func);
			continue;
		}
		if (!*graph_string(g->x->g, a->slot))
			continue;
		call = nearest_through(g, a->slot);
		if (call == GRAPH_NONE)
			continue;
		gap.kind = GAP_SLOT;
		gap.number = call;
		gap.is_call = true;
		add_gap(g, &gap, graph_call(g->x->g, call)->caller);
	}
}

static void find_passing(struct gaps *g, uint32_t fn)
{
	struct graph_list list = graph_calls_passing(g->x->g, fn);
	uint32_t i;

	for (i = 0; i < list.nr; i++) {
		uint32_t caller = graph_call(g->x->g, list.first[i])->caller;
		struct gap gap = { .kind = GAP_ADDRESS,
				   .fn = fn,
				   .number = list.first[i],
				   .is_call = true };

		if (in_forward(g, caller))
			add_gap(g, &gap, caller);
	}
}

/*
 * Where the start leads to something that puts a device on a bus and adds it:
 * the nearest assignment of the bus, other than to a driver, or GRAPH_NONE.
 */
static uint32_t find_adder(struct gaps *g, uint32_t bus)
{
	struct graph_list list = { NULL, 0 };
	uint32_t best = GRAPH_NONE, least = UINT32_MAX, i;

	if (bus != GRAPH_NONE)
		list = graph_assigns_of(g->x->g, bus);
	for (i = 0; i < list.nr; i++) {
		const struct graph_assign *a =
			graph_assign(g->x->g, list.first[i]);
		const char *slot = graph_string(g->x->g, a->slot);
		uint32_t length;

		if (!in_forward(g, a->func) || !*slot ||
		    !g->to_nested[a->func] ||
		    (g->x->model->bus_field &&
		     !strcmp(slot, g->x->model->bus_field)))
			continue;
		length = forward_depth(&g->forward, a->func) +
			 g->to_nested[a->func];
		if (length < least) {
			least = length;
			best = list.first[i];
		}
	}
	return best;
}

static void find_dispatched(struct gaps *g)
{
	const struct probes *probes = g->x->probes;
	uint32_t i, in_fn = g->forward.nested, last = GRAPH_NONE;

	if (in_fn == GRAPH_NONE)
		return;
	g->to_nested = paths_distances(&g->x->space, in_fn, GRAPH_NONE);
	if (!g->forward.number[in_fn])
		in_fn = g->forward.nested_via.caller;
	for (i = 0; i < probes->nr; i++) {
		struct gap gap = { .kind = GAP_DISPATCH,
				   .fn = probes->list[i].fn,
				   .probe = &probes->list[i] };

		if (gap.fn == last || !g->distance[gap.fn])
			continue;
		last = gap.fn;
		gap.adder = find_adder(g, gap.probe->bus);
		add_gap(g, &gap,
			gap.adder == GRAPH_NONE
				? in_fn
				: graph_assign(g->x->g, gap.adder)->func);
	}
}

/* What is known best first; any probe behind any device comes last. */
static int rank(const struct gap *gap)
{
	switch (gap->kind) {
	case GAP_ADDRESS:
		return 0;
	case GAP_SLOT:
		return 2;
	case GAP_DISPATCH:
		break;
	}
	return gap->adder == GRAPH_NONE ? 3 : 1;
}

static int by_length(const void *a, const void *b, void *data)
{
	const struct gap *x = a, *y = b;
	const struct graph *g = data;
	int ret;

	if (rank(x) != rank(y))
		return rank(x) - rank(y);
	if (x->length != y->length)
		return x->length < y->length ? -1 : 1;
	ret = strcmp(graph_name(g, x->fn), graph_name(g, y->fn));
	if (!ret)
		ret = (x->fn > y->fn) - (x->fn < y->fn);
	return ret ? ret : (x->number > y->number) - (x->number < y->number);
}

static json_t *slot_value(struct gaps *g, const struct gap *gap)
{
	const struct graph_call *c = graph_call(g->x->g, gap->number);
	json_t *object = site_value(g->x, c->caller, c->file, c->line, c->col);
	uint32_t slot =
		graph_path_slot(g->x->g, graph_string(g->x->g, c->target.path));

	set_value(object, "slot", json_text(graph_string(g->x->g, slot)));
	return object;
}

/* By what device the driver core comes to a probe; @tail: the way to it. */
static json_t *dispatch_value(struct gaps *g, const struct gap *gap,
			      uint32_t *in_fn, struct path *tail)
{
	json_t *link = probe_value(g->x, gap->probe), *adder = json_null();
	uint32_t nested = g->forward.nested;
	const struct graph_assign *a;

	*in_fn = nested;
	if (gap->adder != GRAPH_NONE) {
		a = graph_assign(g->x->g, gap->adder);
		adder = site_value(g->x, a->func, a->file, a->line, a->col);
		*in_fn = a->func;
		paths_descend(&g->x->space, g->to_nested, *in_fn, tail);
	} else if (!g->forward.number[nested]) {
		*in_fn = g->forward.nested_via.caller;
		tail->edges =
			xmemdup(&g->forward.nested_via, sizeof(*tail->edges));
		tail->nr = 1;
	}
	set_value(link, "through", json_text(graph_name(g->x->g, nested)));
	set_value(link, "adder", adder);
	return link;
}

static json_t *gap_value(struct gaps *g, const struct gap *gap)
{
	static const char *const kinds[] = {
		[GAP_ADDRESS] = "address",
		[GAP_SLOT] = "slot",
		[GAP_DISPATCH] = "dispatch",
	};
	json_t *object = json_object(), *link;
	struct path out, tail = { NULL, 0 };
	uint32_t in_fn;

	if (gap->kind == GAP_DISPATCH) {
		link = dispatch_value(g, gap, &in_fn, &tail);
	} else if (gap->is_call) {
		in_fn = graph_call(g->x->g, gap->number)->caller;
		link = gap->kind == GAP_SLOT
			       ? slot_value(g, gap)
			       : passing_value(g->x, gap->number, gap->fn);
	} else {
		in_fn = graph_assign(g->x->g, gap->number)->func;
		link = storing_value(g->x, gap->number, gap->fn);
	}
	paths_descend(&g->x->space, g->distance, gap->fn, &out);
	set_value(object, "kind", json_string(kinds[gap->kind]));
	set_value(object, "way_in", way_in(&g->forward, in_fn, &tail));
	set_value(object, "link", link);
	set_value(object, "function", function_value(g->x, gap->fn));
	set_value(object, "way_out", path_value(g->x, &out));
	free(out.edges);
	free(tail.edges);
	return object;
}

static json_t *gaps_value(struct gaps *g)
{
	struct list list;
	uint32_t i;

	list_init(&list, g->x->max > MIN_GAPS ? g->x->max : MIN_GAPS);
	if (g->nr)
		qsort_r(g->list, g->nr, sizeof(*g->list), by_length,
			(void *)g->x->g);
	for (i = 0; i < g->nr; i++) {
		/* one function in one way is enough */
		if (i && g->list[i].kind == g->list[i - 1].kind &&
		    g->list[i].fn == g->list[i - 1].fn)
			continue;
		if (list_wants(&list))
			json_array_append_new(list.shown,
					      gap_value(g, &g->list[i]));
	}
	return list_value(&list);
}

static int has_caller(const struct edge *e, void *data)
{
	const struct explain *x = data;

	return !x->barrier[e->caller];
}

/* Where the ways to the end begin: what nothing calls. Nearest first. */
static json_t *starts_value(struct gaps *g, uint32_t to, uint32_t *reached)
{
	struct explain *x = g->x;
	uint32_t nr = graph_nr_symbols(x->g), want, most = 0, i;
	struct list list;

	for (i = 0, *reached = 0; i < nr; i++) {
		*reached += g->distance[i] > 1;
		if (g->distance[i] > most)
			most = g->distance[i];
	}
	list_init(&list, x->max > MIN_GAPS ? x->max : MIN_GAPS);
	for (want = 1; want <= most; want++)
		for (i = 0; i < nr; i++)
			if (i != to && g->distance[i] == want &&
			    !edges_to(&x->w->edges, x->g, i, has_caller, x) &&
			    list_wants(&list))
				json_array_append_new(list.shown,
						      function_value(x, i));
	return list_value(&list);
}

static json_t *no_way_value(struct explain *x, uint32_t from, uint32_t to)
{
	struct gaps g = { .x = x };
	json_t *object = json_object(), *starts;
	uint32_t nr = graph_nr_symbols(x->g), reached, i;

	u64map_init(&g.slots);
	forward_from(&g.forward, x, from);
	g.distance = paths_distances(&x->space, to, GRAPH_NONE);
	for (i = 0; i < nr; i++) {
		if (!g.distance[i])
			continue;
		find_stores(&g, i);
		find_passing(&g, i);
	}
	find_dispatched(&g);
	starts = starts_value(&g, to, &reached);
	set_value(object, "from_reaches", json_integer(g.forward.nr - 1));
	set_value(object, "to_reached_from", json_integer(reached));
	set_value(object, "to_starts", starts);
	set_value(object, "forbidden", forbidden_value(x, from, to));
	set_value(object, "not_followed", gaps_value(&g));
	forward_release(&g.forward);
	free(g.distance);
	free(g.to_nested);
	free(g.list);
	u64map_release(&g.slots);
	return object;
}

void between_values(struct explain *x, uint32_t from, uint32_t to,
		    json_t *object)
{
	json_t *array = json_array();
	struct paths paths;
	uint32_t i;

	paths_find(&x->space, from, to, x->max, &paths);
	if (!paths.nr) {
		/* before it is said that there is none; gaps need them all */
		paths_release(&paths);
		edges_find_all(&x->w->edges);
		paths_find(&x->space, from, to, x->max, &paths);
	}
	for (i = 0; i < paths.nr; i++)
		json_array_append_new(array, path_value(x, &paths.list[i]));
	set_value(object, "paths", array);
	set_value(object, "more", json_boolean(paths.more));
	set_value(object, "gap",
		  paths.nr ? json_null() : no_way_value(x, from, to));
	paths_release(&paths);
}
