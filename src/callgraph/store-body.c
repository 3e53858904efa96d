// SPDX-License-Identifier: GPL-2.0-only
/*
 * A body into its row. What a function does is put together and in order here,
 * once, so that no reader has to sort.
 */
#include <errno.h>
#include <string.h>

#include <sqlite3.h>

#include "callgraph/fact-order.h"
#include "callgraph/pack.h"
#include "callgraph/store-facts.h"

/* A direct call, for queries. */
static void put_row(struct fact_writer *w, const struct fact_call *c)
{
	uint32_t caller, callee, file;

	if (c->target.kind != VALUE_FUNC || w->ret)
		return;
	if (w->nr_rows >> BODY_SHIFT) {
		w->ret = store_fail(w->store, E2BIG,
				    "one file has more calls than the database "
				    "can number");
		return;
	}
	caller = w->symbols.id[c->caller];
	callee = w->symbols.id[c->target.base];
	w->ret = fact_writer_name(w, c->file, &file);
	if (!w->ret)
		w->ret = store_add_source(w->store, file);
	if (!w->ret)
		w->ret =
			STORE_RUN(w->store, STMT_ADD_CALL,
				  (int64_t)w->body << BODY_SHIFT | w->nr_rows++,
				  caller, callee, file, c->line);
}

/* ---- what belongs together ---- */

typedef int (*item_cmp)(const struct unit_facts *f, const struct pack_item *a,
			const struct pack_item *b);

static int by_group(const struct pack_item *a, const struct pack_item *b)
{
	return (a->group > b->group) - (a->group < b->group);
}

static int cmp_calls(const struct unit_facts *f, const struct pack_item *a,
		     const struct pack_item *b)
{
	int ret = by_group(a, b);

	return ret ? ret
		   : fact_cmp_calls(f, &f->calls[a->number],
				    &f->calls[b->number]);
}

static int cmp_assigns(const struct unit_facts *f, const struct pack_item *a,
		       const struct pack_item *b)
{
	int ret = by_group(a, b);

	return ret ? ret
		   : fact_cmp_assigns(f, &f->assigns[a->number],
				      &f->assigns[b->number]);
}

struct item_order {
	const struct unit_facts *facts;
	item_cmp cmp;
};

static int cmp_items(const void *a, const void *b, void *data)
{
	const struct item_order *order = data;

	return order->cmp(order->facts, a, b);
}

/* Mostly they stand in order already. Drops what is there twice. */
static void sort_items(struct fact_writer *w, enum item_kind kind, item_cmp cmp)
{
	struct item_order order = { w->facts, cmp };
	struct pack_item *items = w->items[kind];
	uint32_t i, kept = 0, nr = w->nr_items[kind];

	for (i = 1; i < nr; i++)
		if (cmp(w->facts, &items[i - 1], &items[i]) >= 0)
			break;
	if (i >= nr)
		return;
	qsort_r(items, nr, sizeof(*items), cmp_items, &order);
	for (i = 1; i < nr; i++)
		if (cmp(w->facts, &items[kept], &items[i]))
			items[++kept] = items[i];
	w->nr_items[kind] = kept + 1;
}

static uint32_t end_of_group(const struct pack_item *items, uint32_t at,
			     uint32_t nr, uint32_t group)
{
	while (at < nr && items[at].group == group)
		at++;
	return at;
}

/* Calls and assignments of one group; @symbol is 0 at file scope. */
static void pack_group(struct fact_writer *w, uint32_t symbol,
		       const struct pack_item *calls, uint32_t nr_calls,
		       const struct pack_item *assigns, uint32_t nr_assigns)
{
	size_t from = w->data.len;
	uint32_t i;

	w->group_file = w->names.used[0];
	w->group_line = 0;
	pack_number(&w->data, nr_calls);
	for (i = 0; i < nr_calls; i++) {
		const struct fact_call *c = &w->facts->calls[calls[i].number];

		pack_call(w, c);
		put_row(w, c);
	}
	pack_number(&w->data, nr_assigns);
	for (i = 0; i < nr_assigns; i++)
		pack_assign(w, &w->facts->assigns[assigns[i].number]);
	w->nr_assigns += nr_assigns;
	pack_number(&w->groups, symbol);
	pack_number(&w->groups, w->data.len - from);
	w->nr_groups++;
}

