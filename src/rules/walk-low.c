// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ways through fields that anybody sets. There are very many: most probes get
 * to most of the kernel that way, and none of it is more than a hint. So this
 * goes from each target backwards, once, until it met enough probes, and tells
 * of these, the nearest.
 */
#include <string.h>

#include "rules/analysis.h"
#include "rules/walk-paths.h"

/* Probes told of for one function with targets. */
enum { MAX_PROBES = 16 };

struct low {
	struct analysis *a;
	uint32_t *distance; /* by symbol, 0: not met */
	uint32_t *queue;
	uint32_t nr;
	size_t alloc;
	uint32_t at;
	uint32_t nr_probes; /* met, that have no surer way */
	uint32_t target;
};

static void count_probes(struct low *l, uint32_t fn)
{
	const struct probes *probes = l->a->probes;
	uint32_t i = probes_first(l->a->probes, fn);

	for (; i < probes->nr && probes->list[i].fn == fn; i++)
		l->nr_probes +=
			!walk_is_reported(l->a, &probes->list[i], l->target);
}

static void meet(struct low *l, uint32_t fn, uint32_t distance)
{
	if (l->distance[fn])
		return;
	l->distance[fn] = distance;
	ALLOC_GROW(l->queue, (size_t)l->nr + 1, l->alloc);
	l->queue[l->nr++] = fn;
	if (l->a->starts[fn])
		count_probes(l, fn);
}

static int meet_caller(const struct edge *e, void *data)
{
	struct low *l = data;

	if (!edge_is_dispatch(e, l->a->starts))
		meet(l, e->caller, l->distance[e->callee] + 1);
	return 0;
}

/* To the end of the distance at which there are enough probes. */
static void go_back(struct low *l, uint32_t target)
{
	struct analysis *a = l->a;
	uint32_t level = 0, fn;

	l->target = target;
	l->nr_probes = 0;
	meet(l, target, 1);
	for (l->at = 0; l->at < l->nr; l->at++) {
		fn = l->queue[l->at];
		if (l->distance[fn] > level && l->nr_probes >= MAX_PROBES)
			break;
		level = l->distance[fn];
		if (!a->barrier[fn])
			edges_to(a->edges, a->g, fn, meet_caller, l);
	}
	a->nr_cut += l->at < l->nr || l->nr_probes > MAX_PROBES;
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
	    l->a->barrier[e->callee] || edge_is_dispatch(e, l->a->starts))
		return 0;
	d->edges[d->nr++] = *e;
	return 1;
}

/* Where a constant forbids the shortest way there may be another. */
static void report_possible(struct analysis *a, const struct probe *probe,
			    const struct trace *trace,
			    const struct target *target)
{
	struct trace other;
	struct paths paths;

	if (walk_is_allowed(a, trace, target)) {
		walk_add_finding(a, probe, probe->fn, trace, target);
		return;
	}
	walk_find_paths(a, probe->fn, target, CONFIDENCE_LOW, 1, &paths);
	if (paths.nr) {
		trace_of(paths.list[0].edges, paths.list[0].nr, &other);
		walk_add_finding(a, probe, probe->fn, &other, target);
		free(other.edges);
	}
	paths_release(&paths);
}

/* The first of the shortest ways, in the order of the calls. */
static void report(struct low *l, const struct probe *probe)
{
	struct analysis *a = l->a;
	struct descent d = { .l = l };
	const struct target *targets;
	uint32_t target = l->target, fn = probe->fn, i;
	uint32_t nr = targets_in(a, target, &targets);
	struct trace trace;

	d.edges = xcalloc(l->distance[fn], sizeof(*d.edges));
	while (fn != target && edges_from(a->edges, a->g, fn, descend, &d))
		fn = d.edges[d.nr - 1].callee;
	trace_of(d.edges, d.nr, &trace);
	for (i = 0; i < nr && fn == target; i++)
		if (walk_tell(a, probe, &targets[i]))
			report_possible(a, probe, &trace, &targets[i]);
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

static void report_nearest(struct low *l)
{
	const struct probes *probes = l->a->probes;
	struct candidate *list =
		xcalloc((size_t)l->nr_probes + 1, sizeof(*list));
	uint32_t nr = 0, i, k;

	for (k = 0; k < l->nr; k++) {
		uint32_t fn = l->queue[k];

		if (!l->a->starts[fn])
			continue;
		i = probes_first(l->a->probes, fn);
		for (; i < probes->nr && probes->list[i].fn == fn; i++)
			if (walk_report(l->a, &probes->list[i], l->target))
				list[nr++] = (struct candidate){
					&probes->list[i],
					l->distance[fn],
					l->a->g,
				};
	}
	qsort(list, nr, sizeof(*list), by_distance);
	for (i = 0; i < nr && i < MAX_PROBES; i++)
		report(l, list[i].probe);
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
		report_nearest(&l);
		forget(&l);
	}
	free(l.distance);
	free(l.queue);
}
