// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whether two states of a database say the same of a configuration. To load a
 * graph and to walk the rules over it takes seconds, and most patches change
 * neither a call nor an assignment: here the blobs are compared that the graph
 * would be made of, and of these only the ones that were written again.
 *
 * What headers say is one set for the whole configuration. A unit that was
 * parsed with a prefix header saw more of them than it includes, so that a set
 * of one unit may differ and the set of all be the same.
 */
#include <errno.h>
#include <string.h>

#include <sqlite3.h>

#include "callgraph/idset.h"
#include "callgraph/store-internal.h"
#include "callgraph/store-same.h"
#include "util/alloc.h"
#include "util/hash.h"

struct member {
	int64_t unit, command_hash;
	uint32_t headers, prefix; /* sets */
	uint32_t body;
	uint32_t module; /* name: the scratch state has those of the base */
	/* numbers of what was deleted may be given again */
	uint64_t origin;
};

struct side {
	struct store *store;
	struct member *members; /* by unit */
	size_t nr, alloc;
	unsigned char *seen; /* by id of a header's body */
	size_t nr_seen;
};

static int read_member(void *data, sqlite3_stmt *stmt)
{
	struct side *s = data;

	ALLOC_GROW(s->members, s->nr + 1, s->alloc);
	s->members[s->nr++] = (struct member){
		.unit = sqlite3_column_int64(stmt, 0),
		.command_hash = sqlite3_column_int64(stmt, 1),
		.headers = sqlite3_column_int64(stmt, 2),
		.prefix = sqlite3_column_int64(stmt, 3),
		.body = sqlite3_column_int64(stmt, 4),
		.module = sqlite3_column_int64(stmt, 7),
		.origin = hash64_u64(sqlite3_column_int64(stmt, 6),
				     hash64(sqlite3_column_blob(stmt, 5),
					    sqlite3_column_bytes(stmt, 5), 0)),
	};
	return 0;
}

static int read_members(struct side *s, uint32_t config)
{
	char *sql =
		xasprintf("SELECT DISTINCT unit.id, unit.command_hash,"
			  " unit.headers, prefix.headers, body.id, unit.file,"
			  " unit.deps_hash, member.module"
			  " FROM member JOIN unit ON unit.id = member.unit"
			  " LEFT JOIN prefix ON prefix.id = unit.prefix"
			  " LEFT JOIN body ON body.unit = unit.id"
			  " WHERE member.config = %u ORDER BY unit.id,"
			  " member.module",
			  config);
	int ret = store_each_row(s->store, sql, read_member, s);

	free(sql);
	return ret;
}

/* ---- what units say ---- */

static int read_body(void *data, sqlite3_stmt *stmt)
{
	struct strbuf *out = data;
	int i;

	for (i = 0; i < 3; i++) {
		int len = sqlite3_column_bytes(stmt, i);

		strbuf_addf(out, "%d:", len);
		strbuf_add(out, sqlite3_column_blob(stmt, i), len);
	}
	return 0;
}

static int body_bytes(struct store *store, uint32_t body, struct strbuf *out)
{
	char *sql = xasprintf("SELECT file, facts, literals FROM body"
			      " WHERE id = %u",
			      body);
	int ret = store_each_row(store, sql, read_body, out);

	free(sql);
	return ret;
}

static int compare_bodies(const struct side *base, uint32_t a,
			  const struct side *scratch, uint32_t b, bool *same)
{
	struct strbuf x = STRBUF_INIT, y = STRBUF_INIT;
	int ret = body_bytes(base->store, a, &x);

	if (!ret)
		ret = body_bytes(scratch->store, b, &y);
	*same = x.len == y.len && (!x.len || !memcmp(x.buf, y.buf, x.len));
	strbuf_release(&x);
	strbuf_release(&y);
	return ret;
}

static int compare_units(const struct side *base, const struct side *scratch,
			 bool *same, bool *same_sets)
{
	size_t i;
	int ret = 0;

	*same = base->nr == scratch->nr;
	*same_sets = true;
	for (i = 0; !ret && *same && i < base->nr; i++) {
		const struct member *a = &base->members[i];
		const struct member *b = &scratch->members[i];

		if (a->headers != b->headers || a->prefix != b->prefix)
			*same_sets = false;
		if (a->unit != b->unit || a->command_hash != b->command_hash ||
		    a->module != b->module)
			*same = false;
		else if (a->body != b->body || a->origin != b->origin)
			ret = compare_bodies(base, a->body, scratch, b->body,
					     same);
	}
	return ret;
}

/* ---- what headers say ---- */

static int cmp_numbers(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static int read_set(void *data, sqlite3_stmt *stmt)
{
	struct side *s = data;
	struct idset_iter it;
	uint32_t id;

	idset_begin(&it, sqlite3_column_blob(stmt, 0),
		    sqlite3_column_bytes(stmt, 0));
	while (idset_next(&it, &id)) {
		if (id >> 28)
			return -EIO;
		if (id >= s->nr_seen) {
			size_t nr = (size_t)id * 2 + 4096;

			s->seen = xrealloc(s->seen, nr);
			memset(s->seen + s->nr_seen, 0, nr - s->nr_seen);
			s->nr_seen = nr;
		}
		s->seen[id] = 1;
	}
	return 0;
}

static int read_sets(struct side *s)
{
	uint32_t *ids = xmalloc((s->nr * 2 + 1) * sizeof(*ids));
	size_t i, nr = 0;
	int ret = 0;

	for (i = 0; i < s->nr; i++) {
		ids[nr++] = s->members[i].headers;
		ids[nr++] = s->members[i].prefix;
	}
	if (nr)
		qsort(ids, nr, sizeof(*ids), cmp_numbers);
	for (i = 0; !ret && i < nr; i++) {
		char *sql;

		if (!ids[i] || (i && ids[i] == ids[i - 1]))
			continue;
		sql = xasprintf("SELECT ids FROM idset WHERE id = %u", ids[i]);
		ret = store_each_row(s->store, sql, read_set, s);
		free(sql);
	}
	free(ids);
	return ret;
}

static bool seen(const struct side *s, size_t id)
{
	return id < s->nr_seen && s->seen[id];
}

static int compare_headers(struct side *base, struct side *scratch, bool *same)
{
	size_t nr, id;
	int ret = read_sets(base);

	if (!ret)
		ret = read_sets(scratch);
	nr = base->nr_seen > scratch->nr_seen ? base->nr_seen
					      : scratch->nr_seen;
	for (id = 0; !ret && *same && id < nr; id++)
		*same = seen(base, id) == seen(scratch, id);
	return ret;
}

/* ---- both ---- */

static void side_release(struct side *s)
{
	free(s->members);
	free(s->seen);
}

int store_same_facts(struct store *base, struct store *scratch, uint32_t config,
		     bool *same)
{
	struct side a = { .store = base }, b = { .store = scratch };
	bool same_sets;
	int ret = read_members(&a, config);

	if (!ret)
		ret = read_members(&b, config);
	if (!ret)
		ret = compare_units(&a, &b, same, &same_sets);
	if (!ret && *same && !same_sets)
		ret = compare_headers(&a, &b, same);
	if (ret)
		*same = false;
	side_release(&a);
	side_release(&b);
	return ret;
}