/* Functions in the order of the body's list, which their definitions begin. */
static void pack_groups(struct fact_writer *w, const struct pack_item *calls,
			uint32_t nr_calls, const struct pack_item *assigns,
			uint32_t nr_assigns)
{
	uint32_t c = 0, a = 0, c_end, a_end, group;

	while (c < nr_calls || a < nr_assigns) {
		group = c < nr_calls ? calls[c].group : assigns[a].group;
		if (a < nr_assigns && assigns[a].group < group)
			group = assigns[a].group;
		c_end = end_of_group(calls, c, nr_calls, group);
		a_end = end_of_group(assigns, a, nr_assigns, group);
		pack_group(w, group, calls + c, c_end - c, assigns + a,
			   a_end - a);
		c = c_end;
		a = a_end;
	}
}

/* ---- a body ---- */

/* Those of the bodies that are meant. */
static bool is_part(const struct fact_body *body, const struct fact_body *first)
{
	return body == first || (!first->is_header && !body->is_header);
}

static void add_item(struct fact_writer *w, enum item_kind kind, uint32_t group,
		     uint32_t number)
{
	ALLOC_GROW(w->items[kind], (size_t)w->nr_items[kind] + 1,
		   w->alloc_items[kind]);
	w->items[kind][w->nr_items[kind]++] =
		(struct pack_item){ group, number };
}

static void list_calls(struct fact_writer *w, const struct fact_body *b)
{
	const struct fact_call *calls = w->facts->calls;
	uint32_t i;

	for (i = b->first_call; i < b->first_call + b->nr_calls; i++)
		add_item(w, ITEM_CALL, pack_local_symbol(w, calls[i].caller),
			 i);
}

static void list_assigns(struct fact_writer *w, const struct fact_body *b,
			 bool literals)
{
	const struct fact_assign *assigns = w->facts->assigns;
	uint32_t i;

	for (i = b->first_assign; i < b->first_assign + b->nr_assigns; i++) {
		if ((assigns[i].rhs.kind == VALUE_STRING) != literals)
			continue;
		if (assigns[i].func == FACT_NONE)
			add_item(w, ITEM_SCOPE, 0, i);
		else
			add_item(w, ITEM_ASSIGN,
				 pack_local_symbol(w, assigns[i].func), i);
	}
}

/* What was listed, brought together by function. */
static void pack_items(struct fact_writer *w)
{
	sort_items(w, ITEM_CALL, cmp_calls);
	sort_items(w, ITEM_ASSIGN, cmp_assigns);
	sort_items(w, ITEM_SCOPE, cmp_assigns);
	pack_groups(w, w->items[ITEM_CALL], w->nr_items[ITEM_CALL],
		    w->items[ITEM_ASSIGN], w->nr_items[ITEM_ASSIGN]);
	if (w->nr_items[ITEM_SCOPE])
		pack_group(w, 0, NULL, 0, w->items[ITEM_SCOPE],
			   w->nr_items[ITEM_SCOPE]);
}

static void pack_facts(struct fact_writer *w, const struct fact_body *bodies,
		       uint32_t nr)
{
	const struct unit_facts *f = w->facts;
	uint32_t i, k;

	for (i = 0; i < nr; i++) {
		const struct fact_body *b = &bodies[i];

		if (!is_part(b, bodies))
			continue;
		for (k = 0; k < b->nr_defs; k++)
			pack_def(w, &f->defs[b->first_def + k]);
		for (k = 0; k < b->nr_fields; k++)
			pack_field(w, &f->fields[b->first_field + k]);
	}
	for (i = 0; i < nr; i++) {
		if (!is_part(&bodies[i], bodies))
			continue;
		list_calls(w, &bodies[i]);
		list_assigns(w, &bodies[i], false);
	}
	pack_items(w);
}

static void pack_literals(struct fact_writer *w, const struct fact_body *bodies,
			  uint32_t nr)
{
	uint32_t i;

	for (i = 0; i < nr; i++)
		if (is_part(&bodies[i], bodies))
			list_assigns(w, &bodies[i], true);
	pack_items(w);
}

