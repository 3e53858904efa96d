/* SPDX-License-Identifier: GPL-2.0-only */
/* What the files of the store share. SQLite's header stays in store*.c. */
#ifndef PROBEWALK_CALLGRAPH_STORE_INTERNAL_H
#define PROBEWALK_CALLGRAPH_STORE_INTERNAL_H

#include "util/hash.h"

#include "callgraph/store.h"

struct sqlite3;
struct sqlite3_stmt;

#define STORE_APPLICATION_ID 0x70776c6b /* "pwlk" */
/* Bump when schema.sql changes. */
#define STORE_SCHEMA_VERSION 6
#define STORE_USER_VERSION   (STORE_SCHEMA_VERSION << 16 | FACTS_VERSION)

#define STORE_REBUILD "remove it and index again with `probewalk index`"

/* Rows of call: id = body << BODY_SHIFT | number within the body. */
#define BODY_SHIFT 24

/* Bound as NULL by store_run(). */
#define STORE_NULL INT64_MIN
/* Bound before by store_bind_text(). */
#define STORE_TEXT (INT64_MIN + 1)

enum store_stmt {
	STMT_FIND_CONFIG,
	STMT_ADD_CONFIG,
	STMT_UPDATE_CONFIG,
	STMT_ADD_NAMES,
	STMT_ADD_FILE,
	STMT_ADD_IDSET,
	STMT_ADD_PREFIX,
	STMT_FIND_PREFIX,
	STMT_FIND_UNIT,
	STMT_PUT_UNIT,
	STMT_DELETE_UNIT,
	STMT_FIND_MEMBER,
	STMT_PUT_MEMBER,
	STMT_DELETE_MEMBER,
	STMT_DELETE_MEMBERS,
	STMT_HAS_MEMBER,
	STMT_ADD_BODY,
	STMT_FIND_BODY,
	STMT_FIND_HEADER,
	STMT_DELETE_BODY,
	STMT_DELETE_PREFIX,
	STMT_DELETE_IDSET,
	STMT_ADD_SYMBOLS,
	STMT_ADD_FUNCTION,
	STMT_ADD_SOURCE,
	STMT_ADD_CALL,
	STMT_DELETE_CALLS,
	STMT_PUT_MEMO,
	STMT_MARK_STALE,
	STORE_NR_STMTS
};

/*
 * What was given a number, so that a fact finds it without a query. Loaded when
 * first needed, thrown away whenever rows were taken back.
 */
struct store_cache {
	bool has_numbers; /* all but the versions */
	struct interner names; /* numbers are ids */
	struct u64map symbols; /* packed identity -> id */
	struct u64map headers; /* hash -> body */
	struct u64map idsets; /* hash -> id */
	struct u64map sources; /* name + 1: has a row of source */
	uint32_t nr_symbols, nr_idsets, nr_bodies; /* highest ids */
	/* not stored yet: names and symbols from here on, symbols packed */
	uint32_t first_name, first_symbol;
	struct strbuf new_symbols;
	uint32_t last_name, last_file; /* of the last one packed */
	/*
	 * For a few units, see store-few.c: symbols hold only those whose names
	 * were asked for, headers only what was found by a query.
	 */
	bool few;
	uint64_t *symbol_keys; /* by id: of all that were loaded */
	uint64_t *asked; /* a bit for each name that was loaded */
	uint32_t nr_keys, nr_loaded;
	size_t alloc_keys;

	struct store_versions {
		bool loaded;
		struct u64map numbers; /* hash of (path, hash) -> id */
		struct interner paths;
		struct store_version {
			uint32_t path; /* in paths */
			uint64_t hash;
		} * list; /* by id */
		uint32_t nr; /* highest id */
		size_t alloc;
	} versions; /* of files */
};

struct store {
	struct sqlite3 *db;
	struct sqlite3_stmt *stmt[STORE_NR_STMTS];
	char *path;
	enum store_mode mode;
	int lock_fd;
	char *lock_path;
	bool made_again; /* see store_made_again() */
	bool in_transaction; /* between store_begin() and its end */
	int failed; /* -errno that made SQLite take a transaction back */
	struct strbuf error;
	struct store_cache cache;
	struct store_ahead *ahead; /* numbers that are being read, or NULL */
	struct store_scratch
		*scratch; /* store_open_scratch(): what it stands on */
};

/* ---- store.c ---- */

/* -errno for SQLite's last error, which store_error() then tells. */
int store_sql_error(struct store *store, int rc);
/* -@err, with a text of our own for store_error(). */
int store_fail(struct store *store, int err, const char *fmt, ...)
	__printf(3, 4);
int store_exec(struct store *store, const char *sql) __must_check;
struct sqlite3_stmt *store_prepare(struct store *store, const char *sql);
/* A statement of the table, ready to bind; NULL: see store_error(). */
struct sqlite3_stmt *store_stmt(struct store *store, enum store_stmt id);
/* Bind numbers, run, reset; for statements without rows. */
int store_run(struct store *store, enum store_stmt id, const int64_t *values,
	      int nr) __must_check;
