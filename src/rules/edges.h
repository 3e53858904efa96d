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
	REACH_FIELD, /* the object is known, or all that is ever put into the
		      * field is put there by the same file or module */
	REACH_TREE, /* it is put into that field somewhere */
};

struct edge {
	uint32_t caller, callee; /* symbols */
	uint32_t call; /* number of the call that stands in the caller */
	enum edge_kind kind;
	enum edge_reach reach;
	bool unsure; /* a callback that is rather kept for later */
	bool listed; /* the object was put into a list that the call goes
		      * through */
};

/*
 * A parameter that is called before its function returns: by the function, by
 * whom it is handed to, or by whom it is packed into a struct for.
 */
struct called {
	uint32_t fn; /* symbol */
	uint8_t param;
	bool unsure; /* it is kept for later as well, or another thread runs it
		      * while this one waits */
	uint32_t call; /* number of the call that does it, or NONE */
	uint32_t slot; /* field of a local variable that it is put into before
			* that, or "" */
};

struct field_edges;
struct modules;

struct edges_work;

struct edges {
	/* its own: it may be at work in another thread */
	struct resolver r;
	struct edge *list; /* inferred ones, by caller, then call */
	uint32_t nr;
	uint32_t *by_callee; /* numbers of the list, by callee */
	struct called *called; /* in the order they were found */
	uint32_t nr_called;
	struct field_edges *fields; /* calls through fields, or NULL */
	struct string_list cut; /* fields of objects in lists too long */
	struct edges_work *work; /* until edges_end() */
};

/**
 * edges_infer() - everything but calls through fields of unknown objects
 * @edges: filled; stays where it is until it is released
 * @least: edges that are less sure are left out; most of all are low
 */
void edges_infer(struct edges *edges, const struct graph *g,
		 enum confidence least);
void edges_release(struct edges *edges);

/*
 * The same in two steps. When edges_begin() returns, all is known that the
 * values of pointers say: edges_calls_to() and edges_called() may be asked, and
 * edges_set_driver() be called. Lists are looked through in another thread
 * meanwhile; edges_end() waits for that, and does nothing the next time.
 */
void edges_begin(struct edges *edges, const struct graph *g,
		 enum confidence least);
void edges_end(struct edges *edges);

/*
 * The struct of the driver core that a driver embeds, by which tables of device
 * ids are told; none are until then.
 */
void edges_set_driver(struct edges *edges, const char *record);

/*
 * Calls through fields are many, lead everywhere, and few matter. So those that
 * lead to a function are looked for when edges_to() is first asked for it, and
 * edges_from() gives those that were found. The first of these finds all that a
 * function makes, the other one all there are.
 */
void edges_find_from(struct edges *edges, uint32_t caller);
void edges_find_all(struct edges *edges);

/* What is known of modules; lives as long as the edges. */
struct modules *edges_modules(const struct edges *edges);

/* Fields that so many functions are put into that they were left out. */
void edges_name_cut(const struct edges *edges, struct string_list *names);

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

/*
 * Of these, the calls whose arguments are the function's own. Handed over as a
 * callback it gets others, and a field may hold any function.
 */
int edges_calls_to(const struct edges *edges, const struct graph *g,
		   uint32_t callee, int (*fn)(const struct edge *e, void *data),
		   void *data);

/**
 * edges_called() - does a function run what it is handed?
 * @param: which of its parameters, from 0
 *
 * This is what callback edges are made from, so whoever says why there is one
 * asks here.
 *
 * Return: the surest way in which it does, or NULL.
 */
const struct called *edges_called(const struct edges *edges, uint32_t fn,
				  uint32_t param);

/*
 * Dispatched to through a field: a start of its own, with a device of its own,
 * and not part of what goes on in the caller.
 */
bool edge_is_dispatch(const struct edge *e, const uint8_t *starts);

enum confidence edge_confidence(const struct edge *e);

#endif
