// SPDX-License-Identifier: GPL-2.0-only
/* Inferred edges of the call graph: see edges.h. */
#include <string.h>

#include "rules/edges-internal.h"

/* As strcmp() on names, then files: numbers of symbols say little. */
int edges_cmp_functions(const struct graph *g, uint32_t a, uint32_t b)
{
	const struct graph_symbol *x = graph_symbol(g, a);
	const struct graph_symbol *y = graph_symbol(g, b);
	int ret;

	if (a == b)
		return 0;
	ret = strcmp(graph_string(g, x->name), graph_string(g, y->name));
	if (!ret)
		ret = strcmp(graph_string(g, x->file),
			     graph_string(g, y->file));
	return ret ? ret : (a > b) - (a < b);
}

static int by_caller(const void *a, const void *b, void *data)
{
	const struct edge *x = a, *y = b;
	int ret;

	if (x->caller != y->caller)
		return x->caller < y->caller ? -1 : 1;
	if (x->call != y->call)
		return x->call < y->call ? -1 : 1;
	ret = edges_cmp_functions(data, x->callee, y->callee);
	if (ret)
		return ret;
	if (x->reach != y->reach)
		return (int)x->reach - (int)y->reach;
	if (x->kind != y->kind)
		return (int)x->kind - (int)y->kind;
	return (int)x->unsure - (int)y->unsure;
}

static int by_callee(const void *a, const void *b, void *data)
{
	const struct edge *list = data;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	if (list[x].callee != list[y].callee)
		return list[x].callee < list[y].callee ? -1 : 1;
	return x < y ? -1 : 1;
}

/* A function found in several ways is called once, in the surest of them. */
static void drop_duplicates(struct edges *e)
{
	uint32_t i, nr = 0;

	for (i = 0; i < e->nr; i++)
		if (!nr || e->list[i].call != e->list[nr - 1].call ||
		    e->list[i].callee != e->list[nr - 1].callee)
			e->list[nr++] = e->list[i];
	e->nr = nr;
}

void edges_add(struct edges *e, const struct edge_list *more)
{
	uint32_t i;

	if (!more->nr)
		return;
	e->list = xrealloc(e->list,
			   ((size_t)e->nr + more->nr) * sizeof(*e->list));
	memcpy(e->list + e->nr, more->list, more->nr * sizeof(*e->list));
	e->nr += more->nr;
	qsort_r(e->list, e->nr, sizeof(*e->list), by_caller, (void *)e->r.g);
	drop_duplicates(e);
	free(e->by_callee);
	e->by_callee = xcalloc(e->nr, sizeof(*e->by_callee));
	for (i = 0; i < e->nr; i++)
		e->by_callee[i] = i;
	qsort_r(e->by_callee, e->nr, sizeof(*e->by_callee), by_callee, e->list);
}

const struct called *edges_called(const struct edges *edges, uint32_t fn,
				  uint32_t param)
{
	const struct called *found = NULL, *c;
	uint32_t i;

	for (i = 0; i < edges->nr_called; i++) {
		c = &edges->called[i];
		if (c->fn == fn && c->param == param &&
		    (!found || (found->unsure && !c->unsure)))
			found = c;
	}
	return found;
}

void edges_release(struct edges *edges)
{
	edges_end(edges);
	free(edges->list);
	free(edges->by_callee);
	free(edges->called);
	field_edges_free(edges->fields);
	string_list_release(&edges->cut);
	resolver_release(&edges->r);
	memset(edges, 0, sizeof(*edges));
}

void edges_set_driver(struct edges *edges, const char *record)
{
	field_edges_set_driver(edges->fields, record);
}

void edges_find_from(struct edges *edges, uint32_t caller)
{
	field_edges_find_from(edges->fields, caller);
}

void edges_find_all(struct edges *edges)
{
	field_edges_find_all(edges->fields);
}

struct modules *edges_modules(const struct edges *edges)
{
	return edges->fields->modules;
}

void edges_name_cut(const struct edges *edges, struct string_list *names)
{
	size_t i;

	field_edges_name_cut(edges->fields, names);
	for (i = 0; i < edges->cut.nr; i++)
		string_list_add(names, edges->cut.item[i]);
}

