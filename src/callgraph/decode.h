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
	bool frozen; /* a symbol that is not in the graph is GRAPH_NONE */
	struct unpack u;
	uint32_t *names; /* strings of the graph */
	uint32_t *symbols; /* of the graph */
	uint32_t nr_names, nr_symbols; /* lengths, 0 included */
	size_t alloc_names, alloc_symbols;
	uint32_t body;
	uint8_t *is_shared; /* by symbol of the graph: has several groups */

	struct stored_group *later;
	uint32_t nr_later;
	size_t alloc_later;
};

/* The directory of groups, which stands before what is needed to read them. */
struct directory {
	uint32_t *symbol, *bytes; /* symbol: of the body, from 1 */
	uint32_t nr;
	size_t alloc_symbol, alloc_bytes;
};

void decode_begin(struct unpack *u, const struct stored_body *body);
/* How many of something follow: no more than there are bytes. */
uint32_t decode_count(struct unpack *u, struct loader *l);
uint32_t decode_name(struct decoder *d);
uint32_t decode_symbol(struct decoder *d);

/* Everything up to the definitions; @dir may be NULL. */
void decode_lists(struct decoder *d, uint32_t body, struct directory *dir,
		  uint32_t *nr_fields);
/* Calls and assignments of a function, or GRAPH_NONE: of file scope. */
void decode_group(struct decoder *d, uint32_t func);
void decode_release(struct decoder *d, struct directory *dir);

#endif
