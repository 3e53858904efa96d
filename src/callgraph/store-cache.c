// SPDX-License-Identifier: GPL-2.0-only
/*
 * Numbers for strings, symbols and sets, kept in memory for the length of a
 * write: a fact then finds its ids without a query. One writer at a time makes
 * that safe. Symbols and names are never deleted, so their ids are dense, and
 * new ones wait here until the unit they came with is complete.
 */
#include <errno.h>
#include <string.h>

#include <sqlite3.h>

#include "callgraph/idset.h"
#include "callgraph/pack.h"
#include "callgraph/store-internal.h"

void store_cache_drop(struct store *store)
{
	struct store_cache *c = &store->cache;

	store_prepare_cancel(store);
	if (c->has_numbers) {
		store_few_release(c);
		interner_release(&c->names);
		u64map_release(&c->symbols);
		u64map_release(&c->headers);
		u64map_release(&c->idsets);
		u64map_release(&c->sources);
		strbuf_release(&c->new_symbols);
	}
	store_versions_release(&c->versions);
	memset(c, 0, sizeof(*c));
}

int store_each_row(struct store *store, const char *sql,
		   int (*row)(void *data, struct sqlite3_stmt *stmt),
		   void *data)
{
	sqlite3_stmt *stmt = store_prepare(store, sql);
	int rc = SQLITE_DONE, ret = 0;

	if (!stmt)
		return -EIO;
	while (!ret && (rc = sqlite3_step(stmt)) == SQLITE_ROW)
		ret = row(data, stmt);
	if (!ret && rc != SQLITE_DONE)
		ret = store_sql_error(store, rc);
	sqlite3_finalize(stmt);
	return ret;
}

int store_ids_missing(struct store *store)
{
	return store_fail(
		store, EIO,
		"the database is damaged: ids are missing; " STORE_REBUILD);
}

/* ---- numbers ---- */

int store_names_page(struct store *store, struct sqlite3_stmt *stmt,
		     struct interner *names)
{
	const char *texts = sqlite3_column_blob(stmt, 1);
	int len = sqlite3_column_bytes(stmt, 1);

	if (sqlite3_column_int64(stmt, 0) != names->nr || len < 1 ||
	    texts[len - 1])
		return store_ids_missing(store);
	interner_load_text(names, texts, len);
	return 0;
}

/*
 * How much there will be, about: a table that grows is filled again each time.
 * Counting would be a walk over all that is then read.
 */
static int load_room(void *data, sqlite3_stmt *stmt)
{
	struct store *store = data;
	struct store_cache *c = &store->cache;

	uint32_t nr_names = sqlite3_column_int64(stmt, 0) + 65536;

	u64map_reserve(&c->idsets, sqlite3_column_int64(stmt, 3));
	if (c->few) {
		interner_reserve_text(&c->names, nr_names,
				      (size_t)nr_names * 32);
		return 0;
	}
	interner_reserve(&c->names, nr_names, (size_t)nr_names * 32);
	u64map_reserve(&c->symbols, sqlite3_column_int64(stmt, 1));
	u64map_reserve(&c->headers, sqlite3_column_int64(stmt, 2));
	return 0;
}

static int load_names(void *data, sqlite3_stmt *stmt)
{
	struct store *store = data;
	struct interner *names = &store->cache.names;
	uint32_t from = names->nr;
	int ret = store_names_page(store, stmt, names);

	if (!store->cache.few)
		interner_index(names, from);
	return ret;
}

/*
 * Identity in one number, exactly; 0 when it does not fit. A kernel has about
 * two million strings.
 */
static uint64_t symbol_key(uint32_t flags, uint32_t name, uint32_t file)
{
	if (flags >> 2 || name >> 31 || file >> 31)
		return 0;
	return (uint64_t)name << 33 | (uint64_t)file << 2 | flags;
}

static void load_symbol(struct store_cache *c, uint64_t key)
{
	c->nr_symbols++;
	if (c->few)
		store_few_symbol(c, key);
	else
		u64map_put(&c->symbols, key, c->nr_symbols);
}

