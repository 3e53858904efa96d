// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who calls, passes, assigns what: lists of numbers by symbol or string, in the
 * order of the arrays.
 */
#include <string.h>

#include "util/alloc.h"
#include "util/aside.h"

#include "callgraph/graph-internal.h"

static void add_calls_to(struct csr_build *b, const struct graph *g)
{
	uint32_t i;

	for (i = 0; i < g->nr_calls; i++)
		if (g->calls[i].target.kind == VALUE_FUNC)
			csr_add(b, g->calls[i].target.base, i);
}

static void add_calls_through(struct csr_build *b, const struct graph *g)
{
	uint32_t i;

	for (i = 0; i < g->nr_indirect; i++)
		if (g->slots_called[i])
			csr_add(b, g->slots_called[i], g->indirect[i]);
}

/* Looked up once, and not each time they are gone through. */
static void find_slots_called(struct graph *g)
{
	uint32_t i;

	g->slots_called =
		xmalloc(((size_t)g->nr_indirect + 1) * sizeof(uint32_t));
	for (i = 0; i < g->nr_indirect; i++) {
		const struct graph_call *c = &g->calls[g->indirect[i]];

		g->slots_called[i] =
			graph_path_slot(g, graph_string(g, c->target.path));
	}
}

/* The result of a call is not the function: VALUE_CALL is left out. */
static bool is_use(const struct graph_value *v)
{
	return v->kind == VALUE_GLOBAL || v->kind == VALUE_FUNC;
}

/* The same symbol in an argument before? A call passes it once. */
static bool is_again(const struct graph_arg *args, uint32_t at)
{
	uint32_t i;

	for (i = 0; i < at; i++)
		if (is_use(&args[i].value) &&
		    args[i].value.base == args[at].value.base)
			return true;
	return false;
}

static void add_calls_passing(struct csr_build *b, const struct graph *g)
{
	uint32_t i, k;

	for (i = 0; i < g->nr_calls; i++) {
		const struct graph_arg *args = g->args + g->calls[i].first_arg;

		for (k = 0; k < g->calls[i].nr_args; k++)
			if (is_use(&args[k].value) && !is_again(args, k))
				csr_add(b, args[k].value.base, i);
	}
}

static void add_assigns_to_slot(struct csr_build *b, const struct graph *g)
{
	uint32_t i;

	for (i = 0; i < g->nr_assigns; i++)
		if (g->assigns[i].slot)
			csr_add(b, g->assigns[i].slot, i);
}

static void add_assigns_to_global(struct csr_build *b, const struct graph *g)
{
	uint32_t i;

	for (i = 0; i < g->nr_assigns; i++)
		if (g->assigns[i].lhs.kind == VALUE_GLOBAL)
			csr_add(b, g->assigns[i].lhs.base, i);
}

static void add_assigns_of(struct csr_build *b, const struct graph *g)
{
	uint32_t i;

	for (i = 0; i < g->nr_assigns; i++)
		if (is_use(&g->assigns[i].rhs))
			csr_add(b, g->assigns[i].rhs.base, i);
}

static void add_named(struct csr_build *b, const struct graph *g)
{
	uint32_t i;

	for (i = 0; i < g->nr_symbols; i++)
		csr_add(b, g->symbols[i].name, i);
}

/*
 * A static function without a file was named by an attribute, which does not
 * say where it stands: the external function of that name is meant, or else the
 * static one, where there is one only.
 */
static bool is_unplaced(const struct graph_symbol *s)
{
	return s->kind == SYMBOL_FUNC && s->is_static && !s->defined &&
	       !s->file;
}

static uint32_t find_meant(const struct graph *g, uint32_t symbol)
{
	const struct graph_csr *named = &g->named;
	uint32_t name = g->symbols[symbol].name, found = GRAPH_NONE, nr = 0, i;

	for (i = named->start[name]; i < named->start[name + 1]; i++) {
		const struct graph_symbol *s = &g->symbols[named->item[i]];

		if (s->kind != SYMBOL_FUNC || !s->defined)
			continue;
		if (!s->is_static)
			return named->item[i];
		found = named->item[i];
		nr++;
	}
	return nr == 1 ? found : symbol;
}

