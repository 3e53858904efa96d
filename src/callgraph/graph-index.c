// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who calls, passes, assigns what: lists of numbers by symbol or string, made
 * by counting, so they are in the order of the arrays.
 */
#include <string.h>

#include "util/alloc.h"

#include "callgraph/graph-internal.h"

/* A list builder goes over everything twice: once to count, once to fill. */
struct csr_build {
	struct graph_csr *csr;
	uint32_t *last; /* by key: item added last, plus 1 */
	uint32_t *fill; /* by key: where the next item goes; NULL: counting */
};

/* An item that is there already was just added: it is added once. */
static void csr_add(struct csr_build *b, uint32_t key, uint32_t item)
{
	if (key >= b->csr->nr_keys || b->last[key] == item + 1)
		return;
	b->last[key] = item + 1;
	if (b->fill)
		b->csr->item[b->fill[key]++] = item;
	else
		b->csr->start[key + 1]++;
}

static void
csr_build(struct graph_csr *csr, const struct graph *g, uint32_t nr_keys,
	  void (*add_all)(struct csr_build *b, const struct graph *g))
{
	struct csr_build b = { .csr = csr };
	uint32_t i;

	csr->nr_keys = nr_keys;
	csr->start = xcalloc((size_t)nr_keys + 1, sizeof(*csr->start));
	b.last = xcalloc((size_t)nr_keys + 1, sizeof(*b.last));
	add_all(&b, g);
	for (i = 0; i < nr_keys; i++)
		csr->start[i + 1] += csr->start[i];
	csr->item =
		xmalloc(((size_t)csr->start[nr_keys] + 1) * sizeof(*csr->item));
	b.fill = xmemdup(csr->start, ((size_t)nr_keys + 1) * sizeof(*b.fill));
	memset(b.last, 0, (size_t)nr_keys * sizeof(*b.last));
	add_all(&b, g);
	free(b.fill);
	free(b.last);
}

static void csr_release(struct graph_csr *csr)
{
	free(csr->start);
	free(csr->item);
}

static void add_calls_to(struct csr_build *b, const struct graph *g)
{
	uint32_t i;

	for (i = 0; i < g->nr_calls; i++) {
		if (g->calls[i].target.kind == VALUE_FUNC)
			csr_add(b, g->calls[i].target.base, i);
	}
}

static void add_calls_through(struct csr_build *b, const struct graph *g)
{
	uint32_t i, slot;

	for (i = 0; i < g->nr_calls; i++) {
		slot = graph_path_slot(g, g->calls[i].target.path);
		if (slot && g->calls[i].target.kind != VALUE_FUNC)
			csr_add(b, slot, i);
	}
}

/* The result of a call is not the function: VALUE_CALL is left out. */
static void add_use(struct csr_build *b, const struct graph_value *v,
		    uint32_t item)
{
	if (v->kind == VALUE_GLOBAL || v->kind == VALUE_FUNC)
		csr_add(b, v->base, item);
}

static void add_calls_passing(struct csr_build *b, const struct graph *g)
{
	uint32_t i, k;

	for (i = 0; i < g->nr_calls; i++) {
		for (k = 0; k < g->calls[i].nr_args; k++)
			add_use(b, &g->args[g->calls[i].first_arg + k].value,
				i);
	}
}

static void add_assigns_to_slot(struct csr_build *b, const struct graph *g)
{
	uint32_t i;

	for (i = 0; i < g->nr_assigns; i++) {
		if (g->assigns[i].slot)
			csr_add(b, g->assigns[i].slot, i);
	}
}

static void add_assigns_to_global(struct csr_build *b, const struct graph *g)
{
	uint32_t i;

	for (i = 0; i < g->nr_assigns; i++) {
		if (g->assigns[i].lhs.kind == VALUE_GLOBAL)
			csr_add(b, g->assigns[i].lhs.base, i);
	}
}

