/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who runs whom under the same locks. Direct calls stand in the graph; this
 * adds what is inferred: calls through a pointer whose object is known, and
 * callbacks handed to a function that calls them itself (bus_for_each_dev). A
 * function that stores its callback for later (INIT_WORK, request_irq) never
 * calls its parameter, so no edge comes of it.
 */
#ifndef PROBEWALK_RULES_EDGES_H
#define PROBEWALK_RULES_EDGES_H

#include "rules/finding.h"
#include "rules/resolve.h"

/* What says that it is this function that is called through a pointer. */
enum edge_reach {
	REACH_VALUE, /* the pointer's own value */
	REACH_FIELD, /* it is put into that field by the object's owner, by the
		      * same file or directory */
	REACH_TREE, /* it is put into that field somewhere */
};

struct edge {
	uint32_t caller, callee; /* symbols */
	uint32_t call; /* number of the call that stands in the caller */
	enum edge_kind kind;
	enum edge_reach reach;
	bool unsure; /* a callback that is rather kept for later */
};

/* A call through a field of an object that is not a variable at hand. */
struct field_call {
	uint32_t slot; /* field, string of the graph */
	uint32_t call; /* its number */
	struct place target; /* as far as it could be resolved */
	bool done; /* its edges are there */
};

struct edges {
	struct edge *list; /* inferred ones, by caller, then call */
	uint32_t nr, alloc;
	uint32_t *by_callee; /* numbers of the list, by callee */
	/*
	 * Calls through fields are many and lead everywhere, so each is looked
	 * at when a function is of interest that sits in its field.
	 */
	struct edges *fields; /* their edges; NULL in there */
	struct field_call *calls; /* by slot */
	uint32_t nr_calls, alloc_calls;
	enum confidence least; /* edges less sure than this are left out */
	struct u64map handed; /* (function, parameter, path) -> enum handed */
};

/* Edges that are less sure than @least are left out: most of them are low. */
void edges_infer(struct edges *edges, struct resolver *r,
		 enum confidence least);

/**
 * edges_into() - infer the calls through fields that lead to a function
 * @edges: inferred edges
 * @r: resolver over the graph
 * @fn: function
 *
 * What is found shows after edges_update().
 */
void edges_into(struct edges *edges, struct resolver *r, uint32_t fn);
/* The same for every function that there is. */
void edges_into_all(struct edges *edges, struct resolver *r);

/* Whether edges_into() found any since the last time. */
bool edges_update(struct edges *edges, const struct graph *g);
void edges_release(struct edges *edges);

/**
 * edges_from() - everything a function runs, direct calls included
 * @fn: called with each edge in the order of the calls; non-zero ends it
 *
 * Return: what @fn returned, or 0.
 */
int edges_from(const struct edges *edges, const struct graph *g,
	       uint32_t caller, int (*fn)(const struct edge *e, void *data),
	       void *data);

/* The same for everything that runs a function. */
int edges_to(const struct edges *edges, const struct graph *g, uint32_t callee,
	     int (*fn)(const struct edge *e, void *data), void *data);

enum confidence edge_confidence(const struct edge *e);

#endif
