/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The index run: which units are stale, worker processes that parse them, one
 * writer that stores what comes back. A worker that crashes or hangs costs its
 * unit and nothing else.
 */
#ifndef PROBEWALK_INDEXER_INDEX_H
#define PROBEWALK_INDEXER_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "indexer/compdb.h"
#include "indexer/facts.h"

enum index_phase {
	INDEX_READING, /* the commands */
	INDEX_LOOKING, /* for what has changed */
	INDEX_PREFIXES, /* building prefix headers */
	INDEX_TRYING, /* parsing some units of each directory */
	INDEX_PARSING,
	INDEX_STORING, /* the end of it */
};

/* How far a run is. */
struct index_progress {
	enum index_phase phase;
	uint32_t done, total; /* of the phase; 0 when it cannot be counted */
	uint32_t failed; /* units, until now */
};

struct store;

struct index_options {
	const char *tree; /* absolute */
	const char *db; /* path of the database */
	const char *compdb; /* where the commands come from, for messages */
	const char *config; /* name of the configuration, e.g.
			       "arm64/allyesconfig" */
	int jobs; /* worker processes, at least 1 */
	int timeout; /* seconds a unit may take, 0 for no limit */
	bool no_prefix; /* parse every unit exactly */
	bool every_config; /* parse what another configuration has parsed */
	bool verify_prefix; /* parse every unit both ways and compare the facts
			     */
	/*
	 * For measuring: choose prefix headers for all units, but parse only
	 * one of so many; 0 or 1 for all. The database is incomplete then.
	 */
	uint32_t sample;
	const char *kernel; /* version of the tree's Makefile, or NULL */
	/*
	 * Called when a phase begins, while units are parsed at least once a
	 * second and perhaps for each of them; may be NULL.
	 */
	void (*progress)(void *data, const struct index_progress *progress);
	void *progress_data;
};

struct index_summary {
	uint32_t units; /* commands looked at */
	uint32_t fresh; /* not stale: left alone */
	uint32_t borrowed; /* of them: newly taken from another configuration */
	uint32_t parsed;
	uint32_t with_prefix; /* parsed with a prefix header */
	uint32_t with_kept; /* of those: that an earlier run has kept */
	uint32_t redone; /* broke under it and were parsed again exactly */
	uint32_t lost_prefix; /* of those: it could not be read */
	uint32_t errors; /* partly analysed, those left alone included */
	uint32_t failed; /* failed, crashed, timed out, missing: the sum of */
	uint32_t by_status[UNIT_MISSING +
			   1]; /* parsed ones by enum unit_status */
	uint32_t removed; /* no longer in the compilation database */
	uint32_t differing; /* verify_prefix: facts differ between the two ways
			     */
	uint32_t prefixes; /* prefix headers built */
	/* The first by name of each enum unit_status that is a failure. */
	char *example[UNIT_MISSING + 1];
	double cpu_seconds; /* workers and writer */
	double seconds; /* by the clock on the wall */
	double prefix_seconds; /* the part of it that building prefixes took */
	long peak_kib; /* largest worker */
	long writer_peak_kib; /* this process, from its beginning */
	uint64_t db_bytes; /* of the database, its log included */
	bool interrupted; /* what was done is stored */
	int signal; /* SIGINT or SIGTERM when interrupted */
	struct strbuf differing_files; /* one a line, in compdb order */
	struct strbuf dropped_flags; /* flag_report_line() */
	struct strbuf notes; /* what else went wrong, one sentence a line */
};

void index_summary_init(struct index_summary *sum);
void index_summary_release(struct index_summary *sum);

/**
 * index_run() - bring a database up to date with a compilation database
 * @opt: options
 * @db: compile commands of one configuration
 * @sum: initialised; filled
 * @err: gets the reason when it fails
 *
 * Return: 0 (also when single units failed: see @sum), or -errno with nothing
 * lost of what was stored before.
 */
int index_run(const struct index_options *opt, const struct compdb *db,
	      struct index_summary *sum, struct strbuf *err) __must_check;

/**
 * index_kept_clean() - drop kept prefix headers whose facts are gone
 * @store: open for writing; after each store_finish(), in its transaction
 *
 * Return: 0 or -errno from the store.
 */
int index_kept_clean(struct store *store) __must_check;

#endif
