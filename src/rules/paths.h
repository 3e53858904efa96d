/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Ways from one function to another, the shortest first. A walk needs one for a
 * finding; a reader who argues with it wants to see the others.
 */
#ifndef PROBEWALK_RULES_PATHS_H
#define PROBEWALK_RULES_PATHS_H

#include "rules/given.h"

struct path {
	struct edge *edges; /* in call order; none when one is there already */
	uint32_t nr;
};

struct paths {
	struct path *list; /* ordered by length, then by place of the calls */
	uint32_t nr, alloc;
	bool more; /* there are others, or */
	bool given_up; /* there may be: the search was ended */
};

/* Where a search may go. */
struct path_space {
	const struct graph *g;
	const struct edges *edges;
	const uint8_t *barrier; /* by symbol: not entered; an end may be one */
	const uint8_t *starts; /* by symbol: dispatched to, see
				* edge_is_dispatch(); or NULL */
	enum confidence least; /* edges that are less sure are not followed */
	/* what paths_find() takes for impossible, or NULL for nothing */
	struct givens *givens;
	uint32_t last; /* with @givens: call that the way is to end in, or
			* GRAPH_NONE */
	/* edges to look at before a search is given up; 0: no end */
	uint64_t max_steps;
};

/**
 * paths_find() - the shortest distinct ways between two functions
 * @space: what is followed
 * @from: function
 * @to: function
 * @max: how many are wanted
 * @out: filled; released with paths_release()
 *
 * No function is passed twice, and two ways that differ only in which of
 * several calls of the same function is taken count as one.
 */
void paths_find(const struct path_space *space, uint32_t from, uint32_t to,
		uint32_t max, struct paths *out);
void paths_release(struct paths *paths);

/* Is an edge less sure than what is followed? */
bool path_is_unsure(const struct path_space *space, const struct edge *e);

/* How sure an edge is, and that what it leads to is one function. */
enum confidence path_edge_confidence(const struct graph *g,
				     const struct edge *e);

/**
 * paths_distances() - how far it is to a function from all that reach it
 * @space: what is followed
 * @to: function
 * @keep: a barrier that is reached all the same, or GRAPH_NONE
 *
 * Return: by symbol, calls on the way plus one, 0: does not reach it. To be
 * freed.
 */
uint32_t *paths_distances(const struct path_space *space, uint32_t to,
			  uint32_t keep);

/**
 * paths_descend() - the shortest way, from distances that are there already
 * @distance: of paths_distances() to the end of the way
 * @from: reaches it
 * @path: filled; ->edges is to be freed
 */
void paths_descend(const struct path_space *space, const uint32_t *distance,
		   uint32_t from, struct path *path);

/* As sure as of the least sure edge. */
enum confidence path_confidence(const struct graph *g, const struct path *path);

#endif
