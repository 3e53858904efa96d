// SPDX-License-Identifier: GPL-2.0-only
/*
 * A configuration out of a database: which bodies it sees.
 *
 * One thread reads rows, all through one connection: a database in memory has
 * no other. A second one helps with what needs no rows.
 */
#include <errno.h>
#include <string.h>

#include <sqlite3.h>

#include "util/alloc.h"

#include "callgraph/graph-literals.h"
#include "callgraph/idset.h"
#include "callgraph/store-load.h"

enum { PIECE_SIZE = 8 << 20, MANY_BODIES = 1 << 22 };

static int damaged(struct loader *l, const char *what)
{
	return store_fail(l->store, EIO,
			  "the database is damaged: %s; " STORE_REBUILD, what);
}

/* ---- names and symbols ---- */

static int read_names(void *data, sqlite3_stmt *stmt)
{
	struct loader *l = data;

	int ret = store_names_page(l->store, stmt, &l->graph->strings);

	if (!ret && l->graph->strings.nr > GRAPH_MAX_STRINGS)
		return damaged(l, "it has more names than there can be");
	return ret;
}

/* Finding them by text is for later, and so is the table for it. */
static void index_names(void *data)
{
	struct loader *l = data;

	interner_index(&l->graph->strings, 1);
}

/* About: adding up their lengths would be to read them twice. */
static int read_room(void *data, sqlite3_stmt *stmt)
{
	struct loader *l = data;
	int64_t names = sqlite3_column_int64(stmt, 0);
	int64_t symbols = sqlite3_column_int64(stmt, 1);

	if (names < 0 || symbols < 0 || names > GRAPH_MAX_STRINGS ||
	    symbols > GRAPH_MAX_STRINGS)
		return damaged(l, "it has more names than there can be");
	/* the last page has some more */
	names += 4096;
	symbols += 4096;
	/* the table is index_names()' */
	interner_reserve_text(&l->graph->strings, names, names * 32);
	ALLOC_GROW(l->symbols, (size_t)symbols, l->alloc_symbols);
	return 0;
}

static int read_symbols(void *data, sqlite3_stmt *stmt)
{
	struct loader *l = data;
	uint32_t name = 0, file = 0, nr_names = l->graph->strings.nr;
	int len = sqlite3_column_bytes(stmt, 1);
	struct unpack u;

	if (sqlite3_column_int64(stmt, 0) != l->nr_symbols)
		return damaged(l, "symbols are missing");
	strbuf_reset(&l->page);
	strbuf_add(&l->page, sqlite3_column_blob(stmt, 1), len);
	strbuf_grow(&l->page, UNPACK_MARGIN);
	u.p = (const unsigned char *)l->page.buf;
	u.end = u.p + len;
	ALLOC_GROW(l->symbols, (size_t)l->nr_symbols + len, l->alloc_symbols);
	while (u.p < u.end) {
		struct stored_symbol *s = &l->symbols[l->nr_symbols++];

		*s = (struct stored_symbol){ .flags = unpack_number(&u) & 3 };
		s->name = name = unpack_diff(&u, name);
		if (s->flags & 2)
			s->file = file = unpack_diff(&u, file);
		if (name >= nr_names || file >= nr_names)
			return damaged(l, "a symbol has no name");
	}
	return 0;
}

/* ---- which bodies ---- */

static int read_unit(void *data, sqlite3_stmt *stmt)
{
	struct loader *l = data;
	int64_t prefix = sqlite3_column_int64(stmt, 3);
	uint32_t own = sqlite3_column_int64(stmt, 5) == l->config;
	uint32_t headers = sqlite3_column_int64(stmt, 2) << 1 | !own;

	ALLOC_GROW(l->commands, (size_t)l->nr_commands + 1, l->alloc_commands);
	l->commands[l->nr_commands++] = (struct stored_command){
		.hash = sqlite3_column_int64(stmt, 1),
		.module = sqlite3_column_int64(stmt, 4),
		.next = u64map_get(&l->units, sqlite3_column_int64(stmt, 0)),
	};
	u64map_put(&l->units, sqlite3_column_int64(stmt, 0), l->nr_commands);
	strbuf_add(&l->sets, &headers, sizeof(headers));
	headers = prefix << 1 | !own;
	l->borrows |= !own;
	strbuf_add(&l->sets, &headers, sizeof(headers));
	return 0;
}

