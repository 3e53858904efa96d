/* SPDX-License-Identifier: GPL-2.0-only */
/* Private to the inference of edges. */
#ifndef PROBEWALK_RULES_EDGES_INTERNAL_H
#define PROBEWALK_RULES_EDGES_INTERNAL_H

#include "rules/edges.h"

struct inference {
	struct edges *edges;
	struct resolver *r;
	struct u64map known; /* (function, parameter) that is called -> 1 */
	struct u64map ran; /* assignments into what does not live longer */
	/* parameters that are called: grows while it is gone through */
	struct called *queue;
	uint32_t nr_queue;
	size_t alloc_queue;
};

void inference_add_edge(struct inference *in, uint32_t call, uint32_t callee,
			enum edge_kind kind, bool unsure);
/* Unless the function stores it. @by: how it comes to be called. */
void inference_add_called(struct inference *in, const struct called *by);
/* Whether one is known that is called, and whether that is unsure. */
bool inference_is_called(const struct inference *in, uint32_t fn,
			 uint32_t param, bool *unsure);

/* ---- edges-sync.c: callbacks that are packed into a struct on the stack ----
 */

struct packs {
	struct pack *list;
	uint32_t nr;
	size_t alloc;
};

/* Is what an assignment keeps called before the function returns? */
bool inference_ran(const struct inference *in, const struct graph_assign *a);

/*
 * Is a callback put beside a work item or the like that is to run it? Then that
 * is what happens, even if it is called at once when there is no memory.
 */
bool inference_is_deferred(const struct inference *in,
			   const struct graph_assign *a);

void packs_find(struct packs *packs, const struct inference *in);
void packs_release(struct packs *packs);
/* Adds what follows from what is known by now. */
void packs_infer(struct packs *packs, struct inference *in);

#endif
