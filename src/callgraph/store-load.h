/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the files that load a graph: rows in, numbers of the graph out. */
#ifndef PROBEWALK_CALLGRAPH_STORE_LOAD_H
#define PROBEWALK_CALLGRAPH_STORE_LOAD_H

#include <stddef.h>

#include "util/aside.h"

#include "callgraph/graph-internal.h"
#include "callgraph/pack.h"
#include "callgraph/store-internal.h"

/* A symbol as stored. */
struct stored_symbol {
	uint32_t name, file; /* names, which are strings of the graph */
	uint32_t number : 29; /* in the graph, plus 1; 0: not there yet */
	uint32_t flags : 3; /* kind | enum stored_flag */
};

enum stored_flag {
	STORED_STATIC = 1 << 1,
	/* not stored: who names it means another, see load_standins() */
	STORED_STANDIN = 1 << 2,
};

/* A body of the configuration. */
struct stored_body {
	uint64_t hash; /* of the content, or of the command */
	uint32_t file; /* name */
	uint32_t rank; /* among the files; header bodies before others,
			* literals behind what they belong to */
	const unsigned char *p;
	uint32_t len;
	bool is_header;
	bool is_borrowed; /* only units of other configurations have seen it */
};

/* A command that a unit of the configuration stands for. */
struct stored_command {
	uint64_t hash;
	uint32_t module; /* name, or 0 */
	uint32_t next; /* of the same unit, from 1 */
};

/* The bytes of bodies, in large pieces of memory. */
struct stored_bytes {
	unsigned char **pieces;
	uint32_t nr_pieces;
	size_t alloc_pieces;
	size_t used, size; /* of the last one */
};

/* A group whose function has others: they are merged when all are known. */
struct stored_group {
	uint32_t symbol; /* in the graph, or GRAPH_NONE: file scope */
	uint32_t file; /* at file scope */
	uint32_t body;
	const unsigned char *p;
};

/* How much of everything. */
struct load_counts {
	uint64_t calls, args, guards, conds, assigns, fields;
};

struct loader {
	struct store *store;
	uint32_t config;
	struct graph *graph;
	struct stored_symbol *symbols; /* by id, from 1 */
	uint32_t nr_symbols; /* one more than the highest id */
	size_t alloc_symbols;
	uint8_t *wanted; /* by id of a body: enum wanted */
	uint32_t nr_wanted; /* length */
	struct u64map units; /* of the configuration -> place in commands */
	struct stored_command *commands;
	uint32_t nr_commands;
	size_t alloc_commands;
	struct strbuf sets; /* of header bodies: id << 1 | is borrowed */
	bool borrows; /* units of other configurations */
	struct u64map meant; /* id of a stand-in -> number of what it means */

	struct strbuf page; /* of symbols */
	struct stored_bytes bytes;
	struct stored_body *bodies;
	uint32_t nr_bodies;
	size_t alloc_bodies;
	/* literals that are not to stand among the others */
	struct stored_bytes literal_bytes;
	struct stored_body *literal_bodies;
	uint32_t nr_literal_bodies;
	size_t alloc_literal_bodies;
	/* 0, 1, or more: */
	uint8_t *nr_groups; /* by symbol of the graph: that say what it does */
	uint8_t *nr_scopes; /* by name of a file: groups at file scope */
	/* the bodies from here on, half of the bytes, are decoded aside */
	uint32_t middle;
	struct load_counts before; /* that is what those before it hold */
	struct aside names;
	unsigned int parts; /* enum store_part */
	bool damaged; /* something names what is not there */
};

/* ---- store-load.c ---- */

void load_bytes_release(struct stored_bytes *bytes);

/* ---- store-load-order.c ---- */

/* Bring the bodies, and those of literals, in their order. */
void load_sort_bodies(struct loader *l);

/* ---- store-count.c ---- */

/**
 * load_count() - what all bodies hold together
 *
 * Makes room for it in the graph, gives symbols their numbers there, and finds
 * the functions that several groups speak of.
 */
void load_count(struct loader *l);

/* ---- store-standin.c ---- */

/**
 * load_standins() - find what calls of some inline functions mean
 *
 * After load_count(). Fills ->meant, and flags the symbols.
 */
void load_standins(struct loader *l);

/* ---- store-decode.c ---- */

/* All bodies into the graph, in the order in which they stand. */
void load_bodies(struct loader *l);

#endif
