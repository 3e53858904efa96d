// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ways through fields that anybody sets. There are very many: most probes get
 * to most of the kernel that way, and none of it is more than a hint. So this
 * goes from each target backwards, once, and tells of the probes that are
 * nearest to it; the others are counted.
 */
#include <string.h>

#include "rules/analysis.h"

/* Probes told of for one function with targets. */
enum { MAX_PROBES = 16 };

struct low {
	struct analysis *a;
	uint32_t *distance; /* by symbol, 0: not met */
	uint32_t *queue;
	uint32_t nr;
	size_t alloc;
	uint32_t at;
};

static void meet(struct low *l, uint32_t fn, uint32_t distance)
{
	if (l->distance[fn])
		return;
	l->distance[fn] = distance;
	ALLOC_GROW(l->queue, (size_t)l->nr + 1, l->alloc);
	l->queue[l->nr++] = fn;
}

static int meet_caller(const struct edge *e, void *data)
{
	struct low *l = data;

	if (!walk_is_dispatch(l->a, e))
		meet(l, e->caller, l->distance[e->callee] + 1);
	return 0;
}

static void go_back(struct low *l, uint32_t target)
{
	struct analysis *a = l->a;

	meet(l, target, 1);
	for (l->at = 0; l->at < l->nr; l->at++)
		if (!a->barrier[l->queue[l->at]])
			edges_to(a->edges, a->g, l->queue[l->at], meet_caller,
				 l);
}

static void forget(struct low *l)
{
	uint32_t i;

	for (i = 0; i < l->nr; i++)
		l->distance[l->queue[i]] = 0;
	l->nr = 0;
}

struct descent {
	const struct low *l;
	struct edge *edges;
	uint32_t nr;
};

static int descend(const struct edge *e, void *data)
{
	struct descent *d = data;
	const struct low *l = d->l;

	if (l->distance[e->callee] + 1 != l->distance[e->caller] ||
	    l->a->barrier[e->callee] || walk_is_dispatch(l->a, e))
		return 0;
	d->edges[d->nr++] = *e;
	return 1;
}

/* The first of the shortest ways, in the order of the calls. */
static void report(struct low *l, const struct probe *probe, uint32_t target)
{
	struct analysis *a = l->a;
	struct descent d = { .l = l };
	const struct target *targets;
	uint32_t nr = targets_in(a, target, &targets), fn = probe->fn, i;
	struct trace trace;

	d.edges = xcalloc(l->distance[fn], sizeof(*d.edges));
	while (fn != target && edges_from(a->edges, a->g, fn, descend, &d))
		fn = d.edges[d.nr - 1].callee;
	trace.nr = d.nr;
	trace.edges = xcalloc((size_t)d.nr + 1, sizeof(*trace.edges));
	for (i = 0; i < d.nr; i++)
		trace.edges[i] = &d.edges[i];
	for (i = 0; i < nr && fn == target; i++)
		walk_add_finding(a, probe, probe->fn, &trace, &targets[i]);
	free(trace.edges);
	free(d.edges);
}

struct candidate {
	const struct probe *probe;
	uint32_t distance;
	const struct graph *g;
};

static int by_distance(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	const struct graph_symbol *s = graph_symbol(x->g, x->probe->fn);
	const struct graph_symbol *t = graph_symbol(y->g, y->probe->fn);
	int ret;

	if (x->distance != y->distance)
		return x->distance < y->distance ? -1 : 1;
	ret = strcmp(graph_string(x->g, s->file), graph_string(y->g, t->file));
	if (!ret)
		ret = (s->line > t->line) - (s->line < t->line);
	return ret ? ret : (x->probe > y->probe) - (x->probe < y->probe);
}

static void report_nearest(struct low *l, uint32_t target)
{
	const struct probes *probes = l->a->probes;
	struct candidate *list = NULL;
	uint32_t nr = 0, i;
	size_t alloc = 0;

	for (i = 0; i < probes->nr; i++) {
		const struct probe *p = &probes->list[i];

		if (!l->distance[p->fn] || !walk_report(l->a, p, target))
			continue;
		ALLOC_GROW(list, (size_t)nr + 1, alloc);
		list[nr++] =
			(struct candidate){ p, l->distance[p->fn], l->a->g };
	}
	if (nr)
		qsort(list, nr, sizeof(*list), by_distance);
	for (i = 0; i < nr && i < MAX_PROBES; i++)
		report(l, list[i].probe, target);
	l->a->nr_left_out += nr - i;
	free(list);
}

void walk_low(struct analysis *a)
{
	struct low l = { .a = a };
	uint32_t last = GRAPH_NONE, i;

	l.distance = xcalloc(graph_nr_symbols(a->g), sizeof(*l.distance));
	for (i = 0; i < a->nr_targets; i++) {
		uint32_t fn = graph_call(a->g, a->targets[i].call)->caller;

		if (fn == last)
			continue;
		last = fn;
		go_back(&l, fn);
		report_nearest(&l, fn);
		forget(&l);
	}
	free(l.distance);
	free(l.queue);
}
