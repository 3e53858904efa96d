// SPDX-License-Identifier: GPL-2.0-only
/*
 * What nobody refers to any more, dropped in one go at the end of a run instead
 * of counted at every step.
 */
#include <errno.h>

#include <sqlite3.h>

#include "util/alloc.h"

#include "callgraph/idset.h"
#include "callgraph/store-facts.h"

/* Mark the members of all sets that a query gives. */
static int mark_members(struct store *store, const char *sql, uint8_t *mark,
			uint32_t nr)
{
	sqlite3_stmt *stmt = store_prepare(store, sql);
	int rc, ret = 0;

	if (!stmt)
		return -EIO;
	while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
		const void *data = sqlite3_column_blob(stmt, 0);
		struct idset_iter it;
		uint32_t id;

		idset_begin(&it, data, sqlite3_column_bytes(stmt, 0));
		while (idset_next(&it, &id)) {
			if (id <= nr)
				mark[id] = 1;
		}
	}
	if (rc != SQLITE_DONE)
		ret = store_sql_error(store, rc);
	sqlite3_finalize(stmt);
	return ret;
}

/* Header bodies without a mark, listed first: deleting would upset a query. */
static int list_unmarked(struct store *store, const uint8_t *mark,
			 uint32_t *list, uint32_t *nr)
{
	sqlite3_stmt *stmt;
	int rc, ret = 0;

	stmt = store_prepare(store,
			     "SELECT id FROM body WHERE hash IS NOT NULL");
	if (!stmt)
		return -EIO;
	*nr = 0;
	while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
		uint32_t id = sqlite3_column_int64(stmt, 0);

		if (!mark[id])
			list[(*nr)++] = id;
	}
	if (rc != SQLITE_DONE)
		ret = store_sql_error(store, rc);
	sqlite3_finalize(stmt);
	return ret;
}

static int count_bodies(struct store *store, uint32_t *last)
{
	sqlite3_stmt *stmt = store_prepare(store, "SELECT max(id) FROM body");
	int rc, ret = 0;

	*last = 0;
	if (!stmt)
		return -EIO;
	rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW)
		*last = sqlite3_column_int64(stmt, 0);
	else
		ret = store_sql_error(store, rc);
	sqlite3_finalize(stmt);
	return ret;
}

static int drop_bodies(struct store *store)
{
	uint32_t last, i, nr = 0;
	uint32_t *list;
	uint8_t *mark;
	int ret;

	ret = count_bodies(store, &last);
	if (ret)
		return ret;
	mark = xcalloc((size_t)last + 1, 1);
	list = xmalloc(((size_t)last + 1) * sizeof(*list));
	ret = mark_members(store,
			   "SELECT ids FROM idset WHERE id IN"
			   " (SELECT headers FROM unit UNION"
			   " SELECT headers FROM prefix)",
			   mark, last);
	if (!ret)
		ret = list_unmarked(store, mark, list, &nr);
	for (i = 0; !ret && i < nr; i++)
		ret = store_delete_body(store, list[i]);
	free(mark);
	free(list);
	return ret;
}

static int drop_unused(struct store *store)
{
	int ret;

	ret = store_exec(store, "DELETE FROM prefix WHERE id NOT IN (SELECT"
				" prefix FROM unit WHERE prefix IS NOT NULL)");
	if (!ret)
		ret = drop_bodies(store);
	if (ret)
		return ret;
	return store_exec(store, "DELETE FROM idset WHERE id NOT IN"
				 " (SELECT deps FROM unit UNION"
				 " SELECT headers FROM unit UNION"
				 " SELECT deps FROM prefix UNION"
				 " SELECT headers FROM prefix)");
}

int store_finish(struct store *store)
{
	int ret;

	ret = store_savepoint(store);
	if (ret)
		return ret;
	ret = drop_unused(store);
	/* bodies and sets in it may be gone */
	store_cache_drop(store);
	return store_savepoint_end(store, ret);
}
