// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rows into a graph. Every table is read once, from front to back. Strings and
 * symbols get into the graph when a fact names them, so what was left behind by
 * deleted units is not in it.
 */
#include <errno.h>
#include <string.h>

#include <sqlite3.h>

#include "util/alloc.h"

#include "callgraph/store-load.h"

/* ---- numbers ---- */

uint32_t load_column(sqlite3_stmt *stmt, int at)
{
	return sqlite3_column_int64(stmt, at);
}

static const char *name_text(struct loader *l, uint32_t name)
{
	if (name < l->nr_names && l->offset[name])
		return l->text.buf + l->offset[name] - 1;
	l->damaged = true;
	return "";
}

uint32_t load_string(struct loader *l, uint32_t name)
{
	if (!name)
		return 0;
	if (name >= l->nr_names) {
		l->damaged = true;
		return 0;
	}
	if (!l->string[name])
		l->string[name] =
			graph_add_string(l->graph, name_text(l, name)) + 1;
	return l->string[name] - 1;
}

/* A static one that is only used stands in the file that makes it what it is.
 */
static uint32_t add_symbol(struct loader *l, const struct stored_symbol *s)
{
	struct graph_symbol sym = {
		.kind = s->kind,
		.is_static = s->is_static,
		.defined = s->defined,
		.ambiguous = s->ambiguous,
		.config = s->config,
		.name = load_string(l, s->name),
		.file = load_string(l, s->defined ? s->def_file : s->file),
		.line = s->line,
		.col = s->col,
		.attrs = s->attrs,
		.type = load_string(l, s->type),
	};

	return graph_add_symbol(l->graph, &sym);
}

uint32_t load_symbol(struct loader *l, uint32_t id)
{
	struct stored_symbol *s;

	if (id >= l->nr_symbols || !l->symbols[id].config) {
		l->damaged = true;
		id = 0; /* no row has it: stands for all that are missing */
	}
	s = &l->symbols[id];
	if (!s->number)
		s->number = add_symbol(l, s) + 1;
	return s->number - 1;
}

struct graph_value load_value(struct loader *l, sqlite3_stmt *stmt, int at)
{
	uint32_t base = load_column(stmt, at + 2);
	struct graph_value v = {
		.kind = load_column(stmt, at),
		.addr = load_column(stmt, at + 1),
		.path = load_string(l, load_column(stmt, at + 3)),
	};

	switch ((enum value_kind)v.kind) {
	case VALUE_GLOBAL:
	case VALUE_FUNC:
	case VALUE_CALL:
		v.base = load_symbol(l, base);
		return v;
	case VALUE_LOCAL:
	case VALUE_STRING:
		v.base = load_string(l, base);
		return v;
	case VALUE_NONE:
	case VALUE_PARAM:
	case VALUE_RETURN:
	case VALUE_NULL:
		v.base = base;
		return v;
	}
	l->damaged = true;
	return v;
}

/* ---- one function a table ---- */

/* A damaged table may give an id that is higher than its highest. */
static bool has_room(struct loader *l, sqlite3_stmt *stmt, uint32_t size)
{
	int64_t id = sqlite3_column_int64(stmt, 0);

	if (id >= 0 && id < size)
		return true;
	l->damaged = true;
	return false;
}

static void read_name(struct loader *l, sqlite3_stmt *stmt)
{
	if (!has_room(l, stmt, l->nr_names))
		return;
	l->offset[load_column(stmt, 0)] = l->text.len + 1;
	strbuf_add(&l->text, sqlite3_column_text(stmt, 1),
		   sqlite3_column_bytes(stmt, 1));
	strbuf_addch(&l->text, '\0');
}

/* In the order of names, whatever the order they were stored in. */
static void read_config(struct loader *l, sqlite3_stmt *stmt)
{
	uint32_t number = graph_nr_configs(l->graph) + 1;
	const char *name = (const char *)sqlite3_column_text(stmt, 1);

	if (!has_room(l, stmt, l->nr_configs))
		return;
	l->config[load_column(stmt, 0)] = number;
	graph_add_config(l->graph, number, name ? name : "");
}

