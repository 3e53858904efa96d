// SPDX-License-Identifier: GPL-2.0-only
/*
 * A prefix header that stands on another one: all that was read for either, and
 * all declarations of both, is what its units saw. So its sets are unions, and
 * nobody who reads them has to know.
 */
#include <errno.h>
#include <string.h>

#include <sqlite3.h>

#include "util/alloc.h"

#include "callgraph/idset.h"
#include "callgraph/store-internal.h"
#include "callgraph/store-memo.h"
#include "util/hash.h"

struct ids {
	uint32_t *v;
	uint32_t nr;
	size_t alloc;
};

static void add_blob(struct ids *ids, const void *data, size_t len)
{
	struct idset_iter it;
	uint32_t id;

	idset_begin(&it, data, len);
	while (idset_next(&it, &id)) {
		ALLOC_GROW(ids->v, ids->nr + 1, ids->alloc);
		ids->v[ids->nr++] = id;
	}
}

static int read_ids(void *data, sqlite3_stmt *stmt)
{
	add_blob(data, sqlite3_column_blob(stmt, 0),
		 sqlite3_column_bytes(stmt, 0));
	return 0;
}

static int read_set(struct store *store, uint32_t set, struct ids *ids)
{
	sqlite3_stmt *stmt =
		store_prepare(store, "SELECT ids FROM idset WHERE id = ?1");
	int rc, ret = 0;

	if (!stmt)
		return -EIO;
	sqlite3_bind_int64(stmt, 1, set);
	rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW)
		add_blob(ids, sqlite3_column_blob(stmt, 0),
			 sqlite3_column_bytes(stmt, 0));
	else if (rc != SQLITE_DONE)
		ret = store_sql_error(store, rc);
	sqlite3_finalize(stmt);
	return ret;
}

static int join_set(struct store *store, uint32_t other, uint32_t *set)
{
	struct ids ids = { 0 };
	int ret;

	ret = read_set(store, *set, &ids);
	if (!ret)
		ret = read_set(store, other, &ids);
	if (!ret)
		ret = store_add_idset(store, ids.v, ids.nr, set);
	free(ids.v);
	return ret;
}

int store_join_prefix(struct store *store, uint32_t prefix, uint32_t *deps,
		      uint32_t *headers)
{
	sqlite3_stmt *stmt = store_prepare(
		store, "SELECT deps, headers FROM prefix WHERE id = ?1");
	uint32_t other[2] = { 0 };
	int rc, ret;

	if (!stmt)
		return -EIO;
	sqlite3_bind_int64(stmt, 1, prefix);
	rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW) {
		other[0] = sqlite3_column_int64(stmt, 0);
		other[1] = sqlite3_column_int64(stmt, 1);
	}
	sqlite3_finalize(stmt);
	if (rc != SQLITE_ROW)
		return store_fail(store, EINVAL,
				  "a prefix header stands on one that was "
				  "never stored");
	ret = join_set(store, other[0], deps);
	return ret ? ret : join_set(store, other[1], headers);
}

/* ---- what is there ---- */

static int read_prefix(void *data, sqlite3_stmt *stmt)
{
	struct store_prefix *prefix = data;

	prefix->id = sqlite3_column_int64(stmt, 0);
	prefix->deps = sqlite3_column_int64(stmt, 1);
	prefix->hash = hash64_u64(sqlite3_column_int64(stmt, 2),
				  sqlite3_column_int64(stmt, 3));
	return 0;
}

int store_find_prefix(struct store *store, uint32_t id,
		      struct store_prefix *prefix)
{
	char *sql = xasprintf("SELECT prefix.id, deps, files.hash, bodies.hash"
			      " FROM prefix"
			      " LEFT JOIN idset AS files ON files.id = deps"
			      " LEFT JOIN idset AS bodies"
			      " ON bodies.id = headers WHERE prefix.id = %u",
			      id);
	int ret;

	memset(prefix, 0, sizeof(*prefix));
	ret = store_each_row(store, sql, read_prefix, prefix);
	free(sql);
	return ret;
}

struct hash_walk {
	int (*fn)(void *data, uint64_t hash);
	void *data;
};

static int on_hash(void *data, sqlite3_stmt *stmt)
{
	const struct hash_walk *w = data;

	return w->fn(w->data, sqlite3_column_int64(stmt, 0));
}

int store_each_prefix_body(struct store *store, uint32_t id,
			   int (*fn)(void *data, uint64_t hash), void *data)
{
	struct hash_walk w = { fn, data };
	struct ids ids = { 0 };
	char *sql = xasprintf("SELECT ids FROM idset JOIN prefix"
			      " ON idset.id = headers WHERE prefix.id = %u",
			      id);
	int ret = store_each_row(store, sql, read_ids, &ids);
	uint32_t i;

	free(sql);
	for (i = 0; !ret && i < ids.nr; i++) {
		sql = xasprintf("SELECT hash FROM body WHERE id = %u",
				ids.v[i]);
		ret = store_each_row(store, sql, on_hash, &w);
		free(sql);
	}
	free(ids.v);
	return ret;
}
