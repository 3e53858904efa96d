/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to index-kept*.c: what the database says of the prefix headers that
 * are kept in it. Memos, which whoever does not know them leaves alone: the one
 * of MEMO_KEPT lists them, and each has a number where its state and its
 * precompiled header are.
 */
#ifndef PROBEWALK_INDEXER_INDEX_KEPT_H
#define PROBEWALK_INDEXER_INDEX_KEPT_H

#include "callgraph/store-memo.h"
#include "indexer/index-internal.h"

/* Those of a configuration. */
struct kept_list {
	struct kept_row rows[MEMO_MAX_KEPT];
	uint32_t nr;
};

/* Bytes of them in a database, all configurations together. */
extern uint64_t index_kept_room;

/*
 * Of pieces of a multiple of 64 bytes, but for the last: a quick check of many
 * megabytes, for what a disk may do to them and nobody does on purpose.
 */
struct kept_sum {
	uint64_t lanes[8];
	uint64_t len;
};

void kept_sum_init(struct kept_sum *sum);
void kept_sum_add(struct kept_sum *sum, const void *data, size_t len);
uint64_t kept_sum_end(const struct kept_sum *sum);
uint64_t kept_sum_of(const void *data, size_t len);

/*
 * Read the list of a configuration. Empty when another program or another
 * libclang made them: what that wrote is nothing to us.
 */
int kept_list_load(struct store *store, uint32_t config,
		   struct kept_list *list) __must_check;

/* Write it; the memos of what is not in it go. */
int kept_list_store(struct store *store, uint32_t config,
		    const struct kept_list *list) __must_check;

/* Take one out, without writing. */
void kept_list_drop(struct kept_list *list, uint32_t nr);

#endif