static int load_symbols(void *data, sqlite3_stmt *stmt)
{
	struct store *store = data;
	struct store_cache *c = &store->cache;
	struct strbuf page = STRBUF_INIT;
	uint32_t name = 0, file = 0;
	struct unpack u;

	if (sqlite3_column_int64(stmt, 0) != c->nr_symbols + 1)
		return store_ids_missing(store);
	strbuf_grow(&page, sqlite3_column_bytes(stmt, 1) + UNPACK_MARGIN);
	strbuf_add(&page, sqlite3_column_blob(stmt, 1),
		   sqlite3_column_bytes(stmt, 1));
	memset(page.buf + page.len, 0, UNPACK_MARGIN);
	u.p = (const unsigned char *)page.buf;
	u.end = u.p + page.len;
	while (u.p < u.end) {
		uint32_t flags = unpack_number(&u);

		name = unpack_diff(&u, name);
		if (flags & 2)
			file = unpack_diff(&u, file);
		load_symbol(c, symbol_key(flags, name, flags & 2 ? file : 0));
	}
	strbuf_release(&page);
	return 0;
}

static int load_header(void *data, sqlite3_stmt *stmt)
{
	struct store *store = data;

	u64map_put(&store->cache.headers, sqlite3_column_int64(stmt, 1),
		   sqlite3_column_int64(stmt, 0));
	return 0;
}

static int load_last_body(void *data, sqlite3_stmt *stmt)
{
	struct store *store = data;

	store->cache.nr_bodies = sqlite3_column_int64(stmt, 0);
	return 0;
}

static int load_idset(void *data, sqlite3_stmt *stmt)
{
	struct store *store = data;
	uint32_t id = sqlite3_column_int64(stmt, 0);

	if (!id)
		return store_ids_missing(store);
	store->cache.nr_idsets = id;
	u64map_put(&store->cache.idsets, sqlite3_column_int64(stmt, 1), id);
	return 0;
}

static int load_source(void *data, sqlite3_stmt *stmt)
{
	struct store *store = data;

	u64map_put(&store->cache.sources,
		   (uint64_t)sqlite3_column_int64(stmt, 0) + 1, 1);
	return 0;
}

static int load_numbers(struct store *store)
{
	const struct {
		const char *sql;
		int (*load)(void *data, sqlite3_stmt *stmt);
	} tables[] = {
		{ "SELECT (SELECT max(first) FROM names),"
		  " (SELECT max(first) FROM symbols),"
		  " (SELECT max(id) FROM body),"
		  " (SELECT max(id) FROM idset)",
		  load_room },
		{ "SELECT first, texts FROM names ORDER BY first", load_names },
		{ "SELECT first, packed FROM symbols ORDER BY first",
		  load_symbols },
		{ store->cache.few
			  ? NULL
			  : "SELECT id, hash FROM body WHERE hash IS NOT NULL",
		  load_header },
		{ "SELECT max(id) FROM body", load_last_body },
		{ "SELECT id, hash FROM idset ORDER BY id", load_idset },
		{ "SELECT id FROM source", load_source },
	};
	struct store_cache *c = &store->cache;
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < ARRAY_SIZE(tables); i++)
		if (tables[i].sql)
			ret = store_each_row(store, tables[i].sql,
					     tables[i].load, store);
	c->first_name = c->names.nr;
	c->first_symbol = c->nr_symbols + 1;
	if (!ret && c->few)
		store_few_begin(c);
	return ret;
}

int store_cache_numbers(struct store *store)
{
	struct store_cache *c = &store->cache;
	int ret;

	if (c->has_numbers || store_ahead_take(store))
		return 0;
	interner_init(&c->names);
	u64map_init(&c->symbols);
	u64map_init(&c->headers);
	u64map_init(&c->idsets);
	u64map_init(&c->sources);
	strbuf_init(&c->new_symbols);
	c->nr_symbols = c->nr_bodies = c->nr_idsets = 0;
	c->last_name = c->last_file = 0;
	c->has_numbers = true;
	ret = load_numbers(store);
	if (ret)
		store_cache_drop(store);
	return ret;
}

