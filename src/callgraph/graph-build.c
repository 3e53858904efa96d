// SPDX-License-Identifier: GPL-2.0-only
/*
 * Putting a graph together by hand: plain appending, in any order. The elements
 * of a function are brought together at the end and stay in the order in which
 * they were added.
 */
#include <string.h>

#include "util/alloc.h"

#include "callgraph/graph-internal.h"
#include "callgraph/graph-literals.h"

struct graph *graph_new(void)
{
	struct graph *g = xcalloc(1, sizeof(*g));

	interner_init(&g->strings);
	return g;
}

void graph_free(struct graph *g)
{
	if (!g)
		return;
	graph_index_release(g);
	graph_free_literals(g->literals);
	free(g->config);
	free(g->symbols);
	free(g->calls);
	free(g->args);
	free(g->guards);
	free(g->conds);
	free(g->decisions);
	free(g->assigns);
	free(g->fields);
	free(g->modules);
	interner_release(&g->strings);
	free(g);
}

uint32_t graph_add_string(struct graph *g, const char *s)
{
	return interner_addstr(&g->strings, s);
}

#define APPEND(g, array, element)                                              \
	do {                                                                   \
		ALLOC_GROW((g)->array, (size_t)(g)->nr_##array + 1,            \
			   (g)->alloc_##array);                                \
		(g)->array[(g)->nr_##array++] = (element);                     \
	} while (0)

uint32_t graph_add_symbol(struct graph *g, const struct graph_symbol *sym)
{
	APPEND(g, symbols, *sym);
	return g->nr_symbols - 1;
}

/* The field that a path ends in is a string, too. */
static void add_slot(struct graph *g, uint32_t path)
{
	size_t len;
	const char *field;
	char *text;

	field = path_last_field(interner_get(&g->strings, path), &len);
	if (!field)
		return;
	/* not handed to the interner in place: it moves its text */
	text = xstrndup(field, len);
	graph_add_string(g, text);
	free(text);
}

/* Of the call that was added last. */
static struct graph_decision *last_decision(struct graph *g)
{
	struct graph_call *last = &g->calls[g->nr_calls - 1];
	uint32_t number = g->nr_guards + g->nr_conds;

	if (!last->decided) {
		ALLOC_GROW(g->decisions, (size_t)number + 1,
			   g->alloc_decisions);
		g->decisions[number] = (struct graph_decision){
			.first_guard = g->nr_guards,
			.first_cond = g->nr_conds,
		};
		last->decided = number + 1;
	}
	return &g->decisions[last->decided - 1];
}

void graph_add_call(struct graph *g, const struct graph_call *call,
		    const struct graph_arg *args,
		    const struct graph_guard *guard)
{
	struct graph_call *last;
	uint32_t i;

	APPEND(g, calls, *call);
	last = &g->calls[g->nr_calls - 1];
	last->first_arg = g->nr_args;
	last->decided = 0;
	add_slot(g, call->target.path);
	for (i = 0; i < call->nr_args; i++) {
		APPEND(g, args, args[i]);
		add_slot(g, args[i].value.path);
	}
	if (guard) {
		last_decision(g)->nr_guards = 1;
		APPEND(g, guards, *guard);
	}
}

void graph_add_conds(struct graph *g, const struct graph_cond *conds,
		     uint8_t nr)
{
	uint8_t i;

	if (nr)
		last_decision(g)->nr_conds += nr;
	for (i = 0; i < nr; i++)
		APPEND(g, conds, conds[i]);
}

void graph_add_assign(struct graph *g, const struct graph_assign *assign)
{
	APPEND(g, assigns, *assign);
	add_slot(g, assign->lhs.path);
	add_slot(g, assign->rhs.path);
}

void graph_add_field(struct graph *g, const struct graph_field *field)
{
	APPEND(g, fields, *field);
}

void graph_add_module(struct graph *g, uint32_t file, uint32_t module)
{
	struct graph_module m = { .file = file, .module = module };

	APPEND(g, modules, m);
}

void graph_set_config(struct graph *g, const char *name)
{
	free(g->config);
	g->config = xstrdup(name);
}

/*
 * Where each of @nr elements goes that belongs to @owner[i], so that all of one
 * owner stand together; fills the spans of owners.
 */
static uint32_t *group(const uint32_t *owner, uint32_t nr,
		       struct graph_span *span, uint32_t nr_owners)
{
	uint32_t *place = xmalloc(((size_t)nr + 1) * sizeof(*place));
	uint32_t i, at = 0;

	for (i = 0; i < nr; i++)
		span[owner[i]].nr++;
	for (i = 0; i < nr_owners; i++) {
		span[i].first = at;
		at += span[i].nr;
		span[i].nr = 0;
	}
	for (i = 0; i < nr; i++)
		place[i] = span[owner[i]].first + span[owner[i]].nr++;
	return place;
}

static void group_calls(struct graph *g)
{
	uint32_t *owner = xmalloc(((size_t)g->nr_calls + 1) * sizeof(*owner));
	struct graph_call *calls;
	uint32_t *place;
	uint32_t i;

	for (i = 0; i < g->nr_calls; i++)
		owner[i] = g->calls[i].caller;
	place = group(owner, g->nr_calls, g->calls_from, g->nr_symbols);
	calls = xmalloc(((size_t)g->nr_calls + 1) * sizeof(*calls));
	for (i = 0; i < g->nr_calls; i++)
		calls[place[i]] = g->calls[i];
	free(g->calls);
	g->calls = calls;
	free(place);
	free(owner);
}

/* Those at file scope are nobody's, and stand behind all others. */
static void group_assigns(struct graph *g)
{
	uint32_t *owner = xmalloc(((size_t)g->nr_assigns + 1) * sizeof(*owner));
	struct graph_assign *assigns;
	uint32_t *place;
	uint32_t i;

	for (i = 0; i < g->nr_assigns; i++)
		owner[i] = g->assigns[i].func == GRAPH_NONE
				   ? g->nr_symbols
				   : g->assigns[i].func;
	place = group(owner, g->nr_assigns, g->assigns_in, g->nr_symbols + 1);
	assigns = xmalloc(((size_t)g->nr_assigns + 1) * sizeof(*assigns));
	for (i = 0; i < g->nr_assigns; i++)
		assigns[place[i]] = g->assigns[i];
	free(g->assigns);
	g->assigns = assigns;
	free(place);
	free(owner);
}

void graph_finish(struct graph *g)
{
	size_t nr = (size_t)g->nr_symbols + 1;

	g->calls_from = xcalloc(nr, sizeof(*g->calls_from));
	g->assigns_in = xcalloc(nr, sizeof(*g->assigns_in));
	group_calls(g);
	group_assigns(g);
	graph_index(g);
}