static int read_last_body(void *data, sqlite3_stmt *stmt)
{
	struct loader *l = data;
	int64_t last = sqlite3_column_int64(stmt, 0);

	/* more than anyone has: do not even try to get the memory */
	if (last < 0 || last >> 28)
		return damaged(l, "a body has an id that none can have");
	l->nr_wanted = last + 1;
	l->wanted = xcalloc(l->nr_wanted, 1);
	/* hardly any is not wanted; but the id may be nonsense */
	if (l->nr_wanted < MANY_BODIES)
		ALLOC_GROW(l->bodies, (size_t)l->nr_wanted, l->alloc_bodies);
	return 0;
}

/* Whose units have seen a header's body. */
enum wanted { BY_OWN = 1 << 0, BY_BORROWED = 1 << 1 };

static int read_set(struct loader *l, sqlite3_stmt *stmt, uint8_t by)
{
	struct idset_iter it;
	uint32_t id;

	idset_begin(&it, sqlite3_column_blob(stmt, 1),
		    sqlite3_column_bytes(stmt, 1));
	while (idset_next(&it, &id)) {
		if (id >= l->nr_wanted)
			return damaged(l, "a unit has seen what is not there");
		l->wanted[id] |= by;
	}
	return 0;
}

static int cmp_ids(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static int read_one_set(struct loader *l, sqlite3_stmt *stmt, uint32_t id,
			uint8_t by)
{
	int rc, ret = 0;

	sqlite3_bind_int64(stmt, 1, id);
	rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW)
		ret = read_set(l, stmt, by);
	else
		ret = rc == SQLITE_DONE ? damaged(l, "a set is missing")
					: store_sql_error(l->store, rc);
	sqlite3_reset(stmt);
	return ret;
}

/* Many units have one set. */
static int read_sets(struct loader *l)
{
	uint32_t *ids = (uint32_t *)l->sets.buf;
	uint32_t nr = l->sets.len / sizeof(*ids), i;
	sqlite3_stmt *stmt;
	int ret = 0;

	stmt = store_prepare(l->store, "SELECT id, ids FROM idset"
				       " WHERE id = ?1");
	if (!stmt)
		return -EIO;
	if (nr)
		qsort(ids, nr, sizeof(*ids), cmp_ids);
	for (i = 0; !ret && i < nr; i++)
		if (ids[i] >> 1 && (!i || ids[i] != ids[i - 1]))
			ret = read_one_set(l, stmt, ids[i] >> 1,
					   ids[i] & 1 ? BY_BORROWED : BY_OWN);
	sqlite3_finalize(stmt);
	return ret;
}

/* @command: of a unit's body, else 0 */
static bool is_wanted(struct loader *l, sqlite3_stmt *stmt, uint64_t *hash,
		      uint32_t *command)
{
	int64_t id = sqlite3_column_int64(stmt, 0);

	*command = 0;
	if (sqlite3_column_type(stmt, 1) == SQLITE_NULL) {
		*hash = sqlite3_column_int64(stmt, 2);
		return id >= 0 && id < l->nr_wanted && l->wanted[id];
	}
	*command = u64map_get(&l->units, sqlite3_column_int64(stmt, 1));
	if (*command)
		*hash = l->commands[*command - 1].hash;
	return *command;
}

