/* SPDX-License-Identifier: GPL-2.0-only */
/* Lists of objects whose functions are called later: see edges-list.c. */
#ifndef PROBEWALK_RULES_EDGES_LIST_H
#define PROBEWALK_RULES_EDGES_LIST_H

#include "rules/edges-internal.h"

/* One who puts an object into a list, or calls the objects of one. */
struct list_end {
	uint32_t fn; /* function that the list is told in */
	struct place list;
	uint8_t depth; /* how far above the one that does it */
	bool either; /* it may be another list instead */

	struct place item; /* what is put in */
	uint32_t item_fn; /* function that it is told in */

	uint32_t call; /* that goes through it, or hands it down */
	uint8_t kind; /* enum edge_kind */
	uint32_t rest; /* path from an object to the function */
};

struct list_ends {
	struct list_end *list;
	uint32_t nr;
	size_t alloc;
};

/* A step of a call's path that may be the way from a list to its objects. */
struct list_split {
	uint32_t head; /* path before it */
	struct place list; /* that, with the links off; kind and base unset */
	uint32_t rest; /* path from there on; 0 behind the last split */
};

struct lists {
	struct inference *in;
	/* Its own, as what is put into lists is looked for aside: numbers of
	 * paths are others than those of @in. */
	struct resolver *r, paths;
	enum confidence least;
	struct list_ends inserts, calls;
	struct u64map own; /* field -> 2 points to its own struct, 1 does not */
	struct u64map links; /* fields that link the objects of a list -> 1 */
	struct u64map heads; /* fields that something is put into -> 1 */
	struct u64map slots; /* fields that a list gone through is in -> 1 */
	struct u64map vars; /* variable that is one, plus 1 -> 1 */
	struct u64map seen; /* hashes of ends -> 1 */
	/* many calls have the same path: */
	struct u64map stripped; /* path -> what lists_strip() makes of it */
	struct u64map splits_of; /* path + 1 -> its first split, plus 1 */
	struct list_split *splits;
	uint32_t nr_splits;
	size_t alloc_splits;
};

void lists_init(struct lists *l, struct inference *in, enum confidence least);
void lists_release(struct lists *l);

/* What goes through lists, and which: after lists_find_inserts(). */
void lists_find(struct lists *l);

/* ---- edges-list-link.c ---- */

/*
 * All that put an object into what they are handed, or into a variable. Looks
 * at nothing but the graph, so another thread may do it.
 */
void lists_find_inserts(struct lists *l);
/* The list that a place is in: all links off its end. */
struct place lists_strip(struct lists *l, struct place p);
/* The field that a list is in, or 0. */
uint32_t lists_slot(const struct lists *l, const struct place *p);
/* Does a place end in a link: is it behind an object of a list? */
bool lists_is_link(const struct lists *l, const struct place *p);

/* ---- edges-list.c ---- */

void lists_add_end(struct lists *l, struct list_ends *ends,
		   const struct list_end *e);
/* What a place in a function is in the one that calls it, if anything. */
bool lists_in_caller(const struct lists *l, const struct graph_call *c,
		     const struct place *p, struct place *out);
/* Does another end, in a caller, stand for this one? */
bool lists_told_above(const struct lists *l, const struct list_end *e);

/* ---- edges-list-item.c ---- */

/* Adds the edges from those who call to what was put in. */
void lists_infer(struct lists *l);

#endif
