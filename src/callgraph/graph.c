// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reading a finished graph: everything is an array or a run of one. A number
 * that is not there gives an empty run, so callers may pass GRAPH_NONE on.
 */
#include <string.h>

#include "callgraph/graph-internal.h"

const char *graph_string(const struct graph *g, uint32_t string)
{
	return interner_get(&g->strings, string);
}

uint32_t graph_find_string(const struct graph *g, const char *s)
{
	return interner_find(&g->strings, s);
}

uint32_t graph_nr_symbols(const struct graph *g)
{
	return g->nr_symbols;
}

const struct graph_symbol *graph_symbol(const struct graph *g, uint32_t symbol)
{
	return &g->symbols[symbol];
}

const char *graph_name(const struct graph *g, uint32_t symbol)
{
	return graph_string(g, g->symbols[symbol].name);
}

const char *graph_config(const struct graph *g)
{
	return g->config ? g->config : "";
}

uint32_t graph_find_symbol(const struct graph *g, enum symbol_kind kind,
			   const char *name)
{
	struct graph_list list = graph_symbols_named(g, name);
	uint32_t i;

	for (i = 0; i < list.nr; i++) {
		const struct graph_symbol *s = &g->symbols[list.first[i]];

		if (!s->is_static && s->kind == kind)
			return list.first[i];
	}
	return GRAPH_NONE;
}

uint32_t graph_nr_calls(const struct graph *g)
{
	return g->nr_calls;
}

const struct graph_call *graph_call(const struct graph *g, uint32_t call)
{
	return &g->calls[call];
}

struct graph_call_range graph_calls_from(const struct graph *g, uint32_t fn)
{
	struct graph_call_range range = { NULL, 0 };

	if (fn < g->nr_symbols) {
		range.first = g->calls + g->calls_from[fn].first;
		range.nr = g->calls_from[fn].nr;
	}
	return range;
}

uint32_t graph_call_number(const struct graph *g, const struct graph_call *call)
{
	return call - g->calls;
}

struct graph_arg_range graph_args(const struct graph *g,
				  const struct graph_call *call)
{
	return (struct graph_arg_range){ g->args + call->first_arg,
					 call->nr_args };
}

struct graph_decision graph_decision(const struct graph *g,
				     const struct graph_call *call)
{
	if (!call->decided)
		return (struct graph_decision){ 0 };
	return g->decisions[call->decided - 1];
}

struct graph_guard_range graph_guards(const struct graph *g,
				      const struct graph_call *call)
{
	struct graph_decision d = graph_decision(g, call);

	return (struct graph_guard_range){ g->guards + d.first_guard,
					   d.nr_guards };
}

struct graph_cond_range graph_conds(const struct graph *g,
				    const struct graph_call *call)
{
	struct graph_decision d = graph_decision(g, call);

	return (struct graph_cond_range){ g->conds + d.first_cond, d.nr_conds };
}

uint32_t graph_nr_assigns(const struct graph *g)
{
	return g->nr_assigns;
}

const struct graph_assign *graph_assign(const struct graph *g, uint32_t assign)
{
	return &g->assigns[assign];
}

struct graph_assign_range graph_assigns_in(const struct graph *g, uint32_t fn)
{
	struct graph_assign_range range = { NULL, 0 };

	if (fn < g->nr_symbols) {
		range.first = g->assigns + g->assigns_in[fn].first;
		range.nr = g->assigns_in[fn].nr;
	}
	return range;
}

uint32_t graph_path_slot(const struct graph *g, const char *path)
{
	char small[128], *text = small;
	const char *field;
	uint32_t slot;
	size_t len;

	field = path_last_field(path, &len);
	if (!field)
		return 0;
	if (len >= sizeof(small))
		text = xmalloc(len + 1);
	memcpy(text, field, len);
	text[len] = '\0';
	slot = graph_find_string(g, text);
	if (text != small)
		free(text);
	return slot == UINT32_MAX ? 0 : slot;
}