static void link_unplaced(struct graph *g)
{
	uint32_t *meant = NULL, i;

	for (i = 0; i < g->nr_symbols; i++) {
		if (!is_unplaced(&g->symbols[i]))
			continue;
		if (!meant)
			meant = xcalloc(g->nr_symbols, sizeof(*meant));
		meant[i] = find_meant(g, i) + 1;
	}
	for (i = 0; meant && i < g->nr_calls; i++) {
		struct graph_value *target = &g->calls[i].target;

		if (target->kind == VALUE_FUNC && meant[target->base])
			target->base = meant[target->base] - 1;
	}
	free(meant);
}

static void find_indirect(struct graph *g)
{
	uint32_t i;

	for (i = 0; i < g->nr_calls; i++) {
		if (g->calls[i].target.kind == VALUE_FUNC)
			continue;
		ALLOC_GROW(g->indirect, (size_t)g->nr_indirect + 1,
			   g->alloc_indirect);
		g->indirect[g->nr_indirect++] = i;
	}
}

/* Looks at no call's target, which the other one may change. */
static void index_others(void *data)
{
	struct graph *g = data;
	uint32_t strings = g->strings.nr, symbols = g->nr_symbols;

	graph_sort_fields(g);
	csr_make(&g->assigns_to_slot, g, strings, add_assigns_to_slot);
	csr_make(&g->assigns_to_global, g, symbols, add_assigns_to_global);
	csr_make(&g->assigns_of, g, symbols, add_assigns_of);
	csr_make(&g->calls_passing, g, symbols, add_calls_passing);
}

static void index_calls(struct graph *g)
{
	uint32_t strings = g->strings.nr, symbols = g->nr_symbols;

	find_indirect(g);
	csr_make(&g->named, g, strings, add_named);
	link_unplaced(g);
	csr_make(&g->calls_to, g, symbols, add_calls_to);
	find_slots_called(g);
	csr_make(&g->calls_through, g, strings, add_calls_through);
	free(g->slots_called);
	g->slots_called = NULL;
}

void graph_index(struct graph *g)
{
	struct aside others;

	aside_start(&others, index_others, g);
	index_calls(g);
	aside_wait(&others);
}

void graph_index_release(struct graph *g)
{
	free(g->calls_from);
	free(g->assigns_in);
	free(g->indirect);
	csr_release(&g->named);
	free(g->fields_of);
	csr_release(&g->calls_to);
	csr_release(&g->calls_through);
	csr_release(&g->assigns_to_slot);
	csr_release(&g->assigns_to_global);
	csr_release(&g->calls_passing);
	csr_release(&g->assigns_of);
}

/* ---- reading ---- */

static struct graph_list csr_list(const struct graph_csr *csr, uint32_t key)
{
	struct graph_list list = { NULL, 0 };

	if (key < csr->nr_keys) {
		list.first = csr->item + csr->start[key];
		list.nr = csr->start[key + 1] - csr->start[key];
	}
	return list;
}

struct graph_list graph_assigns_of(const struct graph *g, uint32_t symbol)
{
	return csr_list(&g->assigns_of, symbol);
}

struct graph_list graph_calls_passing(const struct graph *g, uint32_t symbol)
{
	return csr_list(&g->calls_passing, symbol);
}

struct graph_list graph_calls_to(const struct graph *g, uint32_t fn)
{
	return csr_list(&g->calls_to, fn);
}

struct graph_list graph_calls_through(const struct graph *g, uint32_t slot)
{
	return csr_list(&g->calls_through, slot);
}

struct graph_list graph_indirect_calls(const struct graph *g)
{
	return (struct graph_list){ g->indirect, g->nr_indirect };
}

struct graph_list graph_assigns_to_slot(const struct graph *g, uint32_t slot)
{
	return csr_list(&g->assigns_to_slot, slot);
}

struct graph_list graph_assigns_to_global(const struct graph *g, uint32_t var)
{
	return csr_list(&g->assigns_to_global, var);
}

struct graph_list graph_symbols_named(const struct graph *g, const char *name)
{
	return csr_list(&g->named, graph_find_string(g, name));
}

struct graph_module_range graph_modules(const struct graph *g)
{
	return (struct graph_module_range){ g->modules, g->nr_modules };
}

struct graph_field_range graph_fields(const struct graph *g, uint32_t record)
{
	struct graph_field_range range = { NULL, 0 };

	if (record < g->strings.nr) {
		range.first = g->fields + g->fields_of[record];
		range.nr = g->fields_of[record + 1] - g->fields_of[record];
	}
	return range;
}