/* A unit may stand for several commands of the configuration. */
static int add_modules(struct loader *l, uint32_t file, uint32_t command)
{
	for (; command; command = l->commands[command - 1].next) {
		uint32_t module = l->commands[command - 1].module;

		if (module >= l->graph->strings.nr)
			return damaged(l, "a module has no name");
		if (module)
			graph_add_module(l->graph, file, module);
	}
	return 0;
}

static void keep_bytes(struct stored_bytes *bytes, struct stored_body *body,
		       sqlite3_stmt *stmt, int column)
{
	const void *data = sqlite3_column_blob(stmt, column);
	size_t len = sqlite3_column_bytes(stmt, column);
	size_t room = len + UNPACK_MARGIN;
	unsigned char *p;

	if (room > bytes->size - bytes->used) {
		bytes->size = room < PIECE_SIZE ? PIECE_SIZE : room;
		bytes->used = 0;
		ALLOC_GROW(bytes->pieces, (size_t)bytes->nr_pieces + 1,
			   bytes->alloc_pieces);
		bytes->pieces[bytes->nr_pieces++] = xmalloc(bytes->size);
	}
	p = bytes->pieces[bytes->nr_pieces - 1] + bytes->used;
	memcpy(p, data, len);
	/* what is behind the end may be read, though nothing comes of it */
	memset(p + len, 0, UNPACK_MARGIN);
	bytes->used += len;
	body->p = p;
	body->len = len;
}

void load_bytes_release(struct stored_bytes *bytes)
{
	while (bytes->nr_pieces)
		free(bytes->pieces[--bytes->nr_pieces]);
	free(bytes->pieces);
}

static void add_body(struct loader *l, struct stored_body body,
		     sqlite3_stmt *stmt, int column)
{
	keep_bytes(&l->bytes, &body, stmt, column);
	ALLOC_GROW(l->bodies, (size_t)l->nr_bodies + 1, l->alloc_bodies);
	l->bodies[l->nr_bodies++] = body;
}

static void add_literals(struct loader *l, struct stored_body body,
			 sqlite3_stmt *stmt, int column)
{
	keep_bytes(&l->literal_bytes, &body, stmt, column);
	ALLOC_GROW(l->literal_bodies, (size_t)l->nr_literal_bodies + 1,
		   l->alloc_literal_bodies);
	l->literal_bodies[l->nr_literal_bodies++] = body;
}

/* The literals are another body of the file, behind the one they belong to. */
static int read_body(void *data, sqlite3_stmt *stmt)
{
	struct loader *l = data;
	struct stored_body b = { 0 };
	uint32_t command;

	if (!is_wanted(l, stmt, &b.hash, &command))
		return 0;
	b.is_header = sqlite3_column_type(stmt, 1) == SQLITE_NULL;
	b.is_borrowed = b.is_header &&
			l->wanted[sqlite3_column_int64(stmt, 0)] == BY_BORROWED;
	b.file = sqlite3_column_int64(stmt, 3);
	if (b.file >= l->graph->strings.nr)
		return damaged(l, "a body has no file");
	if (add_modules(l, b.file, command))
		return -EIO;
	b.rank = b.is_header ? 0 : 2;
	add_body(l, b, stmt, 4);
	if (!l->parts || !sqlite3_column_bytes(stmt, 5))
		return 0;
	b.rank++;
	if (l->parts & STORE_LITERALS)
		add_body(l, b, stmt, 5);
	else
		add_literals(l, b, stmt, 5);
	return 0;
}

/* ---- all of it ---- */

static int read_config(void *data, sqlite3_stmt *stmt)
{
	struct loader *l = data;

	graph_set_config(l->graph, (const char *)sqlite3_column_text(stmt, 0));
	return 0;
}

/* Numbers of configurations are the program's own. */
static int read_of_config(struct loader *l, const char *sql,
			  int (*row)(void *data, sqlite3_stmt *stmt))
{
	char *text = xasprintf("%s %u", sql, l->config);
	int ret = store_each_row(l->store, text, row, l);

	free(text);
	return ret;
}

