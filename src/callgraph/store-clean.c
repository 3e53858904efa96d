// SPDX-License-Identifier: GPL-2.0-only
/*
 * What nobody refers to any more, dropped in one go at the end of a run instead
 * of counted at every step. Each table is gone over once, with a mark for each
 * id: in SQL it is four joins, which take longer than all else that a run does
 * after one unit.
 */
#include <errno.h>

#include <sqlite3.h>

#include "util/alloc.h"

#include "callgraph/idset.h"
#include "callgraph/store-facts.h"

/* Why a row is wanted, by id. */
enum mark {
	MARK_USED = 1 << 0,
	MARK_BODIES = 1 << 1, /* a set of bodies, of whatever else it is one */
};

struct marks {
	struct store *store;
	uint8_t *mark;
	uint32_t last; /* highest id */
};

struct clean {
	struct store *store;
	struct marks prefixes, sets, bodies;
	uint32_t *unused; /* rows of a table to be deleted */
	size_t nr_unused, alloc_unused;
};

static bool is_marked(const struct marks *m, int64_t id)
{
	return id >= 0 && id <= m->last && m->mark[id];
}

/* What names a row that is not there is found when that is looked for. */
static void mark(struct marks *m, int64_t id, uint8_t why)
{
	if (id >= 0 && id <= m->last)
		m->mark[id] |= why;
}

static int make_marks(void *data, sqlite3_stmt *stmt)
{
	struct marks *m = data;
	int64_t last = sqlite3_column_int64(stmt, 0);

	/* more than anyone has: do not even try to get the memory */
	if (last < 0 || last >> 28)
		return store_ids_missing(m->store);
	m->last = last;
	m->mark = xcalloc((size_t)m->last + 1, 1);
	return 0;
}

/* Listed first: deleting would upset a query. */
static int list_unused(struct clean *c, int64_t id)
{
	/* the highest is no more than that */
	if (id < 0)
		return store_ids_missing(c->store);
	ALLOC_GROW(c->unused, c->nr_unused + 1, c->alloc_unused);
	c->unused[c->nr_unused++] = id;
	return 0;
}

static int drop_listed(struct clean *c,
		       int (*drop)(struct store *store, uint32_t id))
{
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < c->nr_unused; i++)
		ret = drop(c->store, c->unused[i]);
	c->nr_unused = 0;
	return ret;
}

/* ---- units, then the prefix headers that they have ---- */

static int on_unit(void *data, sqlite3_stmt *stmt)
{
	struct clean *c = data;

	mark(&c->sets, sqlite3_column_int64(stmt, 0), MARK_USED);
	mark(&c->sets, sqlite3_column_int64(stmt, 1), MARK_BODIES);
	if (sqlite3_column_type(stmt, 2) != SQLITE_NULL)
		mark(&c->prefixes, sqlite3_column_int64(stmt, 2), MARK_USED);
	return 0;
}

static int on_prefix(void *data, sqlite3_stmt *stmt)
{
	struct clean *c = data;
	int64_t id = sqlite3_column_int64(stmt, 0);

	if (!is_marked(&c->prefixes, id))
		return list_unused(c, id);
	mark(&c->sets, sqlite3_column_int64(stmt, 1), MARK_USED);
	mark(&c->sets, sqlite3_column_int64(stmt, 2), MARK_BODIES);
	return 0;
}

static int delete_prefix(struct store *store, uint32_t id)
{
	return STORE_RUN(store, STMT_DELETE_PREFIX, id);
}

/* ---- sets, then the bodies in them ---- */

static int on_set(void *data, sqlite3_stmt *stmt)
{
	struct clean *c = data;
	int64_t id = sqlite3_column_int64(stmt, 0);
	struct idset_iter it;
	uint32_t body;

	if (!is_marked(&c->sets, id))
		return list_unused(c, id);
	if (!(c->sets.mark[id] & MARK_BODIES))
		return 0;
	idset_begin(&it, sqlite3_column_blob(stmt, 1),
		    sqlite3_column_bytes(stmt, 1));
	while (idset_next(&it, &body))
		mark(&c->bodies, body, MARK_USED);
	return 0;
}

static int delete_set(struct store *store, uint32_t id)
{
	return STORE_RUN(store, STMT_DELETE_IDSET, id);
}

static int on_body(void *data, sqlite3_stmt *stmt)
{
	struct clean *c = data;
	int64_t id = sqlite3_column_int64(stmt, 0);

	return is_marked(&c->bodies, id) ? 0 : list_unused(c, id);
}

static int drop_unused(struct clean *c)
{
	const struct {
		const char *sql;
		int (*row)(void *data, sqlite3_stmt *stmt);
		void *data;
		int (*drop)(struct store *store, uint32_t id);
	} steps[] = {
		{ "SELECT max(id) FROM prefix", make_marks, &c->prefixes,
		  NULL },
		{ "SELECT max(id) FROM idset", make_marks, &c->sets, NULL },
		{ "SELECT max(id) FROM body", make_marks, &c->bodies, NULL },
		{ "SELECT deps, headers, prefix FROM unit", on_unit, c, NULL },
		{ "SELECT id, deps, headers FROM prefix", on_prefix, c,
		  delete_prefix },
		{ "SELECT id, ids FROM idset", on_set, c, delete_set },
		{ "SELECT id FROM body WHERE hash IS NOT NULL", on_body, c,
		  store_delete_body },
	};
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < ARRAY_SIZE(steps); i++) {
		ret = store_each_row(c->store, steps[i].sql, steps[i].row,
				     steps[i].data);
		if (!ret && steps[i].drop)
			ret = drop_listed(c, steps[i].drop);
	}
	return ret;
}

int store_finish(struct store *store)
{
	struct clean c = {
		.store = store,
		.prefixes.store = store,
		.sets.store = store,
		.bodies.store = store,
	};
	int ret;

	ret = store_savepoint(store);
	if (ret)
		return ret;
	ret = drop_unused(&c);
	free(c.prefixes.mark);
	free(c.sets.mark);
	free(c.bodies.mark);
	free(c.unused);
	/* bodies and sets in it may be gone */
	store_cache_drop(store);
	return store_savepoint_end(store, ret);
}
