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
	MEMO_KEPT, /* indexer/index-kept.h: which prefix headers there are */
	/* Of each of them, at its number from here on: */
	MEMO_KEPT_STATE = 16, /* prefix_save() */
	MEMO_KEPT_PCH = 32, /* the precompiled header */
};

/* How many prefix headers of a configuration there is room for. */
#define MEMO_MAX_KEPT 16

/**
 * store_get_memo() - what was remembered
 * @out: gets it; nothing when there is none
 *
 * Return: 0 or -errno.
 */
int store_get_memo(struct store *store, uint32_t config, int kind,
		   struct strbuf *out) __must_check;

/**
 * store_put_memo() - remember
 * @len: 0 to forget
 */
int store_put_memo(struct store *store, uint32_t config, int kind,
		   const void *data, size_t len) __must_check;

/**
 * store_read_memo() - what was remembered, piece by piece
 * @fn: gets the next piece; returns 0 to go on, else that is returned
 *
 * For what is too large to be had twice in memory. All pieces but the last are
 * of a multiple of 64 bytes.
 *
 * Return: 0 or -errno.
 */
int store_read_memo(struct store *store, uint32_t config, int kind,
		    int (*fn)(void *data, const void *piece, size_t len),
		    void *data) __must_check;

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

/* A prefix header that some unit was parsed with. */
struct store_prefix {
	uint32_t id; /* 0: there is none */
	uint32_t deps; /* set of the files that it read */
	uint64_t hash; /* of its sets */
};

/**
 * store_find_prefix() - whether a prefix header is still there
 * @id: from store_put_prefix()
 */
int store_find_prefix(struct store *store, uint32_t id,
		      struct store_prefix *prefix) __must_check;

/* The content hashes of all bodies in a prefix header. */
int store_each_prefix_body(struct store *store, uint32_t id,
			   int (*fn)(void *data, uint64_t hash),
			   void *data) __must_check;

/**
 * store_mark_stale() - have the next run parse a unit, whatever its files say
 *
 * For what is noticed once and not again. Its facts stay until then.
 */
int store_mark_stale(struct store *store, uint32_t unit) __must_check;

#endif