static int read_tables(struct loader *l)
{
	struct store *store = l->store;
	int ret;

	ret = store_each_row(store,
			     "SELECT (SELECT max(first) FROM names),"
			     " (SELECT max(first) FROM symbols)",
			     read_room, l);
	if (!ret)
		ret = store_each_row(store,
				     "SELECT first, texts FROM names"
				     " ORDER BY first",
				     read_names, l);
	if (!ret)
		aside_start(&l->names, index_names, l);
	if (!ret)
		ret = store_each_row(store,
				     "SELECT first, packed FROM symbols"
				     " ORDER BY first",
				     read_symbols, l);
	if (!ret)
		ret = read_of_config(
			l, "SELECT name FROM config WHERE id =", read_config);
	if (!ret)
		ret = read_of_config(
			l,
			"SELECT DISTINCT unit.id, unit.command_hash,"
			" unit.headers, prefix.headers, member.module,"
			" unit.config FROM member"
			" JOIN unit ON unit.id = member.unit"
			" LEFT JOIN prefix ON prefix.id = unit.prefix"
			" WHERE member.config =",
			read_unit);
	if (!ret)
		ret = store_each_row(store, "SELECT max(id) FROM body",
				     read_last_body, l);
	if (!ret)
		ret = read_sets(l);
	if (!ret)
		ret = store_each_row(store,
				     l->parts ? "SELECT id, unit, hash, file,"
						" facts, literals FROM body"
						" ORDER BY id"
					      : "SELECT id, unit, hash, file,"
						" facts FROM body ORDER BY id",
				     read_body, l);
	return ret;
}

static int load(struct loader *l)
{
	int ret = read_tables(l);

	if (ret)
		return ret;
	load_sort_bodies(l);
	load_count(l);
	if (!l->damaged)
		load_standins(l);
	aside_wait(&l->names);
	if (!l->damaged)
		load_bodies(l);
	if (!l->damaged && l->nr_literal_bodies)
		l->damaged = !graph_take_literals(l->graph, l);
	return l->damaged ? damaged(l, "a fact names what is missing") : 0;
}

static void loader_init(struct loader *l, struct store *store, uint32_t config,
			unsigned int parts)
{
	*l = (struct loader){
		.store = store,
		.config = config,
		.parts = parts,
	};
	l->graph = graph_new();
	/* no symbol has id 0 */
	ALLOC_GROW(l->symbols, 1, l->alloc_symbols);
	memset(l->symbols, 0, sizeof(*l->symbols));
	l->nr_symbols = 1;
	u64map_init(&l->units);
	u64map_init(&l->meant);
	strbuf_init(&l->sets);
	strbuf_init(&l->page);
}

static void loader_release(struct loader *l)
{
	aside_wait(&l->names);
	free(l->symbols);
	free(l->wanted);
	u64map_release(&l->units);
	u64map_release(&l->meant);
	free(l->commands);
	strbuf_release(&l->sets);
	strbuf_release(&l->page);
	load_bytes_release(&l->bytes);
	load_bytes_release(&l->literal_bytes);
	free(l->bodies);
	free(l->literal_bodies);
	free(l->nr_groups);
	free(l->nr_scopes);
}

/* The savepoint makes all tables one state, even beside a writer. */
int store_load_graph(struct store *store, uint32_t config, unsigned int parts,
		     struct graph **graph, struct strbuf *err)
{
	struct loader l;
	int ret;

	*graph = NULL;
	loader_init(&l, store, config, parts);
	ret = store_savepoint(store);
	if (!ret) {
		ret = load(&l);
		ret = store_savepoint_end(store, ret);
	}
	loader_release(&l);
	if (ret) {
		strbuf_addf(err, "%s: %s", store->path, store_error(store));
		graph_free(l.graph);
		return ret;
	}
	graph_index(l.graph);
	*graph = l.graph;
	return 0;
}
