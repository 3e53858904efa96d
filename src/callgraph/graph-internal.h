/* SPDX-License-Identifier: GPL-2.0-only */
/* The arrays behind graph.h, for the files that fill and read them. */
#ifndef PROBEWALK_CALLGRAPH_GRAPH_INTERNAL_H
#define PROBEWALK_CALLGRAPH_GRAPH_INTERNAL_H

#include "util/hash.h"

#include "callgraph/graph.h"

/* Lists of numbers, one for each key: those of key K are
 * item[start[K]] ... item[start[K + 1] - 1]. */
struct graph_csr {
	uint32_t *start;
	uint32_t *item;
	uint32_t nr_keys;
};

/* What a function does: nr elements of an array. */
struct graph_span {
	uint32_t first, nr;
};

struct graph {
	struct interner strings;
	char *config;

#define GRAPH_ARRAY(type, name)                                                \
	struct type *name;                                                     \
	uint32_t nr_##name;                                                    \
	size_t alloc_##name
	GRAPH_ARRAY(graph_symbol, symbols);
	GRAPH_ARRAY(graph_call, calls);
	GRAPH_ARRAY(graph_arg, args);
	GRAPH_ARRAY(graph_guard, guards);
	GRAPH_ARRAY(graph_cond, conds);
	/*
	 * The decision of a call has the number of the guards and conditions
	 * that stand before it, so that there is no count of them to keep.
	 */
	struct graph_decision *decisions;
	size_t alloc_decisions;
	GRAPH_ARRAY(graph_assign, assigns);
	GRAPH_ARRAY(graph_field, fields);
	GRAPH_ARRAY(graph_module, modules);
#undef GRAPH_ARRAY

	/* made by graph_finish() */
	struct graph_span *calls_from, *assigns_in; /* by function */
	uint32_t *indirect; /* numbers of calls */
	uint32_t nr_indirect;
	size_t alloc_indirect;
	uint32_t *slots_called; /* by them, while lists are made */
	struct graph_csr named; /* symbols by string */
	uint32_t *fields_of; /* by record: first field; one more at the end */
	struct graph_csr calls_to, calls_through;
	struct graph_csr assigns_to_slot, assigns_to_global;
	struct graph_csr calls_passing, assigns_of;
	struct graph_literals *literals; /* see graph_literals(), or NULL */
};

/**
 * path_last_field() - last field step of an access path
 * @path: path
 * @len: gets the length of "rec.field"
 *
 * Return: where "rec.field" begins in @path, or NULL.
 */
const char *path_last_field(const char *path, size_t *len);

/* What decides a call: none of either for most. */
struct graph_decision graph_decision(const struct graph *g,
				     const struct graph_call *call);

/* The order of what one function does: see fact-order.h, this is the same. */
int graph_cmp_calls(const struct graph *g, const struct graph_call *a,
		    const struct graph_call *b);
int graph_cmp_assigns(const struct graph *g, const struct graph_assign *a,
		      const struct graph_assign *b);

/* Fields by record, then name, each once; sets g->fields_of. */
void graph_sort_fields(struct graph *g);

/* Lists by key: graph-csr.c. */
struct csr_build;
/* Add an item to the list of a key. */
void csr_add(struct csr_build *b, uint32_t key, uint32_t item);
/* @add_all is called twice: to count, and to fill. */
void csr_make(struct graph_csr *csr, const struct graph *g, uint32_t nr_keys,
	      void (*add_all)(struct csr_build *b, const struct graph *g));
void csr_release(struct graph_csr *csr);

void graph_index(struct graph *g);
void graph_index_release(struct graph *g);

#endif
