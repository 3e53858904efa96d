// SPDX-License-Identifier: GPL-2.0-only
/*
 * Numbers for strings, symbols, versions of files and sets, kept in memory for
 * the length of a write: a fact then finds its ids without a query. One writer
 * at a time makes that safe. Symbols, names and versions are never deleted, so
 * their ids are dense.
 */
#include <errno.h>
#include <string.h>

#include <sqlite3.h>

#include "callgraph/idset.h"
#include "callgraph/store-internal.h"

void store_cache_drop(struct store *store)
{
	struct store_cache *c = &store->cache;

	if (c->has_numbers) {
		interner_release(&c->names);
		u64map_release(&c->symbols);
		u64map_release(&c->headers);
		u64map_release(&c->idsets);
	}
	if (c->has_versions) {
		u64map_release(&c->versions);
		interner_release(&c->paths);
		free(c->version);
	}
	memset(c, 0, sizeof(*c));
}

/* Call @row for every row of a query. */
static int for_rows(struct store *store, const char *sql,
		    int (*row)(struct store *store, sqlite3_stmt *stmt))
{
	sqlite3_stmt *stmt = store_prepare(store, sql);
	int rc = SQLITE_DONE, ret = 0;

	if (!stmt)
		return -EIO;
	while (!ret && (rc = sqlite3_step(stmt)) == SQLITE_ROW)
		ret = row(store, stmt);
	if (!ret && rc != SQLITE_DONE)
		ret = store_sql_error(store, rc);
	sqlite3_finalize(stmt);
	return ret;
}

static int damaged(struct store *store)
{
	return store_fail(
		store, EIO,
		"the database is damaged: ids are missing; " STORE_REBUILD);
}

/* ---- numbers ---- */

static int load_name(struct store *store, sqlite3_stmt *stmt)
{
	const char *text = (const char *)sqlite3_column_text(stmt, 1);
	uint32_t nr = interner_addstr(&store->cache.names, text ? text : "");

	return nr == sqlite3_column_int64(stmt, 0) ? 0 : damaged(store);
}

/*
 * Identity in one number, exactly; 0 when it does not fit. A kernel has less
 * than two million strings.
 */
static uint64_t symbol_key(uint32_t config, uint8_t kind, bool is_static,
			   uint32_t name, uint32_t file)
{
	if (config >> 9 || name >> 27 || file >> 26)
		return 0;
	return (uint64_t)config << 55 | (uint64_t)(kind & 1) << 54 |
	       (uint64_t)is_static << 53 | (uint64_t)name << 26 | file;
}

static int load_symbol(struct store *store, sqlite3_stmt *stmt)
{
	uint32_t id = sqlite3_column_int64(stmt, 0);
	uint64_t key;

	key = symbol_key(sqlite3_column_int64(stmt, 1),
			 sqlite3_column_int(stmt, 2),
			 sqlite3_column_int(stmt, 3),
			 sqlite3_column_int64(stmt, 4),
			 sqlite3_column_int64(stmt, 5));
	if (id != ++store->cache.nr_symbols)
		return damaged(store);
	u64map_put(&store->cache.symbols, key, id);
	return 0;
}

static int load_body(struct store *store, sqlite3_stmt *stmt)
{
	uint32_t id = sqlite3_column_int64(stmt, 0);

	if (!id)
		return damaged(store);
	store->cache.nr_bodies = id;
	if (sqlite3_column_type(stmt, 2) != SQLITE_NULL)
		u64map_put(&store->cache.headers,
			   hash64_u64(sqlite3_column_int64(stmt, 2),
				      sqlite3_column_int64(stmt, 1)),
			   id);
	return 0;
}

static int load_idset(struct store *store, sqlite3_stmt *stmt)
{
	uint32_t id = sqlite3_column_int64(stmt, 0);

	if (!id)
		return damaged(store);
	store->cache.nr_idsets = id;
	u64map_put(&store->cache.idsets, sqlite3_column_int64(stmt, 1), id);
	return 0;
}

int store_cache_numbers(struct store *store)
{
	struct store_cache *c = &store->cache;
	int ret;

	if (c->has_numbers)
		return 0;
	interner_init(&c->names);
	u64map_init(&c->symbols);
	u64map_init(&c->headers);
	u64map_init(&c->idsets);
	c->nr_symbols = c->nr_bodies = c->nr_idsets = 0;
	c->has_numbers = true;
	ret = for_rows(store, "SELECT id, text FROM name ORDER BY id",
		       load_name);
	if (!ret)
		ret = for_rows(store,
			       "SELECT id, config, kind, is_static,"
			       " name, file FROM symbol ORDER BY id",
			       load_symbol);
	if (!ret)
		ret = for_rows(store,
			       "SELECT id, config, hash FROM body"
			       " ORDER BY id",
			       load_body);
	if (!ret)
		ret = for_rows(store, "SELECT id, hash FROM idset ORDER BY id",
			       load_idset);
	if (ret)
		store_cache_drop(store);
	return ret;
}

