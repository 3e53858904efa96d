// SPDX-License-Identifier: GPL-2.0-only
/* Putting a graph together: plain appending; all order is made at the end. */
#include <string.h>

#include "util/alloc.h"

#include "callgraph/graph-internal.h"

struct graph *graph_new(void)
{
	struct graph *g = xcalloc(1, sizeof(*g));

	interner_init(&g->strings);
	return g;
}

void graph_free(struct graph *g)
{
	uint32_t i;

	if (!g)
		return;
	graph_index_release(g);
	for (i = 0; i < g->nr_configs; i++)
		free(g->config[i]);
	free(g->config);
	free(g->symbols);
	free(g->calls);
	free(g->args);
	free(g->guards);
	free(g->assigns);
	free(g->fields);
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

void graph_add_call(struct graph *g, const struct graph_call *call,
		    const struct graph_arg *args,
		    const struct graph_guard *guards)
{
	struct graph_call *last;
	uint32_t i;

	APPEND(g, calls, *call);
	last = &g->calls[g->nr_calls - 1];
	last->first_arg = g->nr_args;
	last->first_guard = g->nr_guards;
	for (i = 0; i < call->nr_args; i++)
		APPEND(g, args, args[i]);
	for (i = 0; i < call->nr_guards; i++)
		APPEND(g, guards, guards[i]);
}

void graph_add_assign(struct graph *g, const struct graph_assign *assign)
{
	APPEND(g, assigns, *assign);
}

void graph_add_field(struct graph *g, const struct graph_field *field)
{
	APPEND(g, fields, *field);
}

void graph_add_config(struct graph *g, uint32_t config, const char *name)
{
	if (config > g->nr_configs) {
		g->config = xrealloc(g->config, config * sizeof(*g->config));
		memset(g->config + g->nr_configs, 0,
		       (config - g->nr_configs) * sizeof(*g->config));
		g->nr_configs = config;
	}
	free(g->config[config - 1]);
	g->config[config - 1] = xstrdup(name);
}

/* Strings that things are sorted by: of symbols and places. */
static uint32_t *rank_of_places(const struct graph *g)
{
	uint32_t *rank = xcalloc(g->strings.nr, sizeof(*rank));
	uint32_t i;

	for (i = 0; i < g->nr_symbols; i++) {
		rank[g->symbols[i].name] = 1;
		rank[g->symbols[i].file] = 1;
	}
	for (i = 0; i < g->nr_calls; i++)
		rank[g->calls[i].file] = 1;
	for (i = 0; i < g->nr_assigns; i++)
		rank[g->assigns[i].file] = 1;
	for (i = 0; i < g->nr_fields; i++) {
		rank[g->fields[i].record] = 1;
		rank[g->fields[i].name] = 1;
	}
	graph_rank_strings(g, rank);
	return rank;
}

void graph_finish(struct graph *g)
{
	uint32_t *rank = rank_of_places(g);

	graph_sort_symbols(g, rank);
	graph_sort_calls(g, rank);
	graph_sort_assigns(g, rank);
	graph_sort_fields(g, rank);
	free(rank);
	/* adds strings, and the other indices are as long as there are strings
	 */
	graph_index_paths(g);
	graph_index(g);
}
