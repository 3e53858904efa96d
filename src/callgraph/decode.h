/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the files that decode the blobs of bodies; pack.h tells their form.
 */
#ifndef PROBEWALK_CALLGRAPH_DECODE_H
#define PROBEWALK_CALLGRAPH_DECODE_H

#include "callgraph/store-load.h"

/* The body being decoded. */
struct decoder {
	struct loader *l;
	struct graph *g; /* gets the facts */
	bool damaged; /* something names what is not there */
	struct unpack u;
	uint32_t *names; /* strings of the graph */
	uint32_t *symbols; /* of the graph; GRAPH_NONE: not in it */
	uint32_t *meant; /* the same for who names them */
	uint32_t nr_names, nr_symbols; /* lengths, 0 included */
	size_t alloc_names, alloc_symbols, alloc_meant;
	uint32_t body;

	struct stored_group *later;
	uint32_t nr_later;
	size_t alloc_later;
	/* kept for a thread that may write to the symbols, or NULL: */
	struct stored_defs *defs;
};

/* The directory of groups, which stands before what is needed to read them. */
struct directory {
	uint32_t *symbol, *bytes; /* symbol: of the body, from 1 */
	uint32_t nr;
	size_t alloc_symbol, alloc_bytes;
};

void decode_begin(struct unpack *u, const struct stored_body *body);
/* How many of something follow: no more than there are bytes. */
uint32_t decode_count(struct unpack *u, bool *damaged);
uint32_t decode_name(struct decoder *d);
uint32_t decode_symbol(struct decoder *d);

/* A definition, while it is not among the symbols. */
struct stored_def {
	uint32_t symbol; /* of the graph */
	uint32_t file, line, col, attrs, type;
};

struct stored_defs {
	struct stored_def *list;
	uint32_t nr;
	size_t alloc;
};

/* Symbols and directory; @dir may be NULL. */
void decode_head(struct decoder *d, uint32_t body, struct directory *dir,
		 uint32_t *nr_fields);
/* The same and the names: everything up to the definitions. */
void decode_lists(struct decoder *d, uint32_t body, struct directory *dir,
		  uint32_t *nr_fields);
/* Calls and assignments of a function, or GRAPH_NONE: of file scope. */
void decode_group(struct decoder *d, uint32_t func);
void decode_release(struct decoder *d, struct directory *dir);

/* Add what a group holds, without decoding it. */
void decode_skip_group(struct unpack *u, struct load_counts *counts,
		       bool *damaged);

#endif
