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

uint32_t graph_nr_configs(const struct graph *g)
{
	return g->nr_configs;
}

const char *graph_config_name(const struct graph *g, uint32_t config)
{
	if (!config || config > g->nr_configs || !g->config[config - 1])
		return "";
	return g->config[config - 1];
}

uint32_t graph_symbols_named(const struct graph *g, const char *name,
			     uint32_t *first)
{
	uint32_t string = graph_find_string(g, name), end;

	*first = string == UINT32_MAX ? GRAPH_NONE : g->named[string];
	if (*first == GRAPH_NONE)
		return 0;
	for (end = *first; end < g->nr_symbols; end++) {
		if (g->symbols[end].name != string)
			break;
	}
	return end - *first;
}

uint32_t graph_find_symbol(const struct graph *g, uint32_t config,
			   enum symbol_kind kind, const char *name)
{
	uint32_t first, nr = graph_symbols_named(g, name, &first), i;

	for (i = first; i < first + nr; i++) {
		const struct graph_symbol *s = &g->symbols[i];

		if (!s->is_static && s->config == config && s->kind == kind)
			return i;
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
		range.first = g->calls + g->calls_from[fn];
		range.nr = g->calls_from[fn + 1] - g->calls_from[fn];
	}
	return range;
}

uint32_t graph_call_number(const struct graph *g, const struct graph_call *call)
{
	return call - g->calls;
}

static struct graph_list csr_list(const struct graph_csr *csr, uint32_t key)
{
	struct graph_list list = { NULL, 0 };

	if (key < csr->nr_keys) {
		list.first = csr->item + csr->start[key];
		list.nr = csr->start[key + 1] - csr->start[key];
	}
	return list;
}

struct graph_list graph_calls_to(const struct graph *g, uint32_t fn)
{
	return csr_list(&g->calls_to, fn);
}

struct graph_list graph_calls_through(const struct graph *g, uint32_t slot)
{
	return csr_list(&g->calls_through, slot);
}

struct graph_arg_range graph_args(const struct graph *g,
				  const struct graph_call *call)
{
	return (struct graph_arg_range){ g->args + call->first_arg,
					 call->nr_args };
}

struct graph_guard_range graph_guards(const struct graph *g,
				      const struct graph_call *call)
{
	return (struct graph_guard_range){ g->guards + call->first_guard,
					   call->nr_guards };
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

	/* those at file scope stand behind those of the last function */
	if (fn == GRAPH_NONE)
		fn = g->nr_symbols;
	if (fn <= g->nr_symbols) {
		range.first = g->assigns + g->assigns_in[fn];
		range.nr = g->assigns_in[fn + 1] - g->assigns_in[fn];
	}
	return range;
}

struct graph_list graph_assigns_to_slot(const struct graph *g, uint32_t slot)
{
	return csr_list(&g->assigns_to_slot, slot);
}

struct graph_list graph_assigns_to_global(const struct graph *g, uint32_t var)
{
	return csr_list(&g->assigns_to_global, var);
}

struct graph_list graph_assigns_of(const struct graph *g, uint32_t symbol)
{
	return csr_list(&g->assigns_of, symbol);
}

struct graph_list graph_calls_passing(const struct graph *g, uint32_t symbol)
{
	return csr_list(&g->calls_passing, symbol);
}

/* -1, 0, 1: @f stands before, among, after the fields of the record. */
static int cmp_record(const struct graph *g, const struct graph_field *f,
		      uint32_t config, uint32_t record)
{
	if (f->config != config)
		return f->config < config ? -1 : 1;
	if (f->record == record)
		return 0;
	return strcmp(graph_string(g, f->record), graph_string(g, record));
}

struct graph_field_range graph_fields(const struct graph *g, uint32_t config,
				      uint32_t record)
{
	struct graph_field_range range = { NULL, 0 };
	uint32_t low = 0, high = g->nr_fields;

	if (record >= g->strings.nr)
		return range;
	while (low < high) {
		uint32_t mid = low + (high - low) / 2;

		if (cmp_record(g, &g->fields[mid], config, record) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	range.first = g->fields + low;
	for (; low < g->nr_fields; low++, range.nr++) {
		if (cmp_record(g, &g->fields[low], config, record))
			break;
	}
	return range;
}

uint32_t graph_path_slot(const struct graph *g, uint32_t path)
{
	return path < g->nr_strings ? g->slot_of_path[path] : 0;
}
