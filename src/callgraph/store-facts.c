// SPDX-License-Identifier: GPL-2.0-only
/*
 * Facts into rows. Their numbers become ids the first time a row needs them, so
 * what stands in a header body that is stored already costs nothing. A number
 * that names nothing fails here, before it is a row.
 */
#include <errno.h>

#include "util/alloc.h"

#include "callgraph/store-internal.h"

void fact_writer_init(struct fact_writer *w, struct store *store,
		      const struct unit_facts *facts, uint32_t config)
{
	*w = (struct fact_writer){
		.store = store,
		.facts = facts,
		.config = config,
	};
	w->name = xcalloc((size_t)facts->strings.nr + 1, sizeof(*w->name));
	w->symbol = xcalloc((size_t)facts->nr_symbols + 1, sizeof(*w->symbol));
}

void fact_writer_release(struct fact_writer *w)
{
	free(w->name);
	free(w->symbol);
}

static int bad_fact(struct fact_writer *w, const char *what)
{
	return store_fail(w->store, EINVAL,
			  "the facts name a %s that they do not have", what);
}

int fact_writer_name(struct fact_writer *w, uint32_t string, uint32_t *id)
{
	int ret;

	if (string >= w->facts->strings.nr)
		return bad_fact(w, "string");
	if (string && !w->name[string]) {
		ret = store_add_name(w->store,
				     interner_get(&w->facts->strings, string),
				     &w->name[string]);
		if (ret)
			return ret;
	}
	*id = w->name[string];
	return 0;
}

static int symbol_id(struct fact_writer *w, uint32_t symbol, uint32_t *id)
{
	const struct fact_symbol *sym;
	uint32_t name, file = 0;
	int ret;

	if (symbol >= w->facts->nr_symbols)
		return bad_fact(w, "symbol");
	*id = w->symbol[symbol];
	if (*id)
		return 0;
	sym = &w->facts->symbols[symbol];
	ret = fact_writer_name(w, sym->name, &name);
	if (!ret && sym->is_static)
		ret = fact_writer_name(w, sym->file, &file);
	if (!ret)
		ret = store_add_symbol(w->store, w->config, sym, name, file,
				       id);
	w->symbol[symbol] = *id;
	return ret;
}

/* Columns of a row, filled one after another; the first error stays. */
struct row {
	struct fact_writer *w;
	int64_t column[16];
	int nr;
	int ret;
};

static void put(struct row *row, int64_t value)
{
	row->column[row->nr++] = value;
}

/* The id of row number @nr of the body. */
static void put_id(struct row *row, uint32_t *nr)
{
	if (*nr >> BODY_SHIFT && !row->ret)
		row->ret = store_fail(row->w->store, E2BIG,
				      "one file has more facts than the "
				      "database can number");
	put(row, (int64_t)row->w->body << BODY_SHIFT | (*nr)++);
}

static void put_name(struct row *row, uint32_t string)
{
	uint32_t id = 0;

	if (!row->ret)
		row->ret = fact_writer_name(row->w, string, &id);
	put(row, id);
}

static void put_symbol(struct row *row, uint32_t symbol)
{
	uint32_t id = 0;

	if (!row->ret)
		row->ret = symbol_id(row->w, symbol, &id);
	put(row, id);
}

static void put_value(struct row *row, const struct fact_value *value)
{
	put(row, value->kind);
	put(row, value->addr);
	switch ((enum value_kind)value->kind) {
	case VALUE_GLOBAL:
	case VALUE_FUNC:
	case VALUE_CALL:
		put_symbol(row, value->base);
		break;
	case VALUE_LOCAL:
	case VALUE_STRING:
		put_name(row, value->base);
		break;
	case VALUE_PARAM:
		put(row, value->base);
		break;
	case VALUE_NONE:
	case VALUE_RETURN:
	case VALUE_NULL:
		put(row, 0);
		break;
	}
	put_name(row, value->path);
}

static void put_place(struct row *row, uint32_t file, uint32_t line,
		      uint32_t col)
{
	put_name(row, file);
	put(row, line);
	put(row, col);
}

static int run_row(struct row *row, enum store_stmt stmt)
{
	if (row->ret)
		return row->ret;
	return store_run(row->w->store, stmt, row->column, row->nr);
}

static int add_def(struct fact_writer *w, const struct fact_def *def)
{
	struct row row = { .w = w };

	put_id(&row, &w->nr_defs);
	put_symbol(&row, def->symbol);
	put_place(&row, def->file, def->line, def->col);
	put(&row, def->attrs);
	put_name(&row, def->type);
	return run_row(&row, STMT_ADD_DEF);
}

static int add_arg(struct fact_writer *w, uint32_t call,
		   const struct fact_arg *arg)
{
	struct row row = { .w = w };

	put_id(&row, &w->nr_args);
	put(&row, call);
	put(&row, arg->pos);
	put_value(&row, &arg->value);
	return run_row(&row, STMT_ADD_ARG);
}

