/* SPDX-License-Identifier: GPL-2.0-only */
/* The arrays behind graph.h, for the files that build, sort and read them. */
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

struct graph {
	struct interner strings;
	char **config; /* name of configuration N at N - 1 */
	uint32_t nr_configs;

#define GRAPH_ARRAY(type, name)                                                \
	struct type *name;                                                     \
	uint32_t nr_##name;                                                    \
	size_t alloc_##name
	GRAPH_ARRAY(graph_symbol, symbols);
	GRAPH_ARRAY(graph_call, calls);
	GRAPH_ARRAY(graph_arg, args);
	GRAPH_ARRAY(graph_guard, guards);
	GRAPH_ARRAY(graph_assign, assigns);
	GRAPH_ARRAY(graph_field, fields);
#undef GRAPH_ARRAY

	/* made by graph_finish() */
	uint32_t *named; /* by string: first symbol of that name or NONE */
	uint32_t *slot_of_path; /* by string: its slot, 0 when it is no path */
	uint32_t nr_strings; /* length of these two */
	uint32_t *calls_from; /* by caller: first call; one more at the end */
	uint32_t *assigns_in; /* by function, then NONE; one more at the end */
	struct graph_csr calls_to, calls_through, calls_passing;
	struct graph_csr assigns_to_slot, assigns_to_global, assigns_of;
};

/* Does the base of a value name a symbol; a string? */
static inline bool value_has_symbol(uint8_t kind)
{
	return kind == VALUE_GLOBAL || kind == VALUE_FUNC || kind == VALUE_CALL;
}

static inline bool value_has_string(uint8_t kind)
{
	return kind == VALUE_LOCAL || kind == VALUE_STRING;
}

/**
 * graph_rank_strings() - the order of some strings
 * @g: graph
 * @rank: one number a string, not 0 where its rank is wanted; gets the ranks
 *
 * Ranks start at 1 in the order of strcmp(); sorting by them needs no string.
 */
void graph_rank_strings(const struct graph *g, uint32_t *rank);

/* Sort, renumber and drop duplicates; @rank is sized for all strings. */
void graph_sort_symbols(struct graph *g, const uint32_t *rank);
void graph_sort_calls(struct graph *g, const uint32_t *rank);
void graph_sort_assigns(struct graph *g, const uint32_t *rank);
void graph_sort_fields(struct graph *g, const uint32_t *rank);

/* Fill what graph_finish() makes; the arrays are sorted. */
void graph_index_paths(struct graph *g);
void graph_index(struct graph *g);
void graph_index_release(struct graph *g);

/**
 * path_last_field() - last field step of an access path
 * @path: path
 * @len: gets the length of "rec.field"
 *
 * Return: where "rec.field" begins in @path, or NULL.
 */
const char *path_last_field(const char *path, size_t *len);

#endif
