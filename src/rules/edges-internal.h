/* SPDX-License-Identifier: GPL-2.0-only */
/* Private to the inference of edges. */
#ifndef PROBEWALK_RULES_EDGES_INTERNAL_H
#define PROBEWALK_RULES_EDGES_INTERNAL_H

#include "rules/edges.h"

/* A parameter that is called, by its function or by whom it is handed to. */
struct called {
	uint32_t fn;
	uint8_t param;
	bool unsure; /* it is kept for later as well */
};

struct inference {
	struct edges *edges;
	struct resolver *r;
	enum confidence least; /* edges less sure than this are left out */
	struct u64map known; /* (function, parameter) that is called -> 1 */
	struct called *queue; /* the same; grows while it is gone through */
	uint32_t nr_queue;
	size_t alloc_queue;
	struct u64map handed; /* (function, parameter, path) -> enum handed */
};

void edges_add(struct inference *in, const struct edge *e);

/**
 * edges_by_field() - functions that a call through a field may reach
 * @in: edges are added
 * @number: the call
 * @target: what is called, as far as it could be resolved: ends in a field
 *
 * From what says most: the object that the callers hand in, what the field that
 * points to the object is told, the functions that the same file, or none but
 * the same directory, puts into the field; and last all there are.
 */
void edges_by_field(struct inference *in, uint32_t number,
		    const struct place *target);

#endif
