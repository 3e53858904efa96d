/* SPDX-License-Identifier: GPL-2.0-only */
/* Commands in a database, beside the facts that came of them. */
#ifndef PROBEWALK_INDEXER_COMPDB_KEPT_H
#define PROBEWALK_INDEXER_COMPDB_KEPT_H

#include <stdint.h>

#include "indexer/compdb.h"

struct store;

/**
 * compdb_load_or_kept() - as compdb_load(), from a database where that does
 * @db: empty; filled
 * @path: file of the commands
 * @database: where an index run may have kept them; may be missing, or anything
 * @now: watch_now(); a file that changed right before that is read in any case
 * @err: as compdb_load()
 *
 * Return: as compdb_load().
 */
int compdb_load_or_kept(struct compdb *db, const char *path,
			const char *database, int64_t now,
			struct strbuf *err) __must_check;

/**
 * compdb_keep() - keep the commands of a configuration, unless they are
 *
 * Also for whoever parses a unit without the file they came from.
 *
 * Return: 0 or -errno from the store.
 */
int compdb_keep(const struct compdb *db, struct store *store,
		uint32_t config) __must_check;

#endif