static uint32_t config_of(struct loader *l, uint32_t id)
{
	uint32_t number = id < l->nr_configs ? l->config[id] : 0;

	if (!number)
		l->damaged = true;
	return number;
}

static void read_body(struct loader *l, sqlite3_stmt *stmt)
{
	if (has_room(l, stmt, l->nr_bodies))
		l->body_config[load_column(stmt, 0)] =
			config_of(l, load_column(stmt, 1));
}

static void read_symbol(struct loader *l, sqlite3_stmt *stmt)
{
	struct stored_symbol *s;

	if (!has_room(l, stmt, l->nr_symbols))
		return;
	s = &l->symbols[load_column(stmt, 0)];
	s->config = config_of(l, load_column(stmt, 1));
	s->kind = load_column(stmt, 2);
	s->is_static = load_column(stmt, 3);
	s->name = load_column(stmt, 4);
	s->file = load_column(stmt, 5);
}

/* By place, then by all the rest: the order of rows must not decide. */
static bool is_before(struct loader *l, const struct stored_symbol *a,
		      const struct stored_symbol *b)
{
	int ret = 0;

	if (a->def_file != b->def_file)
		ret = strcmp(name_text(l, a->def_file),
			     name_text(l, b->def_file));
	if (ret)
		return ret < 0;
	if (a->line != b->line)
		return a->line < b->line;
	if (a->col != b->col)
		return a->col < b->col;
	if (a->attrs != b->attrs)
		return a->attrs < b->attrs;
	return strcmp(name_text(l, a->type), name_text(l, b->type)) < 0;
}

static void read_def(struct loader *l, sqlite3_stmt *stmt)
{
	uint32_t symbol = load_column(stmt, 1);
	struct stored_symbol *s, def;

	if (symbol >= l->nr_symbols || !l->symbols[symbol].config) {
		l->damaged = true;
		return;
	}
	s = &l->symbols[symbol];
	def = *s;
	def.defined = true;
	def.def_file = load_column(stmt, 2);
	def.line = load_column(stmt, 3);
	def.col = load_column(stmt, 4);
	def.attrs = load_column(stmt, 5);
	def.type = load_column(stmt, 6);
	/* two bodies, one symbol: which of them a caller meets is not known */
	if (s->defined && s->kind == SYMBOL_FUNC)
		def.ambiguous = s->ambiguous = true;
	if (!s->defined || is_before(l, &def, s))
		*s = def;
}

static void read_assign(struct loader *l, sqlite3_stmt *stmt)
{
	struct graph_assign a = {
		.func = GRAPH_NONE,
		.kind = load_column(stmt, 2),
		.lhs = load_value(l, stmt, 3),
		.rhs = load_value(l, stmt, 7),
		.slot = load_string(l, load_column(stmt, 11)),
		.index = GRAPH_NONE,
		.file = load_string(l, load_column(stmt, 13)),
		.line = load_column(stmt, 14),
		.col = load_column(stmt, 15),
	};

	if (sqlite3_column_type(stmt, 1) != SQLITE_NULL)
		a.func = load_symbol(l, load_column(stmt, 1));
	if (sqlite3_column_type(stmt, 12) != SQLITE_NULL)
		a.index = load_column(stmt, 12);
	graph_add_assign(l->graph, &a);
}

static void read_field(struct loader *l, sqlite3_stmt *stmt)
{
	int64_t body = sqlite3_column_int64(stmt, 0) >> BODY_SHIFT;
	struct graph_field f = {
		.record = load_string(l, load_column(stmt, 1)),
		.name = load_string(l, load_column(stmt, 2)),
		.kind = load_column(stmt, 3),
		.type = load_string(l, load_column(stmt, 4)),
	};

	if (body < 0 || body >= l->nr_bodies || !l->body_config[body]) {
		l->damaged = true;
		return;
	}
	f.config = l->body_config[body];
	graph_add_field(l->graph, &f);
}

static int read_rows(struct loader *l, const char *sql,
		     void (*read)(struct loader *l, sqlite3_stmt *stmt))
{
	sqlite3_stmt *stmt = store_prepare(l->store, sql);
	int rc, ret = 0;

	if (!stmt)
		return -EIO;
	while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
		read(l, stmt);
	if (rc != SQLITE_DONE)
		ret = store_sql_error(l->store, rc);
	sqlite3_finalize(stmt);
	return ret;
}

