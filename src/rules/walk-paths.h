/* SPDX-License-Identifier: GPL-2.0-only */
/* Other ways than the one that a walk has found: see walk-paths.c. */
#ifndef PROBEWALK_RULES_WALK_PATHS_H
#define PROBEWALK_RULES_WALK_PATHS_H

#include "rules/analysis.h"
#include "rules/paths.h"

/**
 * walk_find_paths() - the shortest ways from a start that constants allow
 * @start: function
 * @target: the call that they are to end in
 * @least: edges that are less sure are not followed
 * @max: how many are wanted
 * @paths: filled; released with paths_release()
 *
 * A search that is given up before it has them is counted in the analysis.
 */
void walk_find_paths(struct analysis *a, uint32_t start,
		     const struct target *target, enum confidence least,
		     uint32_t max, struct paths *paths);

/* The ways of a finding besides the one that it has, as many as asked for. */
void walk_add_paths(struct analysis *a, uint32_t start,
		    const struct trace *trace, const struct target *target,
		    struct finding *f);

/* To be called when barriers have changed, and in the end. */
void walk_forget_paths(struct analysis *a);

#endif
