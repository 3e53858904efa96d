/* SPDX-License-Identifier: GPL-2.0-only */
/* Whether two states of a database say the same of a configuration. */
#ifndef PROBEWALK_CALLGRAPH_STORE_SAME_H
#define PROBEWALK_CALLGRAPH_STORE_SAME_H

#include "callgraph/store.h"

/**
 * store_same_facts() - is the graph of a configuration the same in both?
 * @base: a database
 * @scratch: from store_open_scratch() of it, and written to since then
 * @config: number of the configuration
 * @same: false also when that cannot be told without a look at the facts
 *
 * Compares what store_load_graph() reads, without decoding it. Both number
 * names, symbols, sets and header bodies alike, for a scratch store only adds
 * to them: equal bytes are equal facts. Lines are facts, too.
 *
 * Return: 0 or -errno, with store_error() of @scratch.
 */
int store_same_facts(struct store *base, struct store *scratch, uint32_t config,
		     bool *same) __must_check;

/* The same, of a scratch store and the database that it began as. */
int store_scratch_same_facts(struct store *scratch, uint32_t config,
			     bool *same) __must_check;

#endif
