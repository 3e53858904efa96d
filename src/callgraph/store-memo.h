/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the index run asks the store before it parses: which units are known,
 * which versions of files they read, and what it remembered. All of it in whole
 * passes, for a query a unit would take longer than everything else in a run
 * that finds nothing to do.
 */
#ifndef PROBEWALK_CALLGRAPH_STORE_MEMO_H
#define PROBEWALK_CALLGRAPH_STORE_MEMO_H

#include "callgraph/idset.h"
#include "callgraph/store.h"

enum memo_kind {
	MEMO_WATCH, /* indexer/watch.h */
	MEMO_TOOL, /* what made the facts */
	MEMO_MACROS, /* indexer/macro-set.h */
	MEMO_UNFINISHED, /* there, until store_finish() has cleaned up */
	MEMO_COMMANDS, /* compdb_pack(): all commands of the configuration */
	MEMO_ORIGIN, /* the file they came from: indexer/compdb-kept.h */
	MEMO_OWN_WORDS, /* indexer/own-words.h */
	MEMO_ARGS, /* indexer/args-kept.h */
};

/**
 * store_get_memo() - what was remembered
 * @out: gets it; nothing when there is none
 *
 * Return: 0 or -errno.
 */
int store_get_memo(struct store *store, uint32_t config, enum memo_kind kind,
		   struct strbuf *out) __must_check;

/**
 * store_put_memo() - remember
 * @len: 0 to forget
 */
int store_put_memo(struct store *store, uint32_t config, enum memo_kind kind,
		   const void *data, size_t len) __must_check;

/* A member and the sets of files that its unit read. */
struct store_seen {
	uint32_t unit;
	const char *file;
	uint64_t command_hash;
	enum unit_status status;
	bool stale; /* store_mark_stale() */
	const char *detail;
	uint32_t deps, prefix_deps; /* sets; prefix_deps may be 0 */
	bool borrowed; /* the unit was parsed in another configuration */
	bool parsed_again; /* since it was borrowed */
};

/* In no order. The callback returns 0 to go on, else that is returned. */
int store_each_seen(struct store *store, uint32_t config,
		    int (*fn)(void *data, const struct store_seen *seen),
		    void *data) __must_check;

/* The sets of files of all units and prefix headers, as ids of versions. */
int store_each_dep_set(struct store *store,
		       int (*fn)(void *data, uint32_t set,
				 struct idset_iter *versions),
		       void *data) __must_check;

/* Every version of a file that was ever read. */
int store_each_version(struct store *store,
		       int (*fn)(void *data, uint32_t version, const char *file,
				 uint64_t hash),
		       void *data) __must_check;

/**
 * store_mark_stale() - have the next run parse a unit, whatever its files say
 *
 * For what is noticed once and not again. Its facts stay until then.
 */
int store_mark_stale(struct store *store, uint32_t unit) __must_check;

#endif
