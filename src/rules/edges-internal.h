/* SPDX-License-Identifier: GPL-2.0-only */
/* Private to the inference of edges. */
#ifndef PROBEWALK_RULES_EDGES_INTERNAL_H
#define PROBEWALK_RULES_EDGES_INTERNAL_H

#include "rules/edges.h"
#include "rules/modules.h"

/*
 * When a pointer may be more functions than this, the number of a command or a
 * state picks one: that it is a certain one is less than likely.
 */
enum { EDGES_ONE_OF = 16 };

struct edge_list {
	struct edge *list;
	uint32_t nr;
	size_t alloc;
};

/* Put more to the edges, and all in order. */
void edges_add(struct edges *edges, const struct edge_list *more);

struct inference {
	struct edges *edges;
	struct resolver *r;
	struct edge_list found, listed; /* by values, by lists */
	struct u64map known; /* (function, parameter) that is called -> 1 */
	struct u64map ran; /* assignments into what does not live longer */
	/* parameters that are called: grows while it is gone through */
	struct called *queue;
	uint32_t nr_queue;
	size_t alloc_queue;
};

void inference_add_edge(struct inference *in, uint32_t call, uint32_t callee,
			enum edge_kind kind, bool unsure);
/* One to what was put into a list that the call goes through. */
void inference_add_listed(struct inference *in, uint32_t call, uint32_t callee,
			  enum edge_kind kind, enum edge_reach reach);
/* Unless the function stores it. @by: how it comes to be called. */
void inference_add_called(struct inference *in, const struct called *by);
/* Whether one is known that is called, and whether that is unsure. */
bool inference_is_called(const struct inference *in, uint32_t fn,
			 uint32_t param, bool *unsure);

/* As strcmp() on names, then files: numbers of symbols say little. */
int edges_cmp_functions(const struct graph *g, uint32_t a, uint32_t b);

/* A call through a field of an object that is not a variable at hand. */
struct field_call {
	uint32_t slot; /* field, string of the graph */
	uint32_t call; /* its number */
	struct place target; /* as far as it could be resolved */
	enum edge_kind kind; /* called there, or handed to who calls it */
	bool done; /* its edges are there */
};

/* An edge, in the order they are found. */
struct field_edge {
	struct edge edge;
	uint32_t next; /* of the same callee, or GRAPH_NONE */
};

/* An assignment that a table of device ids tells of, and where it stands. */
struct id_match {
	uint32_t assign, modules;
};

/* How it tells: it is made into the table, or into an object that is named
 * there. */
enum match_kind { MATCH_ENTRY, MATCH_OBJECT, NR_MATCH_KINDS };

struct id_matches {
	bool known;
	struct id_match *list;
	uint32_t nr;
	size_t alloc;
};

/* Who puts functions into a field. */
struct field_slot {
	uint32_t file; /* the only one that does, or GRAPH_NONE */
	uint32_t modules; /* each of them has all of those that do */
	bool listed; /* the functions are there */
	bool cut; /* there are more than would say anything */
	uint32_t *fn;
	uint32_t nr;
	size_t alloc;
	struct id_matches matches[NR_MATCH_KINDS];
};

/* What is put into a field comes out of another one, or of a parameter. */
struct feed {
	uint64_t from;
	uint32_t slot;
};

struct field_edges {
	struct resolver *r;
	enum confidence least;
	const char *driver; /* record that a driver embeds, or NULL */
	struct field_call *calls; /* by slot, then number */
	uint32_t nr_calls;
	size_t alloc_calls;

	struct field_edge *list;
	uint32_t nr;
	size_t alloc;
	struct u64map last; /* callee + 1 -> newest edge + 1 */
	struct u64map known; /* hash of (call, callee) -> edge + 1 */
	struct edge *sorted; /* by caller, then call; made when asked for */
	uint32_t nr_sorted;

	struct u64map pulled; /* functions and parameters looked for -> 1 */
	struct u64map slots; /* slot -> number in slot + 1 */
	struct field_slot *slot;
	uint32_t nr_slots;
	size_t alloc_slots;
	struct feed *feeds; /* by from */
	uint32_t nr_feeds;
	size_t alloc_feeds;
	struct modules *modules;
	struct u64map handed; /* (function, parameter, path) -> enum handed */
	struct u64map id_tables; /* variable + 1 -> 1 no, 2 yes */
};

struct field_edges *field_edges_new(struct resolver *r, enum confidence least);
void field_edges_free(struct field_edges *f);
void field_edges_set_driver(struct field_edges *f, const char *record);
/* Remember a call through a field; then bring them in order. */
void field_edges_add_call(struct field_edges *f, uint32_t call,
			  const struct place *target, enum edge_kind kind);
void field_edges_sort(struct field_edges *f);
/* What fields are fed with, once all calls are in order. */
void field_edges_find_feeds(struct field_edges *f);
void field_edges_find_from(struct field_edges *f, uint32_t caller);
void field_edges_find_all(struct field_edges *f);
void field_edges_name_cut(const struct field_edges *f,
			  struct string_list *names);

/* Those found so far that a function makes, by call. */
struct field_run {
	const struct edge *first;
	uint32_t nr;
};
struct field_run field_edges_from(struct field_edges *f, uint32_t caller);
/* Finds what leads to a function, and gives it. */
int field_edges_to(struct field_edges *f, uint32_t callee,
		   int (*fn)(const struct edge *e, void *data), void *data);

void field_edges_add(struct field_edges *f, uint32_t call, uint32_t callee,
		     enum edge_kind kind, enum edge_reach reach);

/* ---- edges-slot.c: who puts what into a field ---- */

/*
 * Whether all that is put into a field is put there by @file, or by one of the
 * modules that it belongs to.
 */
bool field_slot_is_closed(struct field_edges *f, uint32_t slot, uint32_t file,
			  uint32_t modules);
/* What is known of a field; moves when another one is asked for. */
struct field_slot *field_slot_get(struct field_edges *f, uint32_t slot);
/* All functions that are put into a field; none when there are too many. */
const struct field_slot *field_slot_functions(struct field_edges *f,
					      uint32_t slot);

/* ---- edges-object.c: calls through an object that can be told ---- */

/* How far an object is handed down, and by how many callers at most. */
enum { MAX_HANDED_DEPTH = 3, MAX_HANDING_CALLERS = 32 };

/* Whether all objects that there can be were found, and their edges added. */
bool field_edges_by_object(struct field_edges *f,
			   const struct field_call *call);

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
