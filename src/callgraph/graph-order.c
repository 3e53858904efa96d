// SPDX-License-Identifier: GPL-2.0-only
/*
 * The order of what one function does, for a function whose parts come from
 * several bodies and have to be merged, and of the fields of a record.
 */
#include <string.h>

#include "util/alloc.h"

#include "callgraph/graph-internal.h"

static int cmp_u32(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int cmp_string(const struct graph *g, uint32_t a, uint32_t b)
{
	if (a == b)
		return 0;
	return strcmp(interner_get(&g->strings, a),
		      interner_get(&g->strings, b));
}

static int cmp_symbol(const struct graph *g, uint32_t a, uint32_t b)
{
	int ret;

	if (a == b)
		return 0;
	ret = cmp_string(g, g->symbols[a].name, g->symbols[b].name);
	if (!ret)
		ret = cmp_string(g, g->symbols[a].file, g->symbols[b].file);
	return ret ? ret : cmp_u32(a, b);
}

static int cmp_base(const struct graph *g, const struct graph_value *a,
		    const struct graph_value *b)
{
	switch ((enum value_kind)a->kind) {
	case VALUE_GLOBAL:
	case VALUE_FUNC:
	case VALUE_CALL:
		return cmp_symbol(g, a->base, b->base);
	case VALUE_LOCAL:
	case VALUE_STRING:
		return cmp_string(g, a->base, b->base);
	case VALUE_PARAM:
	case VALUE_INT:
		return cmp_u32(a->base, b->base);
	case VALUE_NONE:
	case VALUE_RETURN:
	case VALUE_NULL:
		break;
	}
	return 0;
}

static int cmp_value(const struct graph *g, const struct graph_value *a,
		     const struct graph_value *b)
{
	int ret = cmp_u32(a->kind, b->kind);

	if (!ret)
		ret = cmp_base(g, a, b);
	if (!ret)
		ret = cmp_string(g, a->path, b->path);
	return ret ? ret : cmp_u32(a->addr, b->addr);
}

static int cmp_args(const struct graph *g, const struct graph_call *a,
		    const struct graph_call *b)
{
	const struct graph_arg *x = &g->args[a->first_arg];
	const struct graph_arg *y = &g->args[b->first_arg];
	int ret = cmp_u32(a->nr_args, b->nr_args);
	uint32_t i;

	for (i = 0; !ret && i < a->nr_args; i++) {
		ret = cmp_u32(x[i].pos, y[i].pos);
		if (!ret)
			ret = cmp_value(g, &x[i].value, &y[i].value);
		if (!ret)
			ret = cmp_u32(x[i].only, y[i].only);
	}
	return ret;
}

static int cmp_guards(const struct graph *g, const struct graph_call *a,
		      const struct graph_call *b)
{
	struct graph_guard_range of_a = graph_guards(g, a);
	struct graph_guard_range of_b = graph_guards(g, b);
	const struct graph_guard *x = of_a.first, *y = of_b.first;
	int ret = cmp_u32(of_a.nr, of_b.nr);
	uint32_t i;

	for (i = 0; !ret && i < of_a.nr; i++) {
		ret = cmp_u32(x[i].line, y[i].line);
		if (!ret)
			ret = cmp_symbol(g, x[i].symbol, y[i].symbol);
		if (!ret)
			ret = cmp_u32(x[i].kind, y[i].kind);
	}
	return ret;
}

static int cmp_conds(const struct graph *g, const struct graph_call *a,
		     const struct graph_call *b)
{
	struct graph_cond_range of_a = graph_conds(g, a);
	struct graph_cond_range of_b = graph_conds(g, b);
	const struct graph_cond *x = of_a.first, *y = of_b.first;
	int ret = cmp_u32(of_a.nr, of_b.nr);
	uint32_t i;

	for (i = 0; !ret && i < of_a.nr; i++) {
		ret = cmp_u32(x[i].param, y[i].param);
		if (!ret)
			ret = cmp_u32(x[i].kind, y[i].kind);
		if (!ret)
			ret = cmp_u32(x[i].value, y[i].value);
		if (!ret)
			ret = cmp_u32(x[i].or_next, y[i].or_next);
	}
	return ret;
}

int graph_cmp_calls(const struct graph *g, const struct graph_call *a,
		    const struct graph_call *b)
{
	int ret = cmp_string(g, a->file, b->file);

	if (!ret)
		ret = cmp_u32(a->line, b->line);
	if (!ret)
		ret = cmp_u32(a->col, b->col);
	if (!ret)
		ret = cmp_value(g, &a->target, &b->target);
	if (!ret)
		ret = cmp_string(g, a->macro, b->macro);
	if (!ret)
		ret = cmp_args(g, a, b);
	if (!ret)
		ret = cmp_guards(g, a, b);
	if (!ret)
		ret = cmp_conds(g, a, b);
	return ret ? ret : cmp_u32(a->result_ignored, b->result_ignored);
}

int graph_cmp_assigns(const struct graph *g, const struct graph_assign *a,
		      const struct graph_assign *b)
{
	int ret = cmp_string(g, a->file, b->file);

	if (!ret)
		ret = cmp_u32(a->line, b->line);
	if (!ret)
		ret = cmp_u32(a->col, b->col);
	if (!ret)
		ret = cmp_string(g, a->slot, b->slot);
	if (!ret)
		ret = cmp_u32(a->index, b->index);
	if (!ret)
		ret = cmp_u32(a->kind, b->kind);
	if (!ret)
		ret = cmp_value(g, &a->lhs, &b->lhs);
	return ret ? ret : cmp_value(g, &a->rhs, &b->rhs);
}

/* ---- fields ---- */

static int cmp_fields(const struct graph *g, const struct graph_field *a,
		      const struct graph_field *b)
{
	int ret = cmp_string(g, a->name, b->name);

	if (!ret)
		ret = cmp_u32(a->kind, b->kind);
	return ret ? ret : cmp_string(g, a->type, b->type);
}

static int cmp_elements(const void *a, const void *b, void *g)
{
	return cmp_fields(g, a, b);
}

/* Most records are short. */
static void sort_record(const struct graph *g, struct graph_field *f,
			uint32_t nr)
{
	uint32_t i, k;

	if (nr > 24) {
		qsort_r(f, nr, sizeof(*f), cmp_elements, (void *)g);
		return;
	}
	for (i = 1; i < nr; i++) {
		struct graph_field field = f[i];

		for (k = i; k && cmp_fields(g, &field, &f[k - 1]) < 0; k--)
			f[k] = f[k - 1];
		f[k] = field;
	}
}

static void add_fields(struct csr_build *b, const struct graph *g)
{
	uint32_t i;

	for (i = 0; i < g->nr_fields; i++)
		csr_add(b, g->fields[i].record, i);
}

/* A record that differs between units keeps one field of a name. */
void graph_sort_fields(struct graph *g)
{
	struct graph_csr csr;
	struct graph_field *sorted;
	uint32_t key, i, nr, to = 0;

	csr_make(&csr, g, g->strings.nr, add_fields);
	sorted = xmalloc(((size_t)g->nr_fields + 1) * sizeof(*sorted));
	for (key = 0; key < csr.nr_keys; key++) {
		uint32_t first = csr.start[key], kept = to;

		nr = csr.start[key + 1] - first;
		csr.start[key] = to;
		for (i = 0; i < nr; i++)
			sorted[to + i] = g->fields[csr.item[first + i]];
		sort_record(g, sorted + to, nr);
		for (i = 1; i < nr; i++)
			if (sorted[to + i].name != sorted[kept].name)
				sorted[++kept] = sorted[to + i];
		to = nr ? kept + 1 : to;
	}
	csr.start[key] = to;
	free(csr.item);
	free(g->fields);
	g->fields = sorted;
	g->nr_fields = to;
	g->fields_of = csr.start;
}
