// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls with their arguments and guards are three tables in the same order,
 * read side by side: no query a call, and each table is read once.
 */
#include <errno.h>

#include <sqlite3.h>

#include "util/alloc.h"

#include "callgraph/store-load.h"

/* Rows of a table, one ahead. */
struct cursor {
	sqlite3_stmt *stmt;
	int rc;
	int64_t call; /* the row belongs to: body and number of the call */
};

static void cursor_next(struct cursor *c)
{
	int64_t id;

	c->rc = sqlite3_step(c->stmt);
	c->call = INT64_MAX;
	if (c->rc != SQLITE_ROW)
		return;
	id = sqlite3_column_int64(c->stmt, 0);
	c->call = (id >> BODY_SHIFT << BODY_SHIFT) + load_column(c->stmt, 1);
}

static int cursor_begin(struct loader *l, struct cursor *c, const char *sql)
{
	c->stmt = store_prepare(l->store, sql);
	if (!c->stmt)
		return -EIO;
	cursor_next(c);
	return 0;
}

static uint32_t read_args(struct loader *l, struct cursor *c, int64_t call)
{
	uint32_t nr = 0;

	for (; c->call <= call && c->rc == SQLITE_ROW; cursor_next(c)) {
		l->damaged |= c->call < call;
		ALLOC_GROW(l->args, nr + 1, l->alloc_args);
		l->args[nr++] = (struct graph_arg){
			.pos = load_column(c->stmt, 2),
			.value = load_value(l, c->stmt, 3),
		};
	}
	return nr;
}

static uint32_t read_guards(struct loader *l, struct cursor *c, int64_t call)
{
	uint32_t nr = 0;

	for (; c->call <= call && c->rc == SQLITE_ROW; cursor_next(c)) {
		l->damaged |= c->call < call;
		ALLOC_GROW(l->guards, nr + 1, l->alloc_guards);
		l->guards[nr++] = (struct graph_guard){
			.kind = load_column(c->stmt, 2),
			.symbol = load_symbol(l, load_column(c->stmt, 3)),
			.line = load_column(c->stmt, 4),
		};
	}
	return nr;
}

static void read_call(struct loader *l, sqlite3_stmt *stmt, struct cursor *args,
		      struct cursor *guards)
{
	int64_t id = sqlite3_column_int64(stmt, 0);
	struct graph_call call = {
		.caller = load_symbol(l, load_column(stmt, 1)),
		.target = load_value(l, stmt, 2),
		.file = load_string(l, load_column(stmt, 6)),
		.line = load_column(stmt, 7),
		.col = load_column(stmt, 8),
		.macro = load_string(l, load_column(stmt, 9)),
		.result_ignored = load_column(stmt, 10),
	};

	call.nr_args = read_args(l, args, id);
	call.nr_guards = read_guards(l, guards, id);
	graph_add_call(l->graph, &call, l->args, l->guards);
}

/* Read all calls; what is left in the other tables then belongs to none. */
static int read_calls(struct loader *l, sqlite3_stmt *calls,
		      struct cursor *args, struct cursor *guards)
{
	int rc;

	while ((rc = sqlite3_step(calls)) == SQLITE_ROW)
		read_call(l, calls, args, guards);
	if (rc == SQLITE_DONE && args->rc != SQLITE_ROW)
		rc = args->rc;
	if (rc == SQLITE_DONE && guards->rc != SQLITE_ROW)
		rc = guards->rc;
	if (args->rc == SQLITE_ROW || guards->rc == SQLITE_ROW)
		l->damaged = true;
	return rc == SQLITE_DONE ? 0 : store_sql_error(l->store, rc);
}

int load_calls(struct loader *l)
{
	struct cursor args = { 0 }, guards = { 0 };
	sqlite3_stmt *calls;
	int ret = -EIO;

	calls = store_prepare(l->store, "SELECT * FROM call ORDER BY id");
	if (calls)
		ret = cursor_begin(l, &args, "SELECT * FROM arg ORDER BY id");
	if (!ret)
		ret = cursor_begin(l, &guards,
				   "SELECT * FROM guard ORDER BY id");
	if (!ret)
		ret = read_calls(l, calls, &args, &guards);
	sqlite3_finalize(calls);
	sqlite3_finalize(args.stmt);
	sqlite3_finalize(guards.stmt);
	return ret;
}