int store_add_name(struct store *store, const char *s, uint32_t *id)
{
	uint32_t nr = store->cache.names.nr;
	sqlite3_stmt *stmt;

	*id = interner_addstr(&store->cache.names, s);
	if (*id != nr)
		return 0;
	stmt = store_stmt(store, STMT_ADD_NAME);
	if (!stmt)
		return -EIO;
	sqlite3_bind_int64(stmt, 1, nr);
	sqlite3_bind_text(stmt, 2, s, -1, SQLITE_STATIC);
	return store_step(store, stmt);
}

int store_add_symbol(struct store *store, uint32_t config,
		     const struct fact_symbol *sym, uint32_t name,
		     uint32_t file, uint32_t *id)
{
	struct store_cache *c = &store->cache;
	uint64_t key =
		symbol_key(config, sym->kind, sym->is_static, name, file);

	if (!key)
		return store_fail(store, EOVERFLOW,
				  "more strings or configurations than a "
				  "database can hold");
	*id = u64map_get(&c->symbols, key);
	if (*id)
		return 0;
	*id = ++c->nr_symbols;
	u64map_put(&c->symbols, key, *id);
	return STORE_RUN(store, STMT_ADD_SYMBOL, *id, config, sym->kind,
			 sym->is_static, name, file);
}

/* Sets that hash alike are taken for one. */
int store_add_idset(struct store *store, uint32_t *ids, uint32_t nr,
		    uint32_t *id)
{
	struct store_cache *c = &store->cache;
	struct strbuf bytes = STRBUF_INIT;
	sqlite3_stmt *stmt;
	uint64_t hash;
	int ret = 0;

	idset_encode(&bytes, ids, nr);
	hash = hash64(bytes.buf, bytes.len, 0);
	*id = u64map_get(&c->idsets, hash);
	if (*id)
		goto out_release;
	*id = ++c->nr_idsets;
	u64map_put(&c->idsets, hash, *id);
	stmt = store_stmt(store, STMT_ADD_IDSET);
	if (!stmt) {
		ret = -EIO;
		goto out_release;
	}
	sqlite3_bind_int64(stmt, 1, *id);
	sqlite3_bind_int64(stmt, 2, hash);
	sqlite3_bind_blob(stmt, 3, bytes.buf, bytes.len, SQLITE_STATIC);
	ret = store_step(store, stmt);
out_release:
	strbuf_release(&bytes);
	return ret;
}

/* ---- versions of files ---- */

static void remember_version(struct store_cache *c, const char *path,
			     uint64_t hash)
{
	struct store_version *v;
	uint32_t id = ++c->nr_versions;

	ALLOC_GROW(c->version, (size_t)id + 1, c->alloc_version);
	v = &c->version[id];
	v->path = interner_addstr(&c->paths, path);
	v->hash = hash;
	u64map_put(&c->versions, hash64_u64(hash, v->path), id);
}

static int load_version(struct store *store, sqlite3_stmt *stmt)
{
	const char *text = (const char *)sqlite3_column_text(stmt, 1);

	if (sqlite3_column_int64(stmt, 0) != store->cache.nr_versions + 1)
		return damaged(store);
	remember_version(&store->cache, text ? text : "",
			 sqlite3_column_int64(stmt, 2));
	return 0;
}

int store_cache_versions(struct store *store)
{
	struct store_cache *c = &store->cache;
	int ret;

	if (c->has_versions)
		return 0;
	u64map_init(&c->versions);
	interner_init(&c->paths);
	c->has_versions = true;
	ret = for_rows(store, "SELECT id, path, hash FROM file ORDER BY id",
		       load_version);
	if (ret)
		store_cache_drop(store);
	return ret;
}

int store_add_version(struct store *store, const char *path, uint64_t hash,
		      uint32_t *id)
{
	struct store_cache *c = &store->cache;
	uint32_t nr = interner_find(&c->paths, path);
	int ret;

	*id = nr == UINT32_MAX ? 0
			       : u64map_get(&c->versions, hash64_u64(hash, nr));
	if (*id)
		return 0;
	remember_version(c, path, hash);
	*id = c->nr_versions;
	ret = store_bind_text(store, STMT_ADD_FILE, 2, path);
	return ret ? ret
		   : STORE_RUN(store, STMT_ADD_FILE, *id, STORE_TEXT, hash);
}