static int add_guard(struct fact_writer *w, uint32_t call,
		     const struct fact_guard *guard)
{
	struct row row = { .w = w };

	put_id(&row, &w->nr_guards);
	put(&row, call);
	put(&row, guard->kind);
	put_symbol(&row, guard->symbol);
	put(&row, guard->line);
	return run_row(&row, STMT_ADD_GUARD);
}

static bool in_range(uint32_t first, uint32_t nr, uint32_t have)
{
	return (uint64_t)first + nr <= have;
}

static int add_call(struct fact_writer *w, const struct fact_call *call)
{
	const struct unit_facts *facts = w->facts;
	struct row row = { .w = w };
	uint32_t nr = w->nr_calls, i;
	int ret;

	if (!in_range(call->first_arg, call->nr_args, facts->nr_args) ||
	    !in_range(call->first_guard, call->nr_guards, facts->nr_guards))
		return bad_fact(w, "row");
	put_id(&row, &w->nr_calls);
	put_symbol(&row, call->caller);
	put_value(&row, &call->target);
	put_place(&row, call->file, call->line, call->col);
	put_name(&row, call->macro);
	put(&row, call->result_ignored);
	ret = run_row(&row, STMT_ADD_CALL);
	for (i = 0; !ret && i < call->nr_args; i++)
		ret = add_arg(w, nr, &facts->args[call->first_arg + i]);
	for (i = 0; !ret && i < call->nr_guards; i++)
		ret = add_guard(w, nr, &facts->guards[call->first_guard + i]);
	return ret;
}

static int add_assign(struct fact_writer *w, const struct fact_assign *assign)
{
	struct row row = { .w = w };

	put_id(&row, &w->nr_assigns);
	if (assign->func == FACT_NONE)
		put(&row, STORE_NULL);
	else
		put_symbol(&row, assign->func);
	put(&row, assign->kind);
	put_value(&row, &assign->lhs);
	put_value(&row, &assign->rhs);
	put_name(&row, assign->slot);
	put(&row, assign->index == FACT_NONE ? STORE_NULL : assign->index);
	put_place(&row, assign->file, assign->line, assign->col);
	return run_row(&row, STMT_ADD_ASSIGN);
}

static int add_field(struct fact_writer *w, const struct fact_field *field)
{
	struct row row = { .w = w };

	put_id(&row, &w->nr_fields);
	put_name(&row, field->record);
	put_name(&row, field->name);
	put(&row, field->kind);
	put_name(&row, field->type);
	return run_row(&row, STMT_ADD_FIELD);
}

int fact_writer_begin_body(struct fact_writer *w, int64_t unit, int64_t hash,
			   uint32_t file)
{
	w->body = ++w->store->cache.nr_bodies;
	w->nr_defs = w->nr_calls = w->nr_args = w->nr_guards = 0;
	w->nr_assigns = w->nr_fields = 0;
	return STORE_RUN(w->store, STMT_ADD_BODY, w->body, w->config, unit,
			 hash, file);
}

int fact_writer_add(struct fact_writer *w, const struct fact_body *body)
{
	const struct unit_facts *f = w->facts;
	uint32_t i;
	int ret = 0;

	if (!in_range(body->first_def, body->nr_defs, f->nr_defs) ||
	    !in_range(body->first_call, body->nr_calls, f->nr_calls) ||
	    !in_range(body->first_assign, body->nr_assigns, f->nr_assigns) ||
	    !in_range(body->first_field, body->nr_fields, f->nr_fields))
		return bad_fact(w, "row");
	for (i = 0; !ret && i < body->nr_defs; i++)
		ret = add_def(w, &f->defs[body->first_def + i]);
	for (i = 0; !ret && i < body->nr_calls; i++)
		ret = add_call(w, &f->calls[body->first_call + i]);
	for (i = 0; !ret && i < body->nr_assigns; i++)
		ret = add_assign(w, &f->assigns[body->first_assign + i]);
	for (i = 0; !ret && i < body->nr_fields; i++)
		ret = add_field(w, &f->fields[body->first_field + i]);
	return ret;
}

int store_delete_body(struct store *store, uint32_t body)
{
	static const enum store_stmt rows[] = {
		STMT_DELETE_DEFS,   STMT_DELETE_CALLS,	 STMT_DELETE_ARGS,
		STMT_DELETE_GUARDS, STMT_DELETE_ASSIGNS, STMT_DELETE_FIELDS,
	};
	int64_t first = (int64_t)body << BODY_SHIFT;
	int64_t last = first | ((1 << BODY_SHIFT) - 1);
	int ret = 0;
	size_t i;

	for (i = 0; !ret && i < ARRAY_SIZE(rows); i++)
		ret = STORE_RUN(store, rows[i], first, last);
	return ret ? ret : STORE_RUN(store, STMT_DELETE_BODY, body);
}