static void add_assigns_of(struct csr_build *b, const struct graph *g)
{
	uint32_t i;

	for (i = 0; i < g->nr_assigns; i++)
		add_use(b, &g->assigns[i].rhs, i);
}

/* Both arrays are sorted by function; NONE is as if it were the next one. */
static void index_functions(struct graph *g)
{
	uint32_t i, nr = g->nr_symbols;
	uint32_t *calls = xcalloc((size_t)nr + 2, sizeof(*calls));
	uint32_t *assigns = xcalloc((size_t)nr + 2, sizeof(*assigns));

	for (i = 0; i < g->nr_calls; i++)
		calls[g->calls[i].caller + 1]++;
	for (i = 0; i < g->nr_assigns; i++) {
		uint32_t func = g->assigns[i].func;

		assigns[(func == GRAPH_NONE ? nr : func) + 1]++;
	}
	for (i = 1; i < nr + 2; i++) {
		calls[i] += calls[i - 1];
		assigns[i] += assigns[i - 1];
	}
	g->calls_from = calls;
	g->assigns_in = assigns;
}

static void index_names(struct graph *g)
{
	uint32_t i;

	g->named = xmalloc((size_t)g->strings.nr * sizeof(*g->named));
	memset(g->named, 0xff, (size_t)g->strings.nr * sizeof(*g->named));
	for (i = g->nr_symbols; i-- > 0;)
		g->named[g->symbols[i].name] = i;
}

/* slot[path], computed once for each path; @slot is as long as @nr. */
static void note_path(struct graph *g, uint32_t *slot, uint32_t path)
{
	const char *field;
	size_t len;

	if (!path || slot[path] != UINT32_MAX)
		return;
	field = path_last_field(interner_get(&g->strings, path), &len);
	/* not handed to the interner in place: it moves its text */
	if (field) {
		char *copy = xstrndup(field, len);

		slot[path] = interner_add(&g->strings, copy, len);
		free(copy);
	} else {
		slot[path] = 0;
	}
}

void graph_index_paths(struct graph *g)
{
	uint32_t i, nr = g->strings.nr;
	uint32_t *slot = xmalloc((size_t)nr * sizeof(*slot));

	memset(slot, 0xff, (size_t)nr * sizeof(*slot));
	for (i = 0; i < g->nr_calls; i++)
		note_path(g, slot, g->calls[i].target.path);
	for (i = 0; i < g->nr_args; i++)
		note_path(g, slot, g->args[i].value.path);
	for (i = 0; i < g->nr_assigns; i++) {
		note_path(g, slot, g->assigns[i].lhs.path);
		note_path(g, slot, g->assigns[i].rhs.path);
	}
	for (i = 0; i < nr; i++) {
		if (slot[i] == UINT32_MAX)
			slot[i] = 0;
	}
	g->slot_of_path = slot;
	g->nr_strings = nr;
}

void graph_index(struct graph *g)
{
	uint32_t strings = g->strings.nr, symbols = g->nr_symbols;

	index_names(g);
	index_functions(g);
	csr_build(&g->calls_to, g, symbols, add_calls_to);
	csr_build(&g->calls_through, g, strings, add_calls_through);
	csr_build(&g->calls_passing, g, symbols, add_calls_passing);
	csr_build(&g->assigns_to_slot, g, strings, add_assigns_to_slot);
	csr_build(&g->assigns_to_global, g, symbols, add_assigns_to_global);
	csr_build(&g->assigns_of, g, symbols, add_assigns_of);
}

void graph_index_release(struct graph *g)
{
	free(g->named);
	free(g->slot_of_path);
	free(g->calls_from);
	free(g->assigns_in);
	csr_release(&g->calls_to);
	csr_release(&g->calls_through);
	csr_release(&g->calls_passing);
	csr_release(&g->assigns_to_slot);
	csr_release(&g->assigns_to_global);
	csr_release(&g->assigns_of);
}
