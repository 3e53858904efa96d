// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reading what is known of units and configurations. Each walk has a statement
 * of its own, so that a callback may begin another one.
 */
#include <errno.h>

#include <sqlite3.h>

#include "callgraph/store-internal.h"

static const char *text_of(sqlite3_stmt *stmt, int column)
{
	const char *text = (const char *)sqlite3_column_text(stmt, column);

	return text ? text : "";
}

static struct store_unit unit_of(sqlite3_stmt *stmt)
{
	return (struct store_unit){
		.id = sqlite3_column_int64(stmt, 0),
		.config = sqlite3_column_int64(stmt, 1),
		.file = text_of(stmt, 2),
		.command_hash = sqlite3_column_int64(stmt, 3),
		.parsed_in = sqlite3_column_int64(stmt, 4),
		.deps_hash = sqlite3_column_int64(stmt, 5),
		.status = sqlite3_column_int(stmt, 6),
		.mode = sqlite3_column_int(stmt, 7),
		.nr_errors = sqlite3_column_int64(stmt, 8),
		.detail = text_of(stmt, 9),
		.deps = sqlite3_column_int64(stmt, 10),
		.prefix_deps = sqlite3_column_int64(stmt, 11),
	};
}

#define UNIT_COLUMNS                                                           \
	" unit.config, unit.deps_hash, unit.status, mode, nr_errors, detail,"  \
	" unit.deps, prefix.deps"
#define JOIN_PREFIX " LEFT JOIN prefix ON prefix.id = unit.prefix"

static int each_unit(struct store *store, const char *sql, uint32_t config,
		     int (*fn)(void *data, const struct store_unit *unit),
		     void *data)
{
	sqlite3_stmt *stmt = store_prepare(store, sql);
	int rc = SQLITE_DONE, ret = 0;

	if (!stmt)
		return -EIO;
	sqlite3_bind_int64(stmt, 1, config);
	while (!ret && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
		struct store_unit unit = unit_of(stmt);

		ret = fn(data, &unit);
	}
	if (!ret && rc != SQLITE_DONE)
		ret = store_sql_error(store, rc);
	sqlite3_finalize(stmt);
	return ret;
}

#define EACH_MEMBER(condition)                                                 \
	"SELECT unit.id, member.config, member.file, "                         \
	"member.command_hash," UNIT_COLUMNS " FROM member"                     \
	" JOIN unit ON unit.id = member.unit"                                  \
	" JOIN config ON config.id = member.config" JOIN_PREFIX                \
	" WHERE " condition                                                    \
	" ORDER BY config.name, member.file, member.command_hash"

int store_each_unit(struct store *store, uint32_t config,
		    int (*fn)(void *data, const struct store_unit *unit),
		    void *data)
{
	return each_unit(store, EACH_MEMBER("?1 = 0 OR member.config = ?1"),
			 config, fn, data);
}

int store_each_unit_but(struct store *store, enum unit_status status,
			int (*fn)(void *data, const struct store_unit *unit),
			void *data)
{
	return each_unit(store, EACH_MEMBER("unit.status <> ?1"), status, fn,
			 data);
}

/* One number. */
static int count(struct store *store, const char *sql, uint32_t *nr)
{
	sqlite3_stmt *stmt = store_prepare(store, sql);
	int rc, ret = 0;

	if (!stmt)
		return -EIO;
	rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW)
		*nr = sqlite3_column_int64(stmt, 0);
	else
		ret = store_sql_error(store, rc);
	sqlite3_finalize(stmt);
	return ret;
}

int store_count_members(struct store *store, uint32_t config, uint32_t *nr)
{
	char *sql = xasprintf("SELECT count(*) FROM member WHERE config = %u",
			      config);
	int ret = count(store, sql, nr);

	free(sql);
	return ret;
}

int store_count_units(struct store *store, const uint32_t *configs, size_t nr,
		      uint32_t *units)
{
	struct strbuf sql = STRBUF_INIT;
	size_t i;
	int ret;

	strbuf_addstr(&sql, "SELECT count(DISTINCT unit) FROM member"
			    " WHERE config IN (");
	for (i = 0; i < nr; i++)
		strbuf_addf(&sql, "%s%u", i ? "," : "", configs[i]);
	strbuf_addch(&sql, ')');
	ret = count(store, sql.buf, units);
	strbuf_release(&sql);
	return ret;
}

int store_each_foreign_unit(struct store *store, uint32_t config,
			    int (*fn)(void *data,
				      const struct store_unit *unit),
			    void *data)
{
	static const char sql[] =
		"SELECT unit.id, unit.config, file, command_hash," UNIT_COLUMNS
		" FROM unit JOIN config ON config.id = unit.config" JOIN_PREFIX
		" WHERE unit.config <> ?1"
		" ORDER BY file, config.name, command_hash";

	return each_unit(store, sql, config, fn, data);
}

int store_each_config(struct store *store,
		      int (*fn)(void *data, const struct store_config *config),
		      void *data)
{
	sqlite3_stmt *stmt;
	int rc = SQLITE_DONE, ret = 0;

	stmt = store_prepare(store, "SELECT id, name, tree, kernel FROM config"
				    " ORDER BY name");
	if (!stmt)
		return -EIO;
	while (!ret && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
		struct store_config config = {
			.id = sqlite3_column_int64(stmt, 0),
			.name = text_of(stmt, 1),
			.tree = text_of(stmt, 2),
			.kernel = text_of(stmt, 3),
		};

		ret = fn(data, &config);
	}
	if (!ret && rc != SQLITE_DONE)
		ret = store_sql_error(store, rc);
	sqlite3_finalize(stmt);
	return ret;
}
