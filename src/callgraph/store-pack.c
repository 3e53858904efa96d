// SPDX-License-Identifier: GPL-2.0-only
/*
 * One fact after the other into the parts of a body's blob, whose form pack.h
 * tells. Which facts, and in which order, is store-body.c's.
 */
#include "callgraph/graph-internal.h"
#include "callgraph/pack.h"
#include "callgraph/store-facts.h"

/* ---- the body's own lists ---- */

uint32_t pack_list_add(struct pack_list *list, uint32_t number, uint32_t id)
{
	ALLOC_GROW(list->used, (size_t)list->nr + 1, list->alloc_used);
	ALLOC_GROW(list->ids, (size_t)list->nr + 1, list->alloc_ids);
	list->used[list->nr] = number;
	list->ids[list->nr] = id;
	return ++list->nr;
}

void pack_list_clear(struct pack_list *list)
{
	uint32_t i;

	for (i = 0; i < list->nr; i++)
		list->local[list->used[i]] = 0;
	list->nr = 0;
}

void pack_list(struct strbuf *sb, const struct pack_list *list)
{
	uint32_t i, last = 0;

	pack_number(sb, list->nr);
	for (i = 0; i < list->nr; i++) {
		pack_diff(sb, list->ids[i], last);
		last = list->ids[i];
	}
}

static void pack_name(struct fact_writer *w, struct strbuf *sb, uint32_t string)
{
	uint32_t *local = &w->names.local[string];
	uint32_t id;

	if (string && !*local) {
		int ret = fact_writer_name(w, string, &id);

		if (ret && !w->ret)
			w->ret = ret;
		*local = pack_list_add(&w->names, string, id);
	}
	pack_number(sb, *local);
}

uint32_t pack_local_symbol(struct fact_writer *w, uint32_t symbol)
{
	uint32_t *local = &w->symbols.local[symbol];
	uint32_t id;

	if (!*local) {
		int ret = fact_writer_symbol(w, symbol, &id);

		if (ret && !w->ret)
			w->ret = ret;
		*local = pack_list_add(&w->symbols, symbol, id);
	}
	return *local;
}

static void pack_symbol(struct fact_writer *w, struct strbuf *sb,
			uint32_t symbol)
{
	pack_number(sb, pack_local_symbol(w, symbol));
}

/* ---- facts ---- */

/* The field that a path ends in is a name, though no fact need say it. */
static void add_slot(struct fact_writer *w, uint32_t path)
{
	const char *field;
	uint32_t id;
	size_t len;
	char *text;

	field = path_last_field(interner_get(&w->facts->strings, path), &len);
	if (!field)
		return;
	text = xstrndup(field, len);
	if (!w->ret)
		w->ret = store_add_name(w->store, text, &id);
	free(text);
}

static void pack_value(struct fact_writer *w, const struct fact_value *v)
{
	struct strbuf *sb = &w->data;

	pack_number(sb, v->kind | (v->addr ? PACK_VALUE_ADDR : 0) |
				(v->path ? PACK_VALUE_PATH : 0));
	switch ((enum value_kind)v->kind) {
	case VALUE_GLOBAL:
	case VALUE_FUNC:
	case VALUE_CALL:
		pack_symbol(w, sb, v->base);
		break;
	case VALUE_LOCAL:
	case VALUE_STRING:
		pack_name(w, sb, v->base);
		break;
	case VALUE_PARAM:
	case VALUE_INT:
		pack_number(sb, v->base);
		break;
	case VALUE_NONE:
	case VALUE_RETURN:
	case VALUE_NULL:
		break;
	}
	if (v->path) {
		if (!w->names.local[v->path])
			add_slot(w, v->path);
		pack_name(w, sb, v->path);
	}
}

static void pack_place(struct fact_writer *w, uint32_t file, uint32_t line,
		       uint32_t col)
{
	if (file != w->group_file)
		pack_name(w, &w->data, file);
	w->group_file = file;
	pack_diff(&w->data, line, w->group_line);
	w->group_line = line;
	pack_number(&w->data, col);
}

static void pack_guards(struct fact_writer *w, const struct fact_call *c)
{
	uint32_t i;

	pack_number(&w->data, c->nr_guards);
	for (i = 0; i < c->nr_guards; i++) {
		const struct fact_guard *g =
			&w->facts->guards[c->first_guard + i];

		pack_number(&w->data, g->kind);
		pack_symbol(w, &w->data, g->symbol);
		pack_diff(&w->data, g->line, c->line);
	}
	w->nr_guards += c->nr_guards;
}

static void pack_conds(struct fact_writer *w, const struct fact_call *c)
{
	uint32_t i;

	pack_number(&w->data, c->nr_conds);
	for (i = 0; i < c->nr_conds; i++) {
		const struct fact_cond *cond =
			&w->facts->conds[c->first_cond + i];

		pack_number(&w->data,
			    (uint32_t)cond->param << PACK_COND_BITS |
				    (cond->or_next ? PACK_COND_OR : 0) |
				    cond->kind);
		pack_number(&w->data, cond->value);
	}
	w->nr_conds += c->nr_conds;
}

void pack_call(struct fact_writer *w, const struct fact_call *c)
{
	uint32_t i, flags = 0;

	if (c->result_ignored)
		flags |= PACK_CALL_IGNORED;
	if (c->file != w->group_file)
		flags |= PACK_CALL_FILE;
	if (c->macro)
		flags |= PACK_CALL_MACRO;
	if (c->nr_guards || c->nr_conds)
		flags |= PACK_CALL_DECIDED;
	pack_number(&w->data, c->nr_args << PACK_CALL_BITS | flags);
	pack_place(w, c->file, c->line, c->col);
	if (c->macro)
		pack_name(w, &w->data, c->macro);
	pack_value(w, &c->target);
	for (i = 0; i < c->nr_args; i++) {
		const struct fact_arg *arg = &w->facts->args[c->first_arg + i];

		pack_number(&w->data, (uint32_t)arg->pos << 1 | arg->only);
		pack_value(w, &arg->value);
	}
	if (flags & PACK_CALL_DECIDED) {
		pack_guards(w, c);
		pack_conds(w, c);
	}
	w->nr_args += c->nr_args;
	w->nr_calls++;
}

void pack_assign(struct fact_writer *w, const struct fact_assign *a)
{
	uint32_t flags = 0;

	if (a->file != w->group_file)
		flags |= PACK_ASSIGN_FILE;
	if (a->slot)
		flags |= PACK_ASSIGN_SLOT;
	if (a->index != FACT_NONE)
		flags |= PACK_ASSIGN_INDEX;
	pack_number(&w->data, a->kind << PACK_ASSIGN_BITS | flags);
	pack_place(w, a->file, a->line, a->col);
	pack_value(w, &a->lhs);
	pack_value(w, &a->rhs);
	if (a->slot)
		pack_name(w, &w->data, a->slot);
	if (a->index != FACT_NONE)
		pack_number(&w->data, a->index);
}

void pack_def(struct fact_writer *w, const struct fact_def *def)
{
	pack_symbol(w, &w->defs, def->symbol);
	pack_name(w, &w->defs, def->file);
	pack_number(&w->defs, def->line);
	pack_number(&w->defs, def->col);
	pack_number(&w->defs, def->attrs);
	pack_name(w, &w->defs, def->type);
	w->nr_defs++;
}

void pack_field(struct fact_writer *w, const struct fact_field *field)
{
	pack_name(w, &w->fields, field->record);
	pack_name(w, &w->fields, field->name);
	pack_number(&w->fields, field->kind);
	pack_name(w, &w->fields, field->type);
	w->nr_fields++;
}