/* Put the parts of a blob together. */
static void pack_blob(struct fact_writer *w, struct strbuf *sb)
{
	pack_number(sb, w->nr_calls);
	pack_number(sb, w->nr_args);
	pack_number(sb, w->nr_guards);
	pack_number(sb, w->nr_conds);
	pack_number(sb, w->nr_assigns);
	pack_number(sb, w->nr_fields);
	pack_list(sb, &w->symbols);
	pack_number(sb, w->nr_groups);
	strbuf_add(sb, w->groups.buf, w->groups.len);
	pack_list(sb, &w->names);
	pack_number(sb, w->nr_defs);
	strbuf_add(sb, w->defs.buf, w->defs.len);
	strbuf_add(sb, w->fields.buf, w->fields.len);
	strbuf_add(sb, w->data.buf, w->data.len);
}

static void start_blob(struct fact_writer *w, const char *path)
{
	uint32_t string = UINT32_MAX;

	w->nr_defs = w->nr_calls = w->nr_args = w->nr_guards = 0;
	w->nr_conds = w->nr_assigns = w->nr_fields = w->nr_groups = 0;
	w->groups.len = w->defs.len = w->fields.len = w->data.len = 0;
	memset(w->nr_items, 0, sizeof(w->nr_items));
	pack_list_clear(&w->names);
	pack_list_clear(&w->symbols);
	/* facts that say nothing need not have been initialised */
	if (w->facts->strings.nr)
		string = interner_find(&w->facts->strings, path);
	if (string == UINT32_MAX)
		string = 0;
	else
		w->names.local[string] = 1;
	pack_list_add(&w->names, string, w->file);
}

static int bind_blob(struct fact_writer *w, sqlite3_stmt *stmt, int at,
		     const struct strbuf *blob)
{
	int rc = sqlite3_bind_blob(stmt, at, blob->len ? blob->buf : NULL,
				   blob->len, SQLITE_STATIC);

	return rc == SQLITE_OK ? 0 : store_sql_error(w->store, rc);
}

static int put_body(struct fact_writer *w, int64_t unit, int64_t hash)
{
	sqlite3_stmt *stmt = store_stmt(w->store, STMT_ADD_BODY);
	int ret;

	if (!stmt)
		return -EIO;
	ret = bind_blob(w, stmt, 5, &w->blob);
	if (!ret)
		ret = bind_blob(w, stmt, 6, &w->literals);
	if (!ret)
		ret = STORE_RUN(w->store, STMT_ADD_BODY, w->body, unit, hash,
				w->file);
	return ret;
}

static int check_parts(struct fact_writer *w, const struct fact_body *bodies,
		       uint32_t nr)
{
	uint32_t i;
	int ret = 0;

	for (i = 0; !ret && i < nr; i++)
		if (is_part(&bodies[i], bodies))
			ret = fact_writer_check(w, &bodies[i]);
	return ret;
}

int fact_writer_put(struct fact_writer *w, int64_t unit, int64_t hash,
		    const char *file, const struct fact_body *bodies,
		    uint32_t nr)
{
	int ret = check_parts(w, bodies, nr);

	if (!ret)
		ret = store_add_name(w->store, file, &w->file);
	if (ret)
		return ret;
	w->body = ++w->store->cache.nr_bodies;
	w->nr_rows = 0;
	w->blob.len = w->literals.len = 0;
	start_blob(w, file);
	pack_facts(w, bodies, nr);
	pack_blob(w, &w->blob);
	start_blob(w, file);
	pack_literals(w, bodies, nr);
	if (w->nr_assigns)
		pack_blob(w, &w->literals);
	return w->ret ? w->ret : put_body(w, unit, hash);
}

int store_delete_body(struct store *store, uint32_t body)
{
	int64_t first = (int64_t)body << BODY_SHIFT;
	int64_t last = first | ((1 << BODY_SHIFT) - 1);
	int ret = STORE_RUN(store, STMT_DELETE_CALLS, first, last);

	return ret ? ret : STORE_RUN(store, STMT_DELETE_BODY, body);
}
