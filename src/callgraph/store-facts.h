/* SPDX-License-Identifier: GPL-2.0-only */
/* From the facts of a unit to the blobs of its bodies. */
#ifndef PROBEWALK_CALLGRAPH_STORE_FACTS_H
#define PROBEWALK_CALLGRAPH_STORE_FACTS_H

#include "callgraph/store-internal.h"

/* Strings or symbols: their ids, and the list of the body being packed. */
struct pack_list {
	uint32_t *id; /* by number in the facts; 0: not known yet */
	uint32_t *local; /* by number in the facts: place in the list, from 1 */
	uint32_t *used; /* number in the facts of each in the list */
	uint32_t *ids; /* id of each in the list */
	uint32_t nr;
	size_t alloc_used, alloc_ids;
};

/* Calls, assignments in functions, assignments at file scope. */
enum item_kind { ITEM_CALL, ITEM_ASSIGN, ITEM_SCOPE, NR_ITEM_KINDS };

/* One of them, in the order in which it is packed. */
struct pack_item {
	uint32_t group; /* the function in the body's list; 0 at file scope */
	uint32_t number; /* in the facts */
};

struct fact_writer {
	struct store *store;
	const struct unit_facts *facts;
	struct pack_list names, symbols;
	uint32_t body; /* being written */
	uint32_t file; /* of the body: number of a name */
	uint32_t nr_rows; /* of call that it has */
	int ret; /* first error of packing; what follows is not written */

	uint32_t nr_defs, nr_calls, nr_args, nr_guards, nr_conds;
	uint32_t nr_assigns, nr_fields;
	uint32_t nr_groups;
	/* parts of a blob, and the blobs of the body */
	struct strbuf groups, defs, fields, data, blob, literals;
	/* of the group being packed */
	uint32_t group_file, group_line;
	struct pack_item *items[NR_ITEM_KINDS];
	uint32_t nr_items[NR_ITEM_KINDS];
	size_t alloc_items[NR_ITEM_KINDS];
};

/* ---- store-facts.c ---- */

void fact_writer_init(struct fact_writer *w, struct store *store,
		      const struct unit_facts *facts);
void fact_writer_release(struct fact_writer *w);
/* Ids, made when new; the numbers must be in range. */
int fact_writer_name(struct fact_writer *w, uint32_t string,
		     uint32_t *id) __must_check;
int fact_writer_symbol(struct fact_writer *w, uint32_t symbol,
		       uint32_t *id) __must_check;
/* -EINVAL when something in a body names what is not there. */
int fact_writer_check(struct fact_writer *w,
		      const struct fact_body *body) __must_check;

/* ---- store-pack.c ---- */

/* Put one more in the list; returns its place there, from 1. */
uint32_t pack_list_add(struct pack_list *list, uint32_t number, uint32_t id);
void pack_list_clear(struct pack_list *list);
/* The list itself, as it stands in the blob. */
void pack_list(struct strbuf *sb, const struct pack_list *list);
/* A symbol's place in the list of the body, which gets it when it is new. */
uint32_t pack_local_symbol(struct fact_writer *w, uint32_t symbol);

/* One fact to its part of the blob; an error stays in @w->ret. */
void pack_call(struct fact_writer *w, const struct fact_call *c);
void pack_assign(struct fact_writer *w, const struct fact_assign *a);
void pack_def(struct fact_writer *w, const struct fact_def *def);
void pack_field(struct fact_writer *w, const struct fact_field *field);

/* ---- store-body.c ---- */

/**
 * fact_writer_put() - write one body of the database
 * @unit: whose it is, or STORE_NULL
 * @hash: of a header body, or STORE_NULL
 * @file: where it stands
 * @bodies: what it is made of: of these all that are header bodies, or all that
 *	    are not, as the first one
 * @nr: how many there are
 */
int fact_writer_put(struct fact_writer *w, int64_t unit, int64_t hash,
		    const char *file, const struct fact_body *bodies,
		    uint32_t nr) __must_check;
int store_delete_body(struct store *store, uint32_t body) __must_check;

#endif
