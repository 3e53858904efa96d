// SPDX-License-Identifier: GPL-2.0-only
/*
 * The shortest way from every start to every target that it reaches, among ways
 * that are sure enough.
 *
 * Functions with targets are few, starts are thousands, and one call may open
 * the whole kernel to all of them (what takes a lock when the machine goes down
 * is in reach of every panic()). So this does not walk from each start. It goes
 * backwards from each function with targets, once for all starts, and each way
 * is then read off the distances. What no start gets to is left out before: of
 * most targets (registrations in initcalls) that is everything.
 */
#include <string.h>

#include "rules/analysis.h"
#include "rules/walk-paths.h"

struct sure {
	struct analysis *a;
	uint8_t *between; /* by symbol: some start gets to it, it to a target */
	uint32_t *distance; /* by symbol, to the target; 0: not met */
	uint32_t *queue; /* functions, in the order they are met */
	uint32_t nr, at;
	size_t alloc;
	enum confidence least; /* edges less sure are not followed, but */
	bool left_out; /* there are some */
};

static void enqueue(struct sure *s, uint32_t fn)
{
	ALLOC_GROW(s->queue, (size_t)s->nr + 1, s->alloc);
	s->queue[s->nr++] = fn;
}

/* ---- what is between starts and targets ---- */

static void enter(struct sure *s, uint32_t fn)
{
	if (s->between[fn] || !s->a->reaches[fn])
		return;
	s->between[fn] = 1;
	enqueue(s, fn);
}

static int enter_callee(const struct edge *e, void *data)
{
	struct sure *s = data;

	s->a->nr_steps++;
	if (walk_is_followed(s->a, e))
		enter(s, e->callee);
	return 0;
}

static void find_between(struct sure *s)
{
	struct analysis *a = s->a;
	uint32_t i;

	s->between = xcalloc(graph_nr_symbols(a->g), 1);
	for (i = 0; i < a->probes->nr; i++)
		enter(s, a->probes->list[i].fn);
	for (; s->at < s->nr; s->at++)
		edges_from(a->edges, a->g, s->queue[s->at], enter_callee, s);
}

/* ---- backwards from one function with targets ---- */

static void meet(struct sure *s, uint32_t fn, uint32_t distance)
{
	if (s->distance[fn] || !s->between[fn])
		return;
	s->distance[fn] = distance;
	enqueue(s, fn);
}

static int meet_caller(const struct edge *e, void *data)
{
	struct sure *s = data;

	s->a->nr_steps++;
	if (!walk_is_followed(s->a, e))
		return 0;
	if (path_edge_confidence(s->a->g, e) < s->least)
		s->left_out = true;
	else
		meet(s, e->caller, s->distance[e->callee] + 1);
	return 0;
}

static void forget(struct sure *s)
{
	uint32_t i;

	for (i = 0; i < s->nr; i++)
		s->distance[s->queue[i]] = 0;
	s->nr = 0;
}

static void go_back(struct sure *s, uint32_t target)
{
	struct analysis *a = s->a;

	s->left_out = false;
	meet(s, target, 1);
	for (s->at = 0; s->at < s->nr; s->at++)
		if (!a->barrier[s->queue[s->at]])
			edges_to(a->edges, a->g, s->queue[s->at], meet_caller,
				 s);
}

/* ---- and forward again, by the way that was found ---- */

struct descent {
	const struct sure *s;
	struct edge *edges;
	uint32_t nr;
};

static int descend(const struct edge *e, void *data)
{
	struct descent *d = data;
	const struct sure *s = d->s;

	s->a->nr_steps++;
	if (s->distance[e->callee] + 1 != s->distance[e->caller] ||
	    !s->distance[e->callee] || !walk_is_followed(s->a, e) ||
	    path_edge_confidence(s->a->g, e) < s->least)
		return 0;
	d->edges[d->nr++] = *e;
	return 1;
}

