// SPDX-License-Identifier: GPL-2.0-only
/*
 * Units and prefix headers: replaced as a whole or not at all.
 *
 * Header bodies are shared, so none of them belongs to a unit. Each unit and
 * each prefix header keeps the set of those it saw instead, and store_finish()
 * drops what is in nobody's set any more: the old text of an edited header must
 * not go on calling.
 */
#include <errno.h>

#include <sqlite3.h>

#include "util/alloc.h"

#include "callgraph/idset.h"
#include "callgraph/store-facts.h"

int store_config(struct store *store, const char *name, const char *tree,
		 const char *kernel, uint32_t *id)
{
	enum store_stmt change = STMT_UPDATE_CONFIG;
	sqlite3_stmt *find = store_stmt(store, STMT_FIND_CONFIG), *stmt;
	int64_t found;
	int ret;

	if (!find)
		return -EIO;
	sqlite3_bind_text(find, 1, name, -1, SQLITE_STATIC);
	ret = store_find(store, STMT_FIND_CONFIG, NULL, 0, &found);
	if (ret)
		return ret;
	if (!found)
		change = STMT_ADD_CONFIG;
	stmt = store_stmt(store, change);
	if (!stmt)
		return -EIO;
	sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 2, tree, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 3, kernel, -1, SQLITE_STATIC);
	ret = store_step(store, stmt);
	*id = found ? found : sqlite3_last_insert_rowid(store->db);
	return ret;
}

/* ---- what units share ---- */

static int put_deps(struct fact_writer *w, uint32_t *set)
{
	const struct unit_facts *facts = w->facts;
	uint32_t *ids = xmalloc(((size_t)facts->nr_deps + 1) * sizeof(*ids));
	uint32_t i;
	int ret = 0;

	for (i = 0; !ret && i < facts->nr_deps; i++) {
		const struct fact_dep *dep = &facts->deps[i];

		if (dep->file >= facts->strings.nr)
			ret = store_fail(w->store, EINVAL,
					 "the facts name a file that they do "
					 "not have");
		else
			ret = store_add_version(w->store,
						interner_get(&facts->strings,
							     dep->file),
						dep->hash, &ids[i]);
	}
	if (!ret)
		ret = store_add_idset(w->store, ids, facts->nr_deps, set);
	free(ids);
	return ret;
}

static int put_header_body(struct fact_writer *w, const struct fact_body *body,
			   uint32_t *id)
{
	struct u64map *headers = &w->store->cache.headers;
	int ret = store_find_header(w->store, body->hash, id);

	if (ret || *id)
		return ret;
	if (body->file >= w->facts->strings.nr)
		return fact_writer_check(w, body);
	ret = fact_writer_put(w, STORE_NULL, body->hash,
			      interner_get(&w->facts->strings, body->file),
			      body, 1);
	*id = w->body;
	u64map_put(headers, body->hash, *id);
	return ret;
}

static int put_headers(struct fact_writer *w, uint32_t *set)
{
	const struct unit_facts *facts = w->facts;
	uint32_t *ids = xmalloc(((size_t)facts->nr_bodies + 1) * sizeof(*ids));
	uint32_t i, nr = 0;
	int ret = 0;

	for (i = 0; !ret && i < facts->nr_bodies; i++) {
		if (facts->bodies[i].is_header)
			ret = put_header_body(w, &facts->bodies[i], &ids[nr++]);
	}
	if (!ret)
		ret = store_add_idset(w->store, ids, nr, set);
	free(ids);
	return ret;
}

/* All that stands in the main file is one body. */
static int put_main_body(struct fact_writer *w, uint32_t unit, const char *file)
{
	const struct unit_facts *facts = w->facts;
	uint32_t i;

	for (i = 0; i < facts->nr_bodies; i++)
		if (!facts->bodies[i].is_header)
			break;
	return fact_writer_put(w, unit, STORE_NULL, file, facts->bodies + i,
			       facts->nr_bodies - i);
}

static int load_caches(struct store *store, const struct unit_facts *facts)
{
	int ret = store_cache_numbers(store);

	if (!ret)
		ret = store_cache_versions(store);
	if (!ret)
		store_few_expect(&store->cache, facts);
	return ret;
}

/* ---- units ---- */

struct unit_row {
	int64_t id; /* 0: a new one */
	uint32_t deps, headers, prefix;
};

static int put_unit_row(struct store *store, const struct store_unit *unit,
			struct unit_row *row)
{
	sqlite3_stmt *stmt = store_stmt(store, STMT_PUT_UNIT);
	int ret;

