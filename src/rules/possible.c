// SPDX-License-Identifier: GPL-2.0-only
/*
 * Can a call through a field, taken for itself, be the one of a whole way?
 *
 * A library keeps the callback that each of its users hands in, and calls it
 * through a field. All of them are put into that field, so there is an edge to
 * each. But a way that comes from one user has its callback in the object:
 *
 *	ctx->done = done;	(the only place where it is set)
 *	finish(ctx);		(which calls ctx->done())
 *
 * So the field is followed up the trace, from parameters to what the caller
 * passed, as long as nothing but a function of that very trace sets it. What
 * comes from anywhere else may be anything, and then the way is possible.
 */
#include "rules/analysis.h"
#include "rules/walk-paths.h"

/* Ways that are tried before it is left open whether there is one. */
enum { MAX_WAYS = 16 };

/* What stands in the field of one call, as far as the trace tells. */
struct lookup {
	struct analysis *a;
	const struct trace *trace;
	uint32_t callee;
	bool met, others, unknown;
};

static void follow(struct lookup *l, uint32_t fn, struct place p,
		   uint32_t level);

/* One that leads from a function of a trace to the next. */
struct step {
	struct lookup *lookup;
	const struct place *param; /* of the next, or NULL */
	uint32_t hop;
};

/* What one call of a function hands in for its parameter. */
static int follow_call(const struct edge *e, void *data)
{
	struct step *s = data;
	struct lookup *l = s->lookup;
	struct graph_arg_range args =
		graph_args(l->a->g, graph_call(l->a->g, e->call));
	bool found = false;
	uint32_t i;

	if (e->callee != l->trace->edges[s->hop]->callee)
		return 0;
	/* a callback's arguments are those of a call elsewhere */
	for (i = 0; e->kind != EDGE_CALLBACK && i < args.nr; i++) {
		struct place arg;

		if (args.first[i].pos != s->param->base)
			continue;
		found = true;
		arg = resolver_place(l->a->r, &args.first[i].value);
		arg = resolver_compose(l->a->r, &arg, s->param->path,
				       s->param->addr);
		follow(l, e->caller, arg, s->hop);
	}
	l->unknown |= !found;
	return l->unknown;
}

/* By any of the calls: a trace names the first only. */
static void follow_param(struct lookup *l, const struct place *p,
			 uint32_t level)
{
	struct step s = { l, p, level - 1 };

	edges_from(l->a->edges, l->a->g, l->trace->edges[level - 1]->caller,
		   follow_call, &s);
}

/* @level: how many hops of the trace lead to @fn */
static void follow(struct lookup *l, uint32_t fn, struct place p,
		   uint32_t level)
{
	struct places values = { 0 };
	uint32_t i;

	resolver_values(l->a->r, fn, p, &values);
	for (i = 0; i < values.nr; i++) {
		const struct place *v = &values.list[i];

		if (v->kind == VALUE_PARAM && level)
			follow_param(l, v, level);
		else if (v->kind != VALUE_FUNC || v->path)
			l->unknown = true;
		else if (v->base == l->callee)
			l->met = true;
		else
			l->others = true;
	}
	places_release(&values);
}

/* Is a field set by one function only, and is that one on the way to a hop? */
static bool is_set_on_way(const struct analysis *a, const struct trace *trace,
			  uint32_t hop, uint32_t slot)
{
	struct graph_list list = graph_assigns_to_slot(a->g, slot);
	uint32_t fn = GRAPH_NONE, i;

	for (i = 0; i < list.nr; i++) {
		uint32_t by = graph_assign(a->g, list.first[i])->func;

		if (by == GRAPH_NONE || (i && by != fn))
			return false;
		fn = by;
	}
	for (i = 0; fn != GRAPH_NONE && i <= hop; i++)
		if (trace->edges[i]->caller == fn)
			return true;
	return false;
}

/* Whether one call may be what a hop of the trace stands for. */
static int edge_is_possible(const struct edge *e, void *data)
{
	struct step *s = data;
	struct lookup l = *s->lookup;
	struct place target;

	if (e->callee != l.callee || e->reach == REACH_TREE)
		return 0;
	if (e->kind != EDGE_POINTER || e->reach == REACH_VALUE)
		return 1;
	target = resolver_place(l.a->r, &graph_call(l.a->g, e->call)->target);
	if (!is_set_on_way(l.a, l.trace, s->hop,
			   graph_path_slot(l.a->g,
					   place_path(l.a->r, &target))))
		return 1;
	follow(&l, e->caller, target, s->hop);
	return l.met || l.unknown || !l.others;
}

static bool hop_is_possible(struct analysis *a, const struct trace *trace,
			    uint32_t hop)
{
	const struct edge *e = trace->edges[hop];
	struct lookup l = { .a = a, .trace = trace, .callee = e->callee };
	struct step s = { .lookup = &l, .hop = hop };

	if (e->kind != EDGE_POINTER || e->reach == REACH_VALUE)
		return true;
	return edges_from(a->edges, a->g, e->caller, edge_is_possible, &s);
}

bool trace_is_possible(struct analysis *a, const struct trace *trace)
{
	uint32_t i;

	for (i = 0; i < trace->nr; i++)
		if (!hop_is_possible(a, trace, i))
			return false;
	return true;
}

enum detour trace_detour(struct analysis *a, uint32_t start,
			 const struct target *target, enum confidence least,
			 struct paths *paths, struct trace *trace)
{
	uint32_t i;

	walk_find_paths(a, start, target, least, MAX_WAYS, paths);
	for (i = 0; i < paths->nr; i++) {
		trace_of(paths->list[i].edges, paths->list[i].nr, trace);
		if (trace_is_possible(a, trace))
			return DETOUR_FOUND;
		free(trace->edges);
	}
	return paths->more ? DETOUR_UNKNOWN : DETOUR_NONE;
}
