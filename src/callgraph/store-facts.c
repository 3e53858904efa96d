// SPDX-License-Identifier: GPL-2.0-only
/*
 * Numbers of facts become numbers of the database, the first time a body needs
 * them: what stands in a header body that is stored already costs nothing. A
 * number that names nothing fails here, before anything of its body is written.
 */
#include <errno.h>

#include "util/alloc.h"

#include "callgraph/store-facts.h"

static void list_init(struct pack_list *list, uint32_t nr)
{
	*list = (struct pack_list){
		.id = xcalloc((size_t)nr + 1, sizeof(*list->id)),
		.local = xcalloc((size_t)nr + 1, sizeof(*list->local)),
	};
}

static void list_release(struct pack_list *list)
{
	free(list->id);
	free(list->local);
	free(list->used);
	free(list->ids);
}

void fact_writer_init(struct fact_writer *w, struct store *store,
		      const struct unit_facts *facts)
{
	*w = (struct fact_writer){ .store = store, .facts = facts };
	list_init(&w->names, facts->strings.nr);
	list_init(&w->symbols, facts->nr_symbols);
	strbuf_init(&w->blob);
	strbuf_init(&w->literals);
	strbuf_init(&w->groups);
	strbuf_init(&w->defs);
	strbuf_init(&w->fields);
	strbuf_init(&w->data);
}

void fact_writer_release(struct fact_writer *w)
{
	int i;

	list_release(&w->names);
	list_release(&w->symbols);
	for (i = 0; i < NR_ITEM_KINDS; i++)
		free(w->items[i]);
	strbuf_release(&w->blob);
	strbuf_release(&w->literals);
	strbuf_release(&w->groups);
	strbuf_release(&w->defs);
	strbuf_release(&w->fields);
	strbuf_release(&w->data);
}

int fact_writer_name(struct fact_writer *w, uint32_t string, uint32_t *id)
{
	uint32_t *known = &w->names.id[string];
	int ret = 0;

	if (string && !*known)
		ret = store_add_name(w->store,
				     interner_get(&w->facts->strings, string),
				     known);
	*id = *known;
	return ret;
}

int fact_writer_symbol(struct fact_writer *w, uint32_t symbol, uint32_t *id)
{
	const struct fact_symbol *sym = &w->facts->symbols[symbol];
	uint32_t *known = &w->symbols.id[symbol];
	uint32_t name, file = 0;
	int ret = 0;

	if (!*known) {
		ret = fact_writer_name(w, sym->name, &name);
		if (!ret && sym->is_static)
			ret = fact_writer_name(w, sym->file, &file);
		if (!ret)
			ret = store_add_symbol(w->store, sym, name, file,
					       known);
	}
	*id = *known;
	return ret;
}

/* ---- is everything there that is named? ---- */

static bool has_string(const struct unit_facts *f, uint32_t string)
{
	return string < f->strings.nr;
}

static bool has_symbol(const struct unit_facts *f, uint32_t symbol)
{
	return symbol < f->nr_symbols &&
	       has_string(f, f->symbols[symbol].name) &&
	       has_string(f, f->symbols[symbol].file);
}

static bool has_value(const struct unit_facts *f, const struct fact_value *v)
{
	if (!has_string(f, v->path))
		return false;
	switch ((enum value_kind)v->kind) {
	case VALUE_GLOBAL:
	case VALUE_FUNC:
	case VALUE_CALL:
		return has_symbol(f, v->base);
	case VALUE_LOCAL:
	case VALUE_STRING:
		return has_string(f, v->base);
	case VALUE_PARAM:
	case VALUE_NONE:
	case VALUE_RETURN:
	case VALUE_NULL:
	case VALUE_INT:
		return true;
	}
	return false;
}

static bool in_range(uint32_t first, uint32_t nr, uint32_t have)
{
	return (uint64_t)first + nr <= have;
}

static bool has_call(const struct unit_facts *f, const struct fact_call *c)
{
	uint32_t i;

	if (!in_range(c->first_arg, c->nr_args, f->nr_args) ||
	    !in_range(c->first_guard, c->nr_guards, f->nr_guards) ||
	    !in_range(c->first_cond, c->nr_conds, f->nr_conds) ||
	    !has_symbol(f, c->caller) || !has_value(f, &c->target) ||
	    !has_string(f, c->file) || !has_string(f, c->macro))
		return false;
	for (i = 0; i < c->nr_args; i++)
		if (!has_value(f, &f->args[c->first_arg + i].value))
			return false;
	for (i = 0; i < c->nr_guards; i++)
		if (!has_symbol(f, f->guards[c->first_guard + i].symbol))
			return false;
	return true;
}

static bool has_assign(const struct unit_facts *f, const struct fact_assign *a)
{
	return (a->func == FACT_NONE || has_symbol(f, a->func)) &&
	       has_value(f, &a->lhs) && has_value(f, &a->rhs) &&
	       has_string(f, a->slot) && has_string(f, a->file);
}

static bool has_ranges(const struct unit_facts *f, const struct fact_body *b)
{
	return has_string(f, b->file) &&
	       in_range(b->first_def, b->nr_defs, f->nr_defs) &&
	       in_range(b->first_call, b->nr_calls, f->nr_calls) &&
	       in_range(b->first_assign, b->nr_assigns, f->nr_assigns) &&
	       in_range(b->first_field, b->nr_fields, f->nr_fields);
}

static bool has_body(const struct unit_facts *f, const struct fact_body *b)
{
	uint32_t i;

	if (!has_ranges(f, b))
		return false;
	for (i = b->first_def; i < b->first_def + b->nr_defs; i++)
		if (!has_symbol(f, f->defs[i].symbol) ||
		    !has_string(f, f->defs[i].file) ||
		    !has_string(f, f->defs[i].type))
			return false;
	for (i = b->first_call; i < b->first_call + b->nr_calls; i++)
		if (!has_call(f, &f->calls[i]))
			return false;
	for (i = b->first_assign; i < b->first_assign + b->nr_assigns; i++)
		if (!has_assign(f, &f->assigns[i]))
			return false;
	for (i = b->first_field; i < b->first_field + b->nr_fields; i++)
		if (!has_string(f, f->fields[i].record) ||
		    !has_string(f, f->fields[i].name) ||
		    !has_string(f, f->fields[i].type))
			return false;
	return true;
}

int fact_writer_check(struct fact_writer *w, const struct fact_body *body)
{
	if (has_body(w->facts, body))
		return 0;
	return store_fail(w->store, EINVAL,
			  "the facts of a file name something that they do not "
			  "have");
}
