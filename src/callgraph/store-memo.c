// SPDX-License-Identifier: GPL-2.0-only
/* What is asked before anything is parsed, see store-memo.h. */
#include <errno.h>

#include <sqlite3.h>

#include "callgraph/store-internal.h"
#include "callgraph/store-memo.h"
#include "util/alloc.h"

/* A precompiled header passes through it, and the cache keeps it. */
enum { MEMO_PIECE = 256 << 10 };

static const char *text_of(sqlite3_stmt *stmt, int column)
{
	const char *text = (const char *)sqlite3_column_text(stmt, column);

	return text ? text : "";
}

/* Call @row for every row; @a and @b are bound when not 0. */
static int for_rows(struct store *store, const char *sql, uint32_t a,
		    uint32_t b, int (*row)(void *ctx, sqlite3_stmt *stmt),
		    void *ctx)
{
	sqlite3_stmt *stmt = store_prepare(store, sql);
	int rc = SQLITE_DONE, ret = 0;

	if (!stmt)
		return -EIO;
	if (sqlite3_bind_parameter_count(stmt) > 0)
		sqlite3_bind_int64(stmt, 1, a);
	if (sqlite3_bind_parameter_count(stmt) > 1)
		sqlite3_bind_int64(stmt, 2, b);
	while (!ret && (rc = sqlite3_step(stmt)) == SQLITE_ROW)
		ret = row(ctx, stmt);
	if (!ret && rc != SQLITE_DONE)
		ret = store_sql_error(store, rc);
	sqlite3_finalize(stmt);
	return ret;
}

/* ---- memos ---- */

static int add_blob(void *ctx, sqlite3_stmt *stmt)
{
	const void *data = sqlite3_column_blob(stmt, 0);

	strbuf_add(ctx, data, sqlite3_column_bytes(stmt, 0));
	return 0;
}

int store_get_memo(struct store *store, uint32_t config, int kind,
		   struct strbuf *out)
{
	return for_rows(store,
			"SELECT data FROM memo WHERE config = ?1 AND kind = ?2",
			config, kind, add_blob, out);
}

static int read_rowid(void *ctx, sqlite3_stmt *stmt)
{
	*(int64_t *)ctx = sqlite3_column_int64(stmt, 0);
	return 0;
}

static int read_pieces(struct store *store, sqlite3_blob *blob,
		       int (*fn)(void *data, const void *piece, size_t len),
		       void *data)
{
	int len = sqlite3_blob_bytes(blob), at, ret = 0;
	char *piece = xmalloc(MEMO_PIECE);

	for (at = 0; !ret && at < len; at += MEMO_PIECE) {
		int nr = len - at < MEMO_PIECE ? len - at : MEMO_PIECE;
		int rc = sqlite3_blob_read(blob, piece, nr, at);

		ret = rc == SQLITE_OK ? fn(data, piece, nr)
				      : store_sql_error(store, rc);
	}
	free(piece);
	return ret;
}

int store_read_memo(struct store *store, uint32_t config, int kind,
		    int (*fn)(void *data, const void *piece, size_t len),
		    void *data)
{
	sqlite3_blob *blob = NULL;
	int64_t row = 0;
	int rc, ret;

	ret = for_rows(store,
		       "SELECT rowid FROM memo WHERE config = ?1 AND kind = ?2",
		       config, kind, read_rowid, &row);
	if (ret || !row)
		return ret;
	rc = sqlite3_blob_open(store->db, "main", "memo", "data", row, 0,
			       &blob);
	ret = rc == SQLITE_OK ? read_pieces(store, blob, fn, data)
			      : store_sql_error(store, rc);
	sqlite3_blob_close(blob);
	return ret;
}

static int drop(void *ctx, sqlite3_stmt *stmt)
{
	(void)ctx;
	(void)stmt;
	return 0;
}