	if (!stmt)
		return -EIO;
	if (row->id)
		sqlite3_bind_int64(stmt, 1, row->id);
	else
		sqlite3_bind_null(stmt, 1);
	sqlite3_bind_int64(stmt, 2, unit->config);
	sqlite3_bind_text(stmt, 3, unit->file, -1, SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 4, unit->command_hash);
	sqlite3_bind_int64(stmt, 5, unit->deps_hash);
	sqlite3_bind_int64(stmt, 6, unit->status);
	sqlite3_bind_int64(stmt, 7, unit->mode);
	sqlite3_bind_int64(stmt, 8, unit->nr_errors);
	sqlite3_bind_text(stmt, 9, unit->detail ? unit->detail : "", -1,
			  SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 10, row->deps);
	sqlite3_bind_int64(stmt, 11, row->headers);
	if (row->prefix)
		sqlite3_bind_int64(stmt, 12, row->prefix);
	else
		sqlite3_bind_null(stmt, 12);
	ret = store_step(store, stmt);
	if (!row->id)
		row->id = sqlite3_last_insert_rowid(store->db);
	return ret;
}

static int delete_unit_body(struct store *store, int64_t unit)
{
	int64_t body;
	int ret;

	ret = store_find(store, STMT_FIND_BODY, &unit, 1, &body);
	if (!ret && body)
		ret = store_delete_body(store, body);
	return ret;
}

static int find_unit(struct store *store, const struct store_unit *unit,
		     struct unit_row *row)
{
	const int64_t values[] = { unit->config, STORE_TEXT,
				   unit->command_hash };
	int ret = store_bind_text(store, STMT_FIND_UNIT, 2, unit->file);

	if (!ret)
		ret = store_find(store, STMT_FIND_UNIT, values, 3, &row->id);
	return ret;
}

static int put_unit(struct store *store, const struct store_unit *unit,
		    struct fact_writer *w, uint32_t prefix)
{
	struct unit_row row = { .prefix = prefix };
	uint32_t module = 0;
	int ret;

	ret = find_unit(store, unit, &row);
	if (!ret && row.id)
		ret = delete_unit_body(store, row.id);
	if (!ret)
		ret = put_deps(w, &row.deps);
	if (!ret)
		ret = put_headers(w, &row.headers);
	if (!ret)
		ret = put_unit_row(store, unit, &row);
	if (!ret)
		ret = put_main_body(w, row.id, unit->file);
	if (!ret && unit->module && *unit->module)
		ret = store_add_name(store, unit->module, &module);
	if (!ret)
		ret = store_write_pages(store);
	return ret ? ret
		   : store_put_member(store, unit->config, unit->file,
				      unit->command_hash, row.id, module);
}

int store_put_unit(struct store *store, const struct store_unit *unit,
		   const struct unit_facts *facts, uint32_t prefix_deps)
{
	static const struct unit_facts none;
	struct fact_writer w;
	int ret;

	ret = store_savepoint(store);
	if (ret)
		return ret;
	fact_writer_init(&w, store, facts ? facts : &none);
	ret = load_caches(store, w.facts);
	if (!ret)
		ret = put_unit(store, unit, &w, prefix_deps);
	fact_writer_release(&w);
	return store_savepoint_end(store, ret);
}

int store_delete_unit(struct store *store, uint32_t unit)
{
	int ret;

	ret = store_savepoint(store);
	if (ret)
		return ret;
	ret = delete_unit_body(store, unit);
	if (!ret)
		ret = STORE_RUN(store, STMT_DELETE_MEMBERS, unit);
	if (!ret)
		ret = STORE_RUN(store, STMT_DELETE_UNIT, unit);
	return store_savepoint_end(store, ret);
}

/* ---- prefix headers ---- */

static int put_prefix(struct fact_writer *w, uint32_t parent, uint32_t *id)
{
	uint32_t deps, headers;
	int64_t found;
	int ret;

	ret = put_deps(w, &deps);
	if (!ret)
		ret = put_headers(w, &headers);
	if (!ret && parent)
		ret = store_join_prefix(w->store, parent, &deps, &headers);
	if (!ret)
		ret = store_find(w->store, STMT_FIND_PREFIX,
				 (const int64_t[]){ deps, headers }, 2, &found);
	if (!ret)
		ret = store_write_pages(w->store);
	if (ret)
		return ret;
	*id = found;
	if (found)
		return 0;
	ret = STORE_RUN(w->store, STMT_ADD_PREFIX, deps, headers);
	*id = sqlite3_last_insert_rowid(w->store->db);
	return ret;
}

int store_put_prefix(struct store *store, uint32_t parent,
		     const struct unit_facts *facts, uint32_t *deps)
{
	struct fact_writer w;
	int ret;

	ret = store_savepoint(store);
	if (ret)
		return ret;
	fact_writer_init(&w, store, facts);
	ret = load_caches(store, w.facts);
	if (!ret)
		ret = put_prefix(&w, parent, deps);
	fact_writer_release(&w);
	return store_savepoint_end(store, ret);
}
