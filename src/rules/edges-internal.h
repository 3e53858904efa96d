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
	struct u64map known; /* (function, parameter) that is called -> 1 */
	struct called *queue; /* the same; grows while it is gone through */
	uint32_t nr_queue;
	size_t alloc_queue;
};

void edges_add(struct edges *edges, const struct edge *e);
/* Sort, drop duplicates, make the list by callee. */
void edges_index(struct edges *edges, const struct graph *g);

/* Remember a call through a field; then bring them in order. */
void edges_add_field_call(struct edges *edges, struct resolver *r,
			  uint32_t call, const struct place *target);
void edges_sort_field_calls(struct edges *edges);

#endif
