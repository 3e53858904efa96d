/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who gets to a set of calls: everything that runs them under its own locks,
 * found backwards and breadth first, so that from each function the way on is
 * the shortest one.
 */
#ifndef PROBEWALK_RULES_REACH_H
#define PROBEWALK_RULES_REACH_H

#include "rules/edges.h"

struct reach_node {
	uint32_t fn;
	struct edge next; /* way on; callee NONE: its own call is the aim */
	uint32_t call; /* that call */
	bool is_root; /* nothing is known to run it */
};

struct reach {
	struct reach_node *list; /* in the order of their distance */
	uint32_t nr;
	size_t alloc;
	struct u64map at; /* symbol + 1 -> number + 1 */
};

void reach_init(struct reach *r);
void reach_release(struct reach *r);

/* A call to be reached. */
void reach_add(struct reach *r, const struct graph *g, uint32_t call);
/* @barrier: by symbol, functions that are not gone through. */
void reach_spread(struct reach *r, const struct graph *g,
		  const struct edges *edges, const uint8_t *barrier);

const struct reach_node *reach_find(const struct reach *r, uint32_t fn);

/**
 * reach_trace() - the way from a function to a call
 * @fn: function that reaches one
 * @edges: grown by the edges of the way
 * @nr: their number, added to
 * Return: the call at its end.
 */
uint32_t reach_trace(const struct reach *r, uint32_t fn, struct edge **edges,
		     uint32_t *nr);

#endif
