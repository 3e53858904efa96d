/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to the index run: what its parts share.
 *
 *   index.c       the run, and the one writer
 *   index-early.c units that are parsed while the others are looked at
 *   args-kept.c   what is known of commands from the last time
 *   index-plan.c  the units of a compilation database, and who shares a prefix
 *   index-kept*.c prefix headers that outlive a run
 *   index-dirs.c  directories that get a prefix of their own
 *   index-write.c the one writer
 *   index-work.c  what happens in a worker process
 *   stale.c       which units have to be parsed at all
 *   stale-borrow.c  those that another configuration has parsed already
 *   own-words.c   what sets a command apart from the others
 *   stale-name.c  those that may find a header which was not there before
 *   index-overlay.c  a run that sees some files of the tree otherwise
 *   verify.c      whether two ways of parsing a unit gave the same facts
 */
#ifndef PROBEWALK_INDEXER_INDEX_INTERNAL_H
#define PROBEWALK_INDEXER_INDEX_INTERNAL_H

#include "callgraph/store.h"
#include "indexer/index-overlay.h"
#include "indexer/index.h"
#include "indexer/prefix.h"
#include "indexer/watch.h"
#include "indexer/worker.h"

#define NO_GROUP UINT32_MAX

/* A prefix header is many parses, when headers have to be dropped. */
#define PREFIX_TIMEOUTS 10

/*
 * Units that a prefix header must serve. Building one costs less than two exact
 * parses, unless headers have to be dropped from it.
 */
#define INDEX_MIN_GROUP 4

/* What came of the units of a directory that were tried first. */
struct index_trial {
	uint32_t nr;
	uint32_t broken; /* by errors: names got into each other's way */
	uint32_t harmed; /* its headers change what the prefix's say */
	uint64_t bytes; /* of headers read beside the prefix */
};

/*
 * Units that may share a prefix: those with the same prefix_key, or those of
 * them that stand in one directory.
 */
struct index_group {
	uint64_t key;
	uint32_t parent; /* group whose prefix is the next best; NO_GROUP */
	uint32_t *units; /* stale ones, numbers in index_job->units */
	uint32_t nr_units;
	size_t alloc_units;
	struct prefix *prefix; /* NULL: there is none, or none any more */
	bool built;
	struct index_trial trial; /* of a directory */
	uint32_t deps; /* dependency set in the store */
	uint64_t deps_hash;
	struct u64map bodies; /* verify_prefix: hashes of what it holds */
};

/* A prefix header as the database keeps it. */
struct kept_row {
	uint64_t key; /* prefix_key of its units */
	uint64_t deps_hash; /* as in struct index_group */
	uint64_t sets; /* of struct store_prefix */
	uint64_t pch_len, pch_sum, state_sum;
	uint32_t prefix; /* its facts, from store_put_prefix() */
	uint32_t units; /* of its configuration that may use it */
	uint32_t chosen; /* how many it was chosen for */
	uint32_t slot; /* where its memos are */
};

/* One that an earlier run has left; its group has the same number. */
struct index_kept {
	struct kept_row row;
	uint32_t deps; /* set in the store: the files that it read */
	bool holds; /* all say what they said; not known until it was looked */
	bool opened; /* it was tried to take it out */
	bool closed; /* and is not used any more in this run */
	bool gone; /* from the database */
};

struct index_unit {
	const struct compile_cmd *cmd;
	struct parse_args args; /* made when needed: plan_args() */
	uint64_t command_hash, prefix_key; /* of the arguments */
	char *name; /* as stored: relative to the tree */
	uint64_t key; /* plan_unit_key() */
	struct watch_stamp stamp; /* of the source; not with an overlay */
	uint32_t group; /* the innermost one, or NO_GROUP */
	bool missing; /* there is nothing that could be parsed */
	bool stale;
	bool done; /* parsed in this run */
	bool had_errors; /* as the store knows it */
	bool borrowed; /* another configuration parses it */
	bool blames; /* its worker died, with a kept prefix header */
	bool differs; /* parsed both ways, and the facts are not the same */
};

