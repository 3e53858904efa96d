// SPDX-License-Identifier: GPL-2.0-only
/*
 * Numbers for versions of files: what a unit has read is a set of them. They
 * are never deleted, so their ids are dense.
 */
#include <string.h>

#include <sqlite3.h>

#include "callgraph/store-internal.h"

void store_versions_release(struct store_versions *v)
{
	if (!v->loaded)
		return;
	u64map_release(&v->numbers);
	interner_release(&v->paths);
	free(v->list);
	memset(v, 0, sizeof(*v));
}

static void remember_version(struct store_versions *v, const char *path,
			     uint64_t hash)
{
	struct store_version *version;
	uint32_t id = ++v->nr;

	ALLOC_GROW(v->list, (size_t)id + 1, v->alloc);
	version = &v->list[id];
	version->path = interner_addstr(&v->paths, path);
	version->hash = hash;
	u64map_put(&v->numbers, hash64_u64(hash, version->path), id);
}

static int load_version(void *data, sqlite3_stmt *stmt)
{
	struct store *store = data;
	struct store_versions *v = &store->cache.versions;
	const char *text = (const char *)sqlite3_column_text(stmt, 1);

	if (sqlite3_column_int64(stmt, 0) != v->nr + 1)
		return store_ids_missing(store);
	remember_version(v, text ? text : "", sqlite3_column_int64(stmt, 2));
	return 0;
}

int store_cache_versions(struct store *store)
{
	struct store_versions *v = &store->cache.versions;
	int ret;

	if (v->loaded)
		return 0;
	u64map_init(&v->numbers);
	interner_init(&v->paths);
	v->loaded = true;
	ret = store_each_row(store,
			     "SELECT id, path, hash FROM file"
			     " ORDER BY id",
			     load_version, store);
	if (ret)
		store_cache_drop(store);
	return ret;
}

int store_add_version(struct store *store, const char *path, uint64_t hash,
		      uint32_t *id)
{
	struct store_versions *v = &store->cache.versions;
	uint32_t nr = interner_find(&v->paths, path);
	int ret;

	*id = nr == UINT32_MAX ? 0
			       : u64map_get(&v->numbers, hash64_u64(hash, nr));
	if (*id)
		return 0;
	remember_version(v, path, hash);
	*id = v->nr;
	ret = store_bind_text(store, STMT_ADD_FILE, 2, path);
	return ret ? ret
		   : STORE_RUN(store, STMT_ADD_FILE, *id, STORE_TEXT, hash);
}