#define STORE_RUN(store, id, ...)                                              \
	store_run(store, id, (const int64_t[]){ __VA_ARGS__ },                 \
		  ARRAY_SIZE(((const int64_t[]){ __VA_ARGS__ })))
/* Run what was bound by hand, reset. */
int store_step(struct store *store, struct sqlite3_stmt *stmt) __must_check;
/* First column of the only row; 0 when there is none. */
int store_find(struct store *store, enum store_stmt id, const int64_t *values,
	       int nr, int64_t *found) __must_check;
/* Bind a text that stays until the statement was run. */
int store_bind_text(struct store *store, enum store_stmt id, int at,
		    const char *text) __must_check;

/* All or nothing, inside a transaction or alone. */
int store_savepoint(struct store *store) __must_check;
int store_savepoint_end(struct store *store, int ret) __must_check;

/* A connection, without a look at what is there. */
int store_open_db(struct store *store, const char *name,
		  int flags) __must_check;

/* ---- store-scratch.c ---- */

/* After the connection is closed; NULL is fine. */
void store_scratch_release(struct store_scratch *scratch);

/* ---- store-open.c ---- */

int store_lock(struct store *store, struct strbuf *err) __must_check;
void store_unlock(struct store *store);
int store_check_path(const char *path, enum store_mode mode, bool *make,
		     struct strbuf *err) __must_check;
int store_create(const char *path, struct strbuf *err) __must_check;
/* Bytes in the log, which is beside the database. */
long long store_log_size(const struct store *store);
int store_check_header(struct store *store, struct strbuf *err) __must_check;

/* ---- store-cache.c ---- */

void store_cache_drop(struct store *store);
int store_cache_numbers(struct store *store) __must_check;
/* -EIO: there are fewer rows than the highest id says. */
int store_ids_missing(struct store *store);

/* ---- store-ahead.c ---- */

/* The numbers that are being read become those of the cache, which has none.
 * Return: whether there are any. */
bool store_ahead_take(struct store *store);

/* ---- store-version.c ---- */

int store_cache_versions(struct store *store) __must_check;
void store_versions_release(struct store_versions *versions);
/* Its number, a new one if need be; versions are loaded. */
int store_add_version(struct store *store, const char *path, uint64_t hash,
		      uint32_t *id) __must_check;

/* ---- store-few.c ---- */

/* Of the packed identity of a symbol: see symbol_key(). */
#define STORE_SYMBOL_NAME(key) ((uint32_t)((key) >> 33))

/* Symbol ->nr_symbols is loaded; all are. */
void store_few_symbol(struct store_cache *c, uint64_t key);
void store_few_begin(struct store_cache *c);
void store_few_release(struct store_cache *c);
/* Before symbols of a name are looked up. */
void store_few_ask(struct store_cache *c, uint32_t name);
/* The same for all that a unit names: fast, where one by one is slow. */
void store_few_expect(struct store_cache *c, const struct unit_facts *facts);
/* The stored body of a header, or 0. */
int store_find_header(struct store *store, uint64_t hash,
		      uint32_t *id) __must_check;
int store_add_name(struct store *store, const char *s,
		   uint32_t *id) __must_check;
int store_add_symbol(struct store *store, const struct fact_symbol *sym,
		     uint32_t name, uint32_t file, uint32_t *id) __must_check;
/* Names and symbols get into the database a page at a time. */
int store_write_pages(struct store *store) __must_check;
/* Row of source for a file that a call stands in. */
int store_add_source(struct store *store, uint32_t name) __must_check;
int store_add_idset(struct store *store, uint32_t *ids, uint32_t nr,
		    uint32_t *id) __must_check;

/* Call @row for every row of a query until it does not return 0. */
int store_each_row(struct store *store, const char *sql,
		   int (*row)(void *data, struct sqlite3_stmt *stmt),
		   void *data) __must_check;
/* A page of names; its bytes are as they should be. interner_index() is left
 * to the caller. */
int store_names_page(struct store *store, struct sqlite3_stmt *stmt,
		     struct interner *names) __must_check;

/* ---- store-member.c ---- */

/* @module: name of the modules that it is built into, or 0 */
int store_put_member(struct store *store, uint32_t config, const char *file,
		     uint64_t command_hash, uint32_t unit,
		     uint32_t module) __must_check;

/* ---- store-prefix.c ---- */

/**
 * store_join_prefix() - add what a stored prefix header has to two sets
 * @prefix: the stored one
 * @deps: set of files, replaced by the union
 * @headers: set of bodies, likewise
 */
int store_join_prefix(struct store *store, uint32_t prefix, uint32_t *deps,
		      uint32_t *headers) __must_check;

#endif
