/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to the index run: what its parts share.
 *
 *   index.c       the run, and the one writer
 *   index-plan.c  the units of a compilation database, and who shares a prefix
 *   index-work.c  what happens in a worker process
 *   stale.c       which units have to be parsed at all
 *   stale-name.c  those that may find a header which was not there before
 *   verify.c      whether two ways of parsing a unit gave the same facts
 */
#ifndef PROBEWALK_INDEXER_INDEX_INTERNAL_H
#define PROBEWALK_INDEXER_INDEX_INTERNAL_H

#include "callgraph/store.h"
#include "indexer/index.h"
#include "indexer/prefix.h"
#include "indexer/watch.h"
#include "indexer/worker.h"

/* Units that share their prefix_key. */
struct index_group {
	uint64_t key;
	uint32_t *units; /* stale ones, numbers in index_job->units */
	uint32_t nr_units;
	size_t alloc_units;
	struct prefix *prefix; /* NULL: they are parsed exactly */
	uint32_t deps; /* dependency set in the store */
	uint64_t deps_hash;
};

struct index_unit {
	const struct compile_cmd *cmd;
	struct parse_args args;
	char *name; /* as stored: relative to the tree */
	uint32_t group;
	bool missing; /* there is nothing that could be parsed */
	bool stale;
	bool differs; /* parsed both ways, and the facts are not the same */
};

/* One index run. */
struct index_job {
	const struct index_options *opt;
	struct index_summary *sum;
	struct strbuf *err;
	struct store *store;
	uint32_t config;
	char *objdir; /* absolute, or NULL */
	char *tmpdir; /* absolute: prefix headers */
	struct watch watch; /* what is remembered of files */
	struct index_unit *units;
	uint32_t nr_units;
	struct index_group *groups;
	uint32_t nr_groups;
	size_t alloc_groups;
	struct unit_facts facts; /* of the unit being stored */
	uint32_t pending; /* units stored since the last commit */
	int64_t began; /* when the transaction did, milliseconds; 0: none open
			*/
	enum index_phase phase;
	uint32_t done, to_do; /* of the phase, for the progress */
};

/* ---- index-plan.c ---- */

/**
 * plan_units() - the units of a compilation database
 * @job: options and error text are set; objdir and units are filled
 *
 * Return: 0, or -EINVAL when they are not of this tree.
 */
int plan_units(struct index_job *job, const struct compdb *db,
	       struct flag_report *report) __must_check;

/* Stale units into groups; prefix headers chosen for those large enough. */
void plan_prefixes(struct index_job *job);
void plan_release(struct index_job *job);

/* The directory for prefix headers: made empty, removed. */
int tmpdir_make(struct index_job *job) __must_check;
void tmpdir_remove(const struct index_job *job);

/* ---- stale.c ---- */

/**
 * index_find_stale() - set units[].stale, delete units that are gone
 *
 * Return: 0 or -errno from the store.
 */
int index_find_stale(struct index_job *job) __must_check;

/**
 * index_remember() - at the end of a run, how the files look that were read
 *
 * The next run then need not read them.
 *
 * Return: 0 or -errno from the store.
 */
int index_remember(struct index_job *job) __must_check;

/* ---- index-work.c ---- */

/* unit_parse(); a test puts one here that crashes or hangs. */
extern int (*index_unit_parse)(struct unit_parser *parser,
			       const char *directory, const char *file,
			       const struct parse_args *args, const char *pch,
			       struct unit_facts *facts);

/* In front of the facts that a worker sends. */
struct work_head {
	int32_t ret; /* of prefix_build() */
	uint8_t redone; /* broke under the prefix */
	uint8_t differs; /* verify_prefix: not the same both ways */
};

/* For struct pool_ops; the context is a struct index_job. */
void *work_start(void *ctx);
void work_prefix(void *state, uint32_t group, struct strbuf *reply);
void work_unit(void *state, uint32_t unit, struct strbuf *reply);

/**
 * work_read() - take a reply apart
 * @facts: cleared and filled
 *
 * Return: 0 or -EBADMSG.
 */
int work_read(const struct job_result *result, struct work_head *head,
	      struct unit_facts *facts) __must_check;

/* ---- verify.c ---- */

/**
 * facts_agree() - whether a unit says the same under a prefix header
 * @exact: facts of the exact parse
 * @prefix: facts of the parse with a prefix; lacks the prefix's own headers
 */
bool facts_agree(const struct unit_facts *exact,
		 const struct unit_facts *prefix);

#endif
