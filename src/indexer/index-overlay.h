/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An index run for files that are not as they stand on the disk. The database
 * is taken at its word for everything else: nothing of the tree is looked at
 * but what the overlay touches and what the units read that are parsed for it.
 */
#ifndef PROBEWALK_INDEXER_INDEX_OVERLAY_H
#define PROBEWALK_INDEXER_INDEX_OVERLAY_H

#include "callgraph/store.h"
#include "indexer/index.h"
#include "indexer/overlay.h"
#include "util/hash.h"

struct index_overlay_options {
	const char *tree; /* absolute; that of the commands, too */
	const char *db; /* for messages */
	const char *config, *kernel; /* as in the store */
	const char *tmpdir; /* absolute, to be made: prefix headers */
	int jobs; /* worker processes, at least 1 */
	int timeout; /* seconds a unit may take, 0 for no limit */
	/*
	 * Sources, by hash64_str() of their paths relative to the tree, that
	 * are no units yet, or are none any more; both when they are to be
	 * parsed with another command.
	 */
	const struct u64map *adds, *drops;
	uint32_t max_units; /* to parse, 0 for no limit */
	/*
	 * When to stop, of index_now_ms(), or 0; asked again and again. May be
	 * NULL.
	 */
	int64_t (*deadline)(void *data);
	void *deadline_data;
	/*
	 * Parse here what was borrowed from another configuration, too: that
	 * one is not looked at.
	 */
	bool own;
	/*
	 * When there are more: those with the smallest number first. May be
	 * NULL.
	 */
	uint32_t (*rank)(void *data, const char *file);
	void *rank_data;
	void (*progress)(void *data, const struct index_progress *progress);
	void *progress_data;
};

struct index_left_out {
	char *file;
	char *reason; /* "over the limit of 400 units", "does not parse: ..." */
};

struct index_overlay_summary {
	uint32_t affected; /* units that read what the overlay touches */
	uint32_t parsed;
	uint32_t with_kept; /* of them: with a prefix header of the database */
	uint32_t dropped;
	struct index_left_out *left_out; /* in order of the commands */
	size_t nr_left_out, alloc_left_out;
	/* Files that were read and that the database knows otherwise. */
	struct interner changed;
	struct strbuf notes; /* one sentence a line */
};

void index_overlay_summary_init(struct index_overlay_summary *sum);
void index_overlay_summary_release(struct index_overlay_summary *sum);

/**
 * index_overlay() - parse again what the overlay in use concerns
 * @opt: options
 * @db: commands of the configuration as they are with the overlay
 * @store: from store_open_scratch(): gets the facts
 * @sum: initialised; added to
 * @err: gets the reason when it fails
 *
 * Units that cannot be parsed keep the facts that they have. A unit that
 * several configurations share is parsed for the one that it belongs to: run
 * this for all of them.
 *
 * Return: 0, -EINTR after a signal, or another -errno.
 */
int index_overlay(const struct index_overlay_options *opt,
		  const struct compdb *db, struct store *store,
		  struct index_overlay_summary *sum,
		  struct strbuf *err) __must_check;

/* Milliseconds of the clock that deadlines are of. */
int64_t index_now_ms(void);

#endif