/* One index run. */
struct index_job {
	const struct index_options *opt;
	const struct compdb *db;
	struct index_summary *sum;
	struct strbuf *err;
	struct store *store;
	uint32_t config;
	char *objdir; /* absolute, or NULL */
	char *tmpdir; /* absolute: prefix headers */
	bool has_tmpdir;
	struct flag_report *report; /* flags that clang does not know */
	/* by command, in the order of the database: what args_keep() keeps */
	struct command_hashes {
		uint64_t command_hash, prefix_key;
	} * hashes;
	struct watch watch; /* what is remembered of files */
	bool recalled; /* it was remembered, and is no guess */
	bool looked; /* at what is stale */
	struct index_unit *units;
	uint32_t nr_units;
	struct index_group *groups;
	uint32_t nr_groups;
	size_t alloc_groups;
	struct index_kept *kept;
	uint32_t nr_kept;
	struct unit_facts facts; /* of the unit being stored */
	uint32_t pending; /* units stored since the last commit */
	int64_t began; /* when the transaction did, milliseconds; 0: none open
			*/
	enum index_phase phase;
	uint32_t done, to_do; /* of the phase, for the progress */
	uint32_t *order; /* units as they are to be parsed, or NULL */
	struct overlay_run *overlay; /* NULL: the tree as it stands */
};

/* ---- index.c ---- */

/* Before the first parse of this process, and before the first thread. */
void index_set_up_clang(void);

/* Prefix headers and units; everything that needs job->tmpdir. */
int index_parse_stale(struct index_job *job) __must_check;

/* Units that are to be parsed yet. */
uint32_t index_count_left(const struct index_job *job);

/* Is it one of those that --sample asks for? */
bool index_is_sampled(const struct index_job *job, const struct index_unit *u);

/* pool_run() with the options of the run, and what it used counted. */
int index_run_pool(struct index_job *job, const struct pool_ops *ops,
		   const uint32_t *jobs, uint32_t nr, int timeout,
		   struct pool_usage *usage) __must_check;

/* What is stale; such units as are missing are stored. */
int index_find_work(struct index_job *job) __must_check;

/* ---- index-early.c ---- */

/**
 * index_look() - index_find_work(), and what can be parsed meanwhile
 *
 * job->sum->interrupted is set when a signal came.
 *
 * Return: 0, or -errno with the reason in job->err.
 */
int index_look(struct index_job *job) __must_check;

/*
 * ---- index-overlay.c: what an overlay makes of the run; job->overlay may be
 * NULL ----
 */

/* Whether a file is no unit yet and is to be parsed, or no unit any more. */
bool index_overlay_adds(const struct index_job *job, const char *file);
bool index_overlay_drops(const struct index_job *job, const char *file);

/* Are units parsed here that were borrowed from another configuration? */
bool index_overlay_owns(const struct index_job *job);

/* Is the source of a command there? Asks the overlay only. */
bool index_overlay_has(const struct index_job *job,
		       const struct compile_cmd *cmd);

/* In a worker: nobody knows what it will read. */
void index_overlay_confine(const struct index_job *job);

/**
 * index_overlay_refuses() - look at what a unit or a prefix header has read
 * @u: unit, or NULL for a prefix header
 * @facts: job->facts of it
 *
 * Notes which files are not as the database knows them. Return: whether its
 * facts must not be kept.
 */
bool index_overlay_refuses(struct index_job *job, const struct index_unit *u,
			   const struct unit_facts *facts);

/* 0, or -ETIME when there is none left. */
int index_overlay_time(const struct index_job *job);

/* ---- index-plan.c ---- */

/**
 * plan_units() - the units of a compilation database
 * @job: options, error text and report are set; objdir and units are filled
 *
 * Return: 0, or -EINVAL when they are not of this tree.
 */
int plan_units(struct index_job *job, const struct compdb *db) __must_check;

/* The arguments of a unit, made now if nobody has asked before. */
const struct parse_args *plan_args(const struct index_job *job,
				   const struct index_unit *u);

/* Tells a unit from all others of its configuration. */
uint64_t plan_unit_key(const char *name, uint64_t command_hash);

/* Stale units into groups. */
void plan_groups(struct index_job *job);
/* Prefix headers chosen for those that are large enough and have none. */
void plan_prefixes(struct index_job *job);

/* A new group, without units; moves job->groups. */
uint32_t plan_add_group(struct index_job *job, uint32_t parent);
void plan_add_to_group(struct index_job *job, uint32_t group, uint32_t unit);

/* Choose the headers of a group's prefix; it may get none. */
void plan_choose(struct index_job *job, uint32_t group, enum prefix_kind kind,
		 uint32_t parent);
void plan_release(struct index_job *job);