/* The first of the shortest ways, in the order of the calls. */
static void find_way(struct sure *s, uint32_t fn, uint32_t target,
		     struct descent *d, struct trace *trace)
{
	struct analysis *a = s->a;

	*d = (struct descent){ .s = s };
	d->edges = xcalloc(s->distance[fn], sizeof(*d->edges));
	while (fn != target && edges_from(a->edges, a->g, fn, descend, d))
		fn = d->edges[d->nr - 1].callee;
	trace_of(d->edges, d->nr, trace);
}

/* What of a function's targets can happen at the end of the way. */
static void report_way(struct sure *s, const struct probe *probe,
		       uint32_t target)
{
	struct analysis *a = s->a;
	const struct target *targets;
	uint32_t nr = targets_in(a, target, &targets), i;
	struct descent d;
	struct trace trace;
	bool all = true;

	find_way(s, probe->fn, target, &d, &trace);
	for (i = 0; i < nr; i++) {
		if (walk_is_told(a, probe, &targets[i]))
			continue;
		if (!walk_is_allowed(a, &trace, &targets[i]))
			all = false;
		else if (walk_tell(a, probe, &targets[i]))
			walk_add_finding(a, probe, probe->fn, &trace,
					 &targets[i]);
	}
	if (all || walk_given(a, probe, target, s->distance, s->least))
		walk_report(a, probe, target);
	free(trace.edges);
	free(d.edges);
}

static void report_starts(struct sure *s, uint32_t target)
{
	const struct probes *probes = s->a->probes;
	uint32_t i, k;

	for (k = 0; k < s->nr; k++) {
		uint32_t fn = s->queue[k];

		if (!s->a->starts[fn])
			continue;
		for (i = probes_first(probes, fn);
		     i < probes->nr && probes->list[i].fn == fn; i++)
			if (!walk_is_reported(s->a, &probes->list[i], target))
				report_way(s, &probes->list[i], target);
	}
}

/* Whether there may be more among edges that are less sure than @least. */
static bool walk_least(struct sure *s, uint32_t target, enum confidence least)
{
	s->least = least;
	go_back(s, target);
	report_starts(s, target);
	forget(s);
	return s->left_out;
}

static void walk_targets(struct analysis *a)
{
	struct sure s = { .a = a };
	uint32_t last = GRAPH_NONE, i;

	find_between(&s);
	s.nr = 0;
	s.distance = xcalloc(graph_nr_symbols(a->g), sizeof(*s.distance));
	for (i = 0; i < a->nr_targets; i++) {
		uint32_t fn = graph_call(a->g, a->targets[i].call)->caller;

		if (fn != last && walk_least(&s, fn, CONFIDENCE_HIGH))
			walk_least(&s, fn, CONFIDENCE_MEDIUM);
		last = fn;
	}
	free(s.between);
	free(s.distance);
	free(s.queue);
}

static void set_unlikely(struct analysis *a, uint8_t *was, bool barrier)
{
	const struct string_list *names = &a->rule->unlikely;
	uint32_t i;
	size_t n;

	walk_forget_paths(a);
	for (n = 0; n < names->nr; n++) {
		struct graph_list list =
			graph_symbols_named(a->g, names->item[n]);

		for (i = 0; i < list.nr; i++) {
			uint32_t fn = list.first[i];

			if (barrier)
				was[fn] = a->barrier[fn];
			a->barrier[fn] = barrier || was[fn];
		}
	}
}

/*
 * The surest way from a start, and of these the shortest. A way through what is
 * unlikely is less sure than any, so these are looked for last.
 */
void walk_sure(struct analysis *a)
{
	uint8_t *was;

	if (a->rule->unlikely.nr) {
		was = xcalloc(graph_nr_symbols(a->g), 1);
		set_unlikely(a, was, true);
		walk_targets(a);
		set_unlikely(a, was, false);
		free(was);
	}
	walk_targets(a);
}