/* First inferred edge of a caller (or, in by_callee, of a callee). */
static uint32_t lower_bound(const struct edges *e, uint32_t fn, bool callee)
{
	uint32_t lo = 0, hi = e->nr;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		uint32_t have = callee ? e->list[e->by_callee[mid]].callee
				       : e->list[mid].caller;

		if (have < fn)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* The edges of one call, from @at on. */
static int edges_of_call(const struct edges *e, uint32_t caller, uint32_t call,
			 uint32_t *at,
			 int (*fn)(const struct edge *e, void *data),
			 void *data)
{
	int ret = 0;

	while (!ret && *at < e->nr && e->list[*at].caller == caller &&
	       e->list[*at].call == call)
		ret = fn(&e->list[(*at)++], data);
	return ret;
}

int edges_from(const struct edges *edges, const struct graph *g,
	       uint32_t caller, int (*fn)(const struct edge *e, void *data),
	       void *data)
{
	struct graph_call_range calls = graph_calls_from(g, caller);
	uint32_t at = lower_bound(edges, caller, false), i;
	struct field_run field = { NULL, 0 };
	int ret = 0;

	if (edges->fields)
		field = field_edges_from(edges->fields, caller);
	for (i = 0; i < calls.nr && !ret; i++) {
		const struct graph_call *c = &calls.first[i];
		uint32_t number = graph_call_number(g, c);
		struct edge direct = {
			.caller = caller,
			.callee = c->target.base,
			.call = number,
			.kind = EDGE_DIRECT,
		};

		if (c->target.kind == VALUE_FUNC)
			ret = fn(&direct, data);
		if (!ret)
			ret = edges_of_call(edges, caller, number, &at, fn,
					    data);
		for (; !ret && field.nr && field.first->call == number;
		     field.first++, field.nr--)
			ret = fn(field.first, data);
	}
	return ret;
}

static int inferred_to(const struct edges *edges, uint32_t callee,
		       int (*fn)(const struct edge *e, void *data), void *data)
{
	uint32_t at = lower_bound(edges, callee, true);
	int ret = 0;

	for (; at < edges->nr && !ret; at++) {
		const struct edge *e = &edges->list[edges->by_callee[at]];

		if (e->callee != callee)
			break;
		ret = fn(e, data);
	}
	return ret;
}

static int direct_to(const struct graph *g, uint32_t callee,
		     int (*fn)(const struct edge *e, void *data), void *data)
{
	struct graph_list calls = graph_calls_to(g, callee);
	uint32_t i;
	int ret = 0;

	for (i = 0; i < calls.nr && !ret; i++) {
		struct edge direct = {
			.caller = graph_call(g, calls.first[i])->caller,
			.callee = callee,
			.call = calls.first[i],
			.kind = EDGE_DIRECT,
		};

		ret = fn(&direct, data);
	}
	return ret;
}

int edges_to(const struct edges *edges, const struct graph *g, uint32_t callee,
	     int (*fn)(const struct edge *e, void *data), void *data)
{
	int ret = direct_to(g, callee, fn, data);

	if (!ret)
		ret = inferred_to(edges, callee, fn, data);
	if (!ret && edges->fields)
		ret = field_edges_to(edges->fields, callee, fn, data);
	return ret;
}

struct calling {
	int (*fn)(const struct edge *e, void *data);
	void *data;
};

static int call_by_value(const struct edge *e, void *data)
{
	const struct calling *c = data;

	if (e->kind == EDGE_CALLBACK || e->reach != REACH_VALUE)
		return 0;
	return c->fn(e, c->data);
}

int edges_calls_to(const struct edges *edges, const struct graph *g,
		   uint32_t callee, int (*fn)(const struct edge *e, void *data),
		   void *data)
{
	struct calling c = { fn, data };
	int ret = direct_to(g, callee, fn, data);

	return ret ? ret : inferred_to(edges, callee, call_by_value, &c);
}

bool edge_is_dispatch(const struct edge *e, const uint8_t *starts)
{
	return starts && e->reach != REACH_VALUE && starts[e->callee];
}

enum confidence edge_confidence(const struct edge *e)
{
	switch (e->reach) {
	case REACH_VALUE:
		break;
	case REACH_FIELD:
		return CONFIDENCE_MEDIUM;
	case REACH_TREE:
		return CONFIDENCE_LOW;
	}
	if (e->kind == EDGE_POINTER || e->unsure)
		return CONFIDENCE_MEDIUM;
	return CONFIDENCE_HIGH;
}
