/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What came of the commands the last time, beside them in a database: the
 * hashes of each one's arguments, and what all of them say together. To sort
 * out three million words again is a quarter of a run that has one unit to
 * parse; with this, only that unit's are.
 */
#ifndef PROBEWALK_INDEXER_ARGS_KEPT_H
#define PROBEWALK_INDEXER_ARGS_KEPT_H

#include "indexer/compdb.h"

struct index_job;
struct store;

/* Of all commands together. */
struct args_kept {
	char *dropped; /* as flag_report_line() says it, or "" */
	/* The directories that headers are looked for in, each once. */
	struct args_search {
		const char *directory; /* where the command runs */
		const char *dir; /* as the command has it */
	} * search;
	size_t nr_search;
	char *text; /* what search points into */
};

/**
 * args_kept_read() - take what was kept with commands
 * @db: the commands, as they were kept; each gets its hashes, and ->kept is set
 * @store: where they were kept
 * @config: with which configuration
 *
 * Nothing is taken that another libclang, another version of this program or
 * other commands were the reason for.
 *
 * Return: 0 or -errno from the store.
 */
int args_kept_read(struct compdb *db, struct store *store,
		   uint32_t config) __must_check;

/**
 * args_keep() - keep it with the commands of the run
 * @job: planned; its store is open for writing
 *
 * Return: 0 or -errno from the store.
 */
int args_keep(struct index_job *job) __must_check;

void args_kept_free(struct args_kept *kept);

#endif
