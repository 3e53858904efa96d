// SPDX-License-Identifier: GPL-2.0-only
/*
 * Other ways than the one that a walk has found. They are looked for on all
 * edges there are, and at low confidence half of the kernel gets to some
 * targets, so how far it is to a target is found out once for all starts.
 */
#include "rules/analysis.h"
#include "rules/distances.h"
#include "rules/walk-paths.h"

/* Edges that one search may look at. Few need a thousandth; those that find
 * nothing because all that they find is forbidden would never end. */
enum { MAX_STEPS = 1000000 };

/* How far it is to one function, at low confidence. */
struct walk_paths {
	struct path_space space;
	struct distances distances;
};

static struct path_space
space_of(struct analysis *a, const struct target *target, enum confidence least)
{
	return (struct path_space){
		.g = a->g,
		.edges = a->edges,
		.barrier = a->barrier,
		.starts = a->starts,
		.least = least,
		.givens = &a->givens,
		.last = target->call,
		.max_steps = MAX_STEPS,
	};
}

void walk_forget_paths(struct analysis *a)
{
	if (a->paths)
		distances_release(&a->paths->distances);
	free(a->paths);
	a->paths = NULL;
}

static struct distances *distances_to(struct analysis *a, uint32_t to,
				      const struct path_space *space)
{
	if (a->paths && a->paths->distances.to != to)
		walk_forget_paths(a);
	if (!a->paths) {
		a->paths = xcalloc(1, sizeof(*a->paths));
		a->paths->space = *space;
		distances_init(&a->paths->distances, &a->paths->space, to,
			       GRAPH_NONE);
	}
	return &a->paths->distances;
}

void walk_find_paths(struct analysis *a, uint32_t start,
		     const struct target *target, enum confidence least,
		     uint32_t max, struct paths *paths)
{
	const struct path_space space = space_of(a, target, least);
	uint32_t to = graph_call(a->g, target->call)->caller;

	/* a barrier is reached only by who asks for it */
	if (least == CONFIDENCE_LOW && !a->barrier[start])
		distances_find_from(distances_to(a, to, &space), &space, start,
				    max, paths);
	else
		paths_find(&space, start, to, max, paths);
	a->nr_given_up += paths->given_up && paths->nr < max;
}

/* Does a way pass the same functions as the one a finding has? */
static bool same_way(const struct path *path, const struct trace *trace)
{
	uint32_t i;

	if (path->nr != trace->nr)
		return false;
	for (i = 0; i < path->nr; i++)
		if (path->edges[i].callee != trace->edges[i]->callee)
			return false;
	return true;
}

void walk_add_paths(struct analysis *a, uint32_t start,
		    const struct trace *trace, const struct target *target,
		    struct finding *f)
{
	struct paths paths;
	uint32_t i;

	walk_find_paths(a, start, target, CONFIDENCE_LOW, a->nr_paths, &paths);
	for (i = 0; i < paths.nr && f->nr_other_paths + 1 < a->nr_paths; i++) {
		const struct path *path = &paths.list[i];
		struct trace other;

		if (same_way(path, trace))
			continue;
		trace_of(path->edges, path->nr, &other);
		finding_add_path(a, &other, target, f);
		free(other.edges);
	}
	paths_release(&paths);
}