/* Numbers for a few are no good for many. */
static void drop_few(struct store *store)
{
	const struct store_cache *c = &store->cache;

	store_prepare_cancel(store);
	/* what is not stored yet is nowhere else */
	if (c->has_numbers && c->few && c->first_name == c->names.nr &&
	    !c->new_symbols.len)
		store_cache_drop(store);
}

int store_prepare_units(struct store *store, bool few)
{
	int ret;

	if (!few)
		drop_few(store);
	if (!store->cache.has_numbers)
		store->cache.few = few;
	ret = store_cache_numbers(store);
	return ret ? ret : store_cache_versions(store);
}

int store_add_name(struct store *store, const char *s, uint32_t *id)
{
	*id = interner_addstr(&store->cache.names, s);
	return 0;
}

static int add_function(struct store *store, uint32_t id, uint32_t name,
			uint32_t file)
{
	const struct interner *names = &store->cache.names;
	int ret = store_bind_text(store, STMT_ADD_FUNCTION, 2,
				  interner_get(names, name));

	if (!ret)
		ret = store_bind_text(store, STMT_ADD_FUNCTION, 3,
				      interner_get(names, file));
	return ret ? ret : STORE_RUN(store, STMT_ADD_FUNCTION, id);
}

int store_add_symbol(struct store *store, const struct fact_symbol *sym,
		     uint32_t name, uint32_t file, uint32_t *id)
{
	struct store_cache *c = &store->cache;
	uint32_t flags = sym->kind | (sym->is_static ? 2 : 0);
	uint64_t key = symbol_key(flags, name, file);

	if (!key && (flags || name || file))
		return store_fail(store, EOVERFLOW,
				  "more strings than a database can hold");
	store_few_ask(c, name);
	*id = u64map_get(&c->symbols, key);
	if (*id)
		return 0;
	*id = ++c->nr_symbols;
	u64map_put(&c->symbols, key, *id);
	pack_number(&c->new_symbols, flags);
	pack_diff(&c->new_symbols, name, c->last_name);
	c->last_name = name;
	if (sym->is_static) {
		pack_diff(&c->new_symbols, file, c->last_file);
		c->last_file = file;
	}
	return sym->kind == SYMBOL_FUNC ? add_function(store, *id, name, file)
					: 0;
}

int store_add_source(struct store *store, uint32_t name)
{
	struct store_cache *c = &store->cache;
	int ret;

	if (!u64map_add(&c->sources, (uint64_t)name + 1, 1))
		return 0;
	ret = store_bind_text(store, STMT_ADD_SOURCE, 2,
			      interner_get(&c->names, name));
	return ret ? ret : STORE_RUN(store, STMT_ADD_SOURCE, name);
}

static int write_page(struct store *store, enum store_stmt id, uint32_t first,
		      const char *data, size_t len)
{
	sqlite3_stmt *stmt = store_stmt(store, id);
	int rc;

	if (!stmt)
		return -EIO;
	rc = sqlite3_bind_blob64(stmt, 2, data, len, SQLITE_STATIC);
	if (rc != SQLITE_OK)
		return store_sql_error(store, rc);
	return store_run(store, id, (const int64_t[]){ first }, 1);
}

int store_write_pages(struct store *store)
{
	struct store_cache *c = &store->cache;
	int ret = 0;

	if (c->names.nr > c->first_name) {
		size_t from = c->names.offset[c->first_name];

		ret = write_page(store, STMT_ADD_NAMES, c->first_name,
				 c->names.text + from,
				 c->names.text_len - from);
		c->first_name = c->names.nr;
	}
	if (!ret && c->new_symbols.len) {
		ret = write_page(store, STMT_ADD_SYMBOLS, c->first_symbol,
				 c->new_symbols.buf, c->new_symbols.len);
		c->first_symbol = c->nr_symbols + 1;
		c->new_symbols.len = 0;
		c->last_name = c->last_file = 0;
	}
	return ret;
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