/* ---- all of it ---- */

/* One more than the highest id of a table. */
static int table_size(struct loader *l, const char *sql, uint32_t *size)
{
	sqlite3_stmt *stmt = store_prepare(l->store, sql);
	int64_t last = 0;
	int rc, ret = 0;

	*size = 0;
	if (!stmt)
		return -EIO;
	rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW)
		last = sqlite3_column_int64(stmt, 0);
	else
		ret = store_sql_error(l->store, rc);
	/* more than anyone has: do not even try to get the memory */
	if (!ret && (last < 0 || last >> 28))
		ret = store_fail(l->store, EIO,
				 "the database is damaged; " STORE_REBUILD);
	*size = last + 1;
	sqlite3_finalize(stmt);
	return ret;
}

static int make_room(struct loader *l)
{
	int ret;

	ret = table_size(l, "SELECT max(id) FROM name", &l->nr_names);
	if (!ret)
		ret = table_size(l, "SELECT max(id) FROM symbol",
				 &l->nr_symbols);
	if (!ret)
		ret = table_size(l, "SELECT max(id) FROM config",
				 &l->nr_configs);
	if (!ret)
		ret = table_size(l, "SELECT max(id) FROM body", &l->nr_bodies);
	if (ret)
		return ret;
	l->offset = xcalloc(l->nr_names, sizeof(*l->offset));
	l->string = xcalloc(l->nr_names, sizeof(*l->string));
	l->symbols = xcalloc(l->nr_symbols, sizeof(*l->symbols));
	l->config = xcalloc(l->nr_configs, sizeof(*l->config));
	l->body_config = xcalloc(l->nr_bodies, sizeof(*l->body_config));
	return 0;
}

static int load_tables(struct loader *l)
{
	static const struct {
		const char *sql;
		void (*read)(struct loader *l, sqlite3_stmt *stmt);
	} tables[] = {
		{ "SELECT id, text FROM name", read_name },
		{ "SELECT id, name FROM config ORDER BY name", read_config },
		{ "SELECT id, config FROM body", read_body },
		{ "SELECT * FROM symbol ORDER BY id", read_symbol },
		/* all definitions before the first use of a symbol */
		{ "SELECT * FROM def ORDER BY id", read_def },
		{ "SELECT * FROM assign ORDER BY id", read_assign },
		{ "SELECT * FROM field ORDER BY id", read_field },
	};
	int ret = make_room(l);
	uint32_t i;

	for (i = 0; !ret && i < ARRAY_SIZE(tables); i++)
		ret = read_rows(l, tables[i].sql, tables[i].read);
	if (!ret)
		ret = load_calls(l);
	for (i = 0; !ret && i < l->nr_symbols; i++) {
		if (l->symbols[i].defined)
			load_symbol(l, i);
	}
	if (!ret && l->damaged)
		ret = store_fail(l->store, EIO,
				 "the database is damaged: a row names another "
				 "that is missing; " STORE_REBUILD);
	return ret;
}

static void loader_release(struct loader *l)
{
	strbuf_release(&l->text);
	free(l->offset);
	free(l->string);
	free(l->symbols);
	free(l->config);
	free(l->body_config);
	free(l->args);
	free(l->guards);
}

/* The savepoint makes all tables one state, even beside a writer. */
int store_load_graph(struct store *store, struct graph **graph,
		     struct strbuf *err)
{
	struct loader l = { .store = store };
	int ret;

	*graph = NULL;
	strbuf_init(&l.text);
	l.graph = graph_new();
	ret = store_savepoint(store);
	if (!ret) {
		ret = load_tables(&l);
		ret = store_savepoint_end(store, ret);
	}
	loader_release(&l);
	if (ret) {
		strbuf_addf(err, "%s: %s", store->path, store_error(store));
		graph_free(l.graph);
		return ret;
	}
	graph_finish(l.graph);
	*graph = l.graph;
	return 0;
}