/* The directory for prefix headers: made empty, removed. */
int index_tmpdir_make(struct index_job *job) __must_check;
void index_tmpdir_remove(struct index_job *job);

/* ---- index-dirs.c ---- */

/**
 * dirs_plan() - groups of units that stand in one directory
 * @job: prefixes of the groups by prefix_key are built
 *
 * A directory with few units goes with the one above it.
 */
void dirs_plan(struct index_job *job);

/**
 * dirs_trials() - the units that tell whether a directory is worth a prefix
 * @units: gets their numbers; to be freed
 *
 * Return: how many.
 */
uint32_t dirs_trials(struct index_job *job, uint32_t **units);

/* After the trials: which directories get a prefix, and of what kind. */
void dirs_decide(struct index_job *job);

/* After the prefixes were built: what can be built on top of them. */
void dirs_stack(struct index_job *job);

/* ---- index-kept.c: each int is 0 or -errno from the store ---- */

/* What an earlier run has left; before any group is made. */
int index_kept_recall(struct index_job *job) __must_check;

/* It is of no use any more: out of the database with it. */
int index_kept_forget(struct index_job *job, uint32_t nr) __must_check;

/* Which one is for units with this prefix_key, or NO_GROUP. */
uint32_t index_kept_find(const struct index_job *job, uint64_t key);

/* Whether it includes <NAME> itself, and not just one of its files. */
bool index_kept_includes(struct index_job *job, uint32_t nr, const char *name);

/**
 * index_kept_open() - have its group use one
 *
 * Before workers are started. It need not hold: who parses with one that does
 * not has to throw the facts away. One that is damaged is forgotten.
 */
int index_kept_open(struct index_job *job, uint32_t nr) __must_check;

/* Units are parsed with those that serve; the groups are known. */
int index_kept_use(struct index_job *job) __must_check;

/* Whether a group's prefix is one of an earlier run. */
bool index_kept_in_use(const struct index_job *job, uint32_t group);

/* Which of them a group's prefix is or stands on, or NO_GROUP. */
uint32_t index_kept_of(const struct index_job *job, uint32_t group);

/**
 * index_kept_blame() - a unit's worker died
 *
 * Return: whether it may have been for one of them: then it is not done yet.
 */
bool index_kept_blame(struct index_job *job, struct index_unit *u);

/* Whether some are to be parsed again for that, now without. */
bool index_kept_blamed(const struct index_job *job);

/* ---- index-kept-save.c ---- */

/* Those that were built in this run, if they are worth it; in job->err. */
int index_kept_save(struct index_job *job) __must_check;

/* ---- index-write.c: each returns 0 or -errno, with the reason in job->err
 * ---- */

/* A failure of the store in words. Return: @ret. */
int index_store_failed(struct index_job *job, int ret);
/* A transaction, unless there is one. */
int index_begin(struct index_job *job) __must_check;
int index_commit(struct index_job *job) __must_check;
void index_roll_back(struct index_job *job);

/* From now on the progress is that of another phase. */
void index_begin_phase(struct index_job *job, enum index_phase phase,
		       uint32_t to_do);

/* For struct pool_ops; the context is a struct index_job. */
int index_on_tick(void *ctx);
int index_on_busy(void *ctx);
int index_on_unit(void *ctx, const struct job_result *result);
int index_on_prefix(void *ctx, const struct job_result *result);

/* Store the units that there is nothing to parse of. */
int index_store_missing(struct index_job *job) __must_check;

/* ---- stale.c ---- */

/**
 * index_recall() - what the last run remembered of the tree; sets ->recalled
 *
 * Return: 0 or -errno from the store.
 */
int index_recall(struct index_job *job) __must_check;

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
	uint32_t group; /* whose prefix it was parsed with, or NO_GROUP */
	uint8_t broken; /* prefixes that led to errors */
	uint8_t harmed; /* prefixes whose names its headers change */
	uint8_t lost; /* prefixes that libclang could not read */
	uint8_t differs; /* verify_prefix: not the same both ways */
	uint64_t bytes; /* of what it read beside the prefix */
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
 * @job: run
 * @group: group whose prefix it was; what that holds was remembered
 */
bool facts_agree(const struct unit_facts *exact,
		 const struct unit_facts *prefix, const struct index_job *job,
		 uint32_t group);

/* Remember what a prefix header holds, for facts_agree(). */
void verify_remember(struct u64map *bodies, const struct unit_facts *facts);

#endif
