// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ways that the constants handed over on them allow. The shortest way to a
 * target is found without looking at constants, since they seldom forbid
 * anything. Where they do, this looks for another one, state by state: a
 * function, and what it is given.
 */
#include "rules/analysis.h"
#include "rules/paths.h"

bool walk_is_allowed(struct analysis *a, const struct trace *trace,
		     const struct target *target)
{
	uint32_t given = NO_GIVEN, i;

	for (i = 0; i < trace->nr; i++) {
		if (!givens_allow(&a->givens, given, trace->edges[i]->call))
			return false;
		given = givens_enter(&a->givens, given, trace->edges[i]);
	}
	return givens_allow(&a->givens, given, target->call);
}

/* A function as it was first reached, with what it is given. */
struct state {
	uint32_t fn, given;
	uint32_t from; /* state */
	struct edge edge;
};

struct forward {
	struct analysis *a;
	const struct probe *probe;
	uint32_t target; /* function */
	const uint32_t *within; /* by symbol: 0 does not lead to it */
	enum confidence least; /* edges less sure are not followed */
	struct u64map seen; /* given and symbol + 1 -> 1 */
	struct state *states; /* in the order they were reached */
	uint32_t nr_states, at; /* the one whose edges are gone through */
	size_t alloc_states;
	bool left; /* some target was not told of */
};

static uint64_t seen_key(uint32_t fn, uint32_t given)
{
	return (uint64_t)given << 32 | ((uint64_t)fn + 1);
}

static void reach_state(struct forward *w, const struct edge *e, uint32_t fn,
			uint32_t given)
{
	/* who is given nothing does all that others do */
	if ((given != NO_GIVEN &&
	     u64map_get(&w->seen, seen_key(fn, NO_GIVEN))) ||
	    !u64map_add(&w->seen, seen_key(fn, given), 1))
		return;
	ALLOC_GROW(w->states, (size_t)w->nr_states + 1, w->alloc_states);
	w->states[w->nr_states++] = (struct state){ fn, given, w->at, *e };
}

static int step(const struct edge *e, void *data)
{
	struct forward *w = data;
	struct givens *givens = &w->a->givens;
	uint32_t given = w->states[w->at].given;

	w->a->nr_steps++;
	if (!w->within[e->callee] || !walk_is_followed(w->a, e) ||
	    path_edge_confidence(w->a->g, e) < w->least ||
	    !givens_allow(givens, given, e->call))
		return 0;
	reach_state(w, e, e->callee, givens_enter(givens, given, e));
	return 0;
}

static void trace_to(struct forward *w, uint32_t state, struct trace *trace)
{
	uint32_t at, i;

	trace->nr = 0;
	for (at = state; at; at = w->states[at].from)
		trace->nr++;
	trace->edges = xcalloc((size_t)trace->nr + 1, sizeof(*trace->edges));
	for (at = state, i = trace->nr; i--; at = w->states[at].from)
		trace->edges[i] = &w->states[at].edge;
}

/* Targets in the function that can happen in this state. */
static void report_targets(struct forward *w, uint32_t at)
{
	const struct target *targets;
	uint32_t nr = targets_in(w->a, w->target, &targets), i;
	struct trace trace;

	w->left = false;
	trace_to(w, at, &trace);
	for (i = 0; i < nr; i++) {
		if (!givens_allow(&w->a->givens, w->states[at].given,
				  targets[i].call))
			w->left |= !walk_is_told(w->a, w->probe, &targets[i]);
		else if (walk_tell(w->a, w->probe, &targets[i]))
			walk_add_finding(w->a, w->probe, w->probe->fn, &trace,
					 &targets[i]);
	}
	free(trace.edges);
}

bool walk_given(struct analysis *a, const struct probe *probe, uint32_t target,
		const uint32_t *within, enum confidence least)
{
	struct forward w = {
		.a = a,
		.probe = probe,
		.target = target,
		.within = within,
		.least = least,
		.left = true,
	};
	const struct edge none = { .callee = probe->fn };

	u64map_init(&w.seen);
	reach_state(&w, &none, probe->fn, NO_GIVEN);
	for (; w.left && w.at < w.nr_states; w.at++) {
		if (w.states[w.at].fn == target)
			report_targets(&w, w.at);
		edges_from(a->edges, a->g, w.states[w.at].fn, step, &w);
	}
	u64map_release(&w.seen);
	free(w.states);
	return !w.left;
}