int store_put_memo(struct store *store, uint32_t config, int kind,
		   const void *data, size_t len)
{
	sqlite3_stmt *stmt;

	if (!len)
		return for_rows(
			store,
			"DELETE FROM memo WHERE config = ?1 AND kind = ?2",
			config, kind, drop, NULL);
	stmt = store_stmt(store, STMT_PUT_MEMO);
	if (!stmt)
		return -EIO;
	sqlite3_bind_int64(stmt, 1, config);
	sqlite3_bind_int64(stmt, 2, kind);
	sqlite3_bind_blob64(stmt, 3, data, len, SQLITE_STATIC);
	return store_step(store, stmt);
}

/* ---- units, sets, versions ---- */

struct seen_walk {
	int (*fn)(void *data, const struct store_seen *seen);
	void *data;
};

static int on_seen(void *ctx, sqlite3_stmt *stmt)
{
	const struct seen_walk *w = ctx;
	const struct store_seen seen = {
		.unit = sqlite3_column_int64(stmt, 0),
		.file = text_of(stmt, 1),
		.command_hash = sqlite3_column_int64(stmt, 2),
		.stale = !sqlite3_column_int64(stmt, 3),
		.status = sqlite3_column_int(stmt, 4),
		.detail = text_of(stmt, 5),
		.deps = sqlite3_column_int64(stmt, 6),
		.prefix_deps = sqlite3_column_int64(stmt, 7),
		.borrowed = sqlite3_column_int(stmt, 8),
		.parsed_again = sqlite3_column_int(stmt, 9),
	};

	return w->fn(w->data, &seen);
}

int store_each_seen(struct store *store, uint32_t config,
		    int (*fn)(void *data, const struct store_seen *seen),
		    void *data)
{
	struct seen_walk w = { fn, data };

	return for_rows(store,
			"SELECT unit.id, member.file, member.command_hash,"
			" unit.deps_hash, status, detail, unit.deps,"
			" prefix.deps,"
			" unit.config <> member.config,"
			" unit.config <> member.config AND"
			" unit.deps_hash <> member.deps_hash FROM member"
			" JOIN unit ON unit.id = member.unit"
			" LEFT JOIN prefix ON prefix.id = unit.prefix"
			" WHERE member.config = ?1",
			config, 0, on_seen, &w);
}

struct set_walk {
	int (*fn)(void *data, uint32_t set, struct idset_iter *versions);
	void *data;
};

static int on_set(void *ctx, sqlite3_stmt *stmt)
{
	const struct set_walk *w = ctx;
	struct idset_iter it;

	idset_begin(&it, sqlite3_column_blob(stmt, 1),
		    sqlite3_column_bytes(stmt, 1));
	return w->fn(w->data, sqlite3_column_int64(stmt, 0), &it);
}

int store_each_dep_set(struct store *store,
		       int (*fn)(void *data, uint32_t set,
				 struct idset_iter *versions),
		       void *data)
{
	struct set_walk w = { fn, data };

	return for_rows(
		store,
		"SELECT id, ids FROM idset WHERE id IN"
		" (SELECT deps FROM unit UNION SELECT deps FROM prefix)",
		0, 0, on_set, &w);
}

struct version_walk {
	int (*fn)(void *data, uint32_t version, const char *file,
		  uint64_t hash);
	void *data;
};

static int on_version(void *ctx, sqlite3_stmt *stmt)
{
	const struct version_walk *w = ctx;

	return w->fn(w->data, sqlite3_column_int64(stmt, 0), text_of(stmt, 1),
		     sqlite3_column_int64(stmt, 2));
}

int store_each_version(struct store *store,
		       int (*fn)(void *data, uint32_t version, const char *file,
				 uint64_t hash),
		       void *data)
{
	struct version_walk w = { fn, data };

	return for_rows(store, "SELECT id, path, hash FROM file", 0, 0,
			on_version, &w);
}

int store_mark_stale(struct store *store, uint32_t unit)
{
	return STORE_RUN(store, STMT_MARK_STALE, unit);
}
