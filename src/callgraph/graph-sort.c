// SPDX-License-Identifier: GPL-2.0-only
/*
 * The order of a graph, which depends on what it says and not on the order it
 * was put together in. Calls and assignments go into buckets by function first,
 * where they usually stand in order already: rows come as bodies were read.
 */
#include <string.h>

#include "util/alloc.h"

#include "callgraph/graph-internal.h"

struct order {
	const struct graph *g;
	const uint32_t *rank;
};

typedef int (*cmp_fn)(const struct order *o, uint32_t a, uint32_t b);

static int cmp_u32(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int cmp_string(const struct order *o, uint32_t a, uint32_t b)
{
	if (a == b)
		return 0;
	return strcmp(interner_get(&o->g->strings, a),
		      interner_get(&o->g->strings, b));
}

static int cmp_value(const struct order *o, const struct graph_value *a,
		     const struct graph_value *b)
{
	int ret = cmp_u32(a->kind, b->kind);

	if (!ret && value_has_string(a->kind))
		ret = cmp_string(o, a->base, b->base);
	else if (!ret)
		ret = cmp_u32(a->base, b->base);
	if (!ret)
		ret = cmp_string(o, a->path, b->path);
	return ret ? ret : cmp_u32(a->addr, b->addr);
}

static int cmp_place(const struct order *o, uint32_t file_a, uint32_t line_a,
		     uint32_t col_a, uint32_t file_b, uint32_t line_b,
		     uint32_t col_b)
{
	int ret = cmp_u32(o->rank[file_a], o->rank[file_b]);

	if (!ret)
		ret = cmp_u32(line_a, line_b);
	return ret ? ret : cmp_u32(col_a, col_b);
}

/* ---- buckets ---- */

static int cmp_numbers(const void *a, const void *b, void *data)
{
	const struct {
		const struct order *o;
		cmp_fn cmp;
	} *by = data;

	return by->cmp(by->o, *(const uint32_t *)a, *(const uint32_t *)b);
}

static void sort_numbers(const struct order *o, uint32_t *number, uint32_t nr,
			 cmp_fn cmp)
{
	struct {
		const struct order *o;
		cmp_fn cmp;
	} by = { o, cmp };
	uint32_t i;

	for (i = 1; i < nr; i++) {
		if (cmp(o, number[i - 1], number[i]) > 0)
			break;
	}
	if (i < nr)
		qsort_r(number, nr, sizeof(*number), cmp_numbers, &by);
}

/*
 * Numbers of elements in order: by bucket, then by @cmp. @bucket holds the
 * bucket of each.
 */
static uint32_t *sort_by_bucket(const struct order *o, const uint32_t *bucket,
				uint32_t nr, uint32_t nr_buckets, cmp_fn cmp)
{
	uint32_t *start = xcalloc((size_t)nr_buckets + 2, sizeof(*start));
	uint32_t *number = xmalloc(((size_t)nr + 1) * sizeof(*number));
	uint32_t i;

	for (i = 0; i < nr; i++)
		start[bucket[i] + 2]++;
	for (i = 2; i < nr_buckets + 2; i++)
		start[i] += start[i - 1];
	for (i = 0; i < nr; i++)
		number[start[bucket[i] + 1]++] = i;
	for (i = 0; i < nr_buckets; i++)
		sort_numbers(o, number + start[i], start[i + 1] - start[i],
			     cmp);
	free(start);
	return number;
}

/* Move element number[I] to I for all I, in place; @number is used up. */
#define PERMUTE(array, number, nr)                                             \
	do {                                                                   \
		uint32_t i_, at_, from_;                                       \
		for (i_ = 0; i_ < (nr); i_++) {                                \
			__typeof__(*(array)) first_ = (array)[i_];             \
			at_ = i_;                                              \
			while ((from_ = (number)[at_]) != i_) {                \
				(array)[at_] = (array)[from_];                 \
				(number)[at_] = at_;                           \
				at_ = from_;                                   \
			}                                                      \
			(array)[at_] = first_;                                 \
			(number)[at_] = at_;                                   \
		}                                                              \
	} while (0)

/* Drop what compares equal to the element before it. */
#define UNIQUE(array, nr, is_same)                                             \
	do {                                                                   \
		uint32_t i_, kept_ = 0;                                        \
		for (i_ = 0; i_ < (nr); i_++) {                                \
			if (kept_ && is_same(kept_ - 1, i_))                   \
				continue;                                      \
			(array)[kept_++] = (array)[i_];                        \
		}                                                              \
		(nr) = kept_;                                                  \
	} while (0)

/* ---- symbols ---- */

struct symbol_key {
	uint32_t by[8]; /* what symbols are ordered by */
	uint32_t symbol;
};

static int symbol_key_cmp(const void *a, const void *b)
{
	const struct symbol_key *x = a, *y = b;
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < ARRAY_SIZE(x->by); i++)
		ret = cmp_u32(x->by[i], y->by[i]);
	return ret;
}

static uint32_t config_rank(const struct graph *g, uint32_t config)
{
	uint32_t i, rank = 1;

	if (!config || config > g->nr_configs || !g->config[config - 1])
		return g->nr_configs + config;
	for (i = 0; i < g->nr_configs; i++)
		rank += g->config[i] &&
			strcmp(g->config[i], g->config[config - 1]) < 0;
	return rank;
}

static void fill_symbol_keys(const struct graph *g, const uint32_t *rank,
			     struct symbol_key *keys)
{
	uint32_t *of_config;
	uint32_t i, nr = g->nr_configs + 1;

	of_config = xcalloc(nr, sizeof(*of_config));
	for (i = 0; i < nr; i++)
		of_config[i] = config_rank(g, i);
	for (i = 0; i < g->nr_symbols; i++) {
		const struct graph_symbol *s = &g->symbols[i];

		keys[i] = (struct symbol_key){
			.by = { rank[s->name], rank[s->file],
				s->config < nr ? of_config[s->config]
					       : config_rank(g, s->config),
				s->kind, s->is_static, !s->defined, s->line,
				s->col },
			.symbol = i,
		};
	}
	free(of_config);
}

static void renumber_value(struct graph_value *v, const uint32_t *number)
{
	if (value_has_symbol(v->kind))
		v->base = number[v->base];
}

/* Symbol S is now called number[S]. */
static void renumber_uses(struct graph *g, const uint32_t *number)
{
	uint32_t i;

	for (i = 0; i < g->nr_calls; i++) {
		g->calls[i].caller = number[g->calls[i].caller];
		renumber_value(&g->calls[i].target, number);
	}
	for (i = 0; i < g->nr_args; i++)
		renumber_value(&g->args[i].value, number);
	for (i = 0; i < g->nr_guards; i++)
		g->guards[i].symbol = number[g->guards[i].symbol];
	for (i = 0; i < g->nr_assigns; i++) {
		struct graph_assign *a = &g->assigns[i];

		if (a->func != GRAPH_NONE)
			a->func = number[a->func];
		renumber_value(&a->lhs, number);
		renumber_value(&a->rhs, number);
	}
}

void graph_sort_symbols(struct graph *g, const uint32_t *rank)
{
	struct symbol_key *keys;
	struct graph_symbol *sorted;
	uint32_t *number;
	uint32_t i;

	keys = xcalloc((size_t)g->nr_symbols + 1, sizeof(*keys));
	sorted = xcalloc((size_t)g->nr_symbols + 1, sizeof(*sorted));
	number = xcalloc((size_t)g->nr_symbols + 1, sizeof(*number));
	fill_symbol_keys(g, rank, keys);
	qsort(keys, g->nr_symbols, sizeof(*keys), symbol_key_cmp);
	for (i = 0; i < g->nr_symbols; i++) {
		sorted[i] = g->symbols[keys[i].symbol];
		number[keys[i].symbol] = i;
	}
	free(g->symbols);
	g->symbols = sorted;
	renumber_uses(g, number);
	free(number);
	free(keys);
}

/* ---- calls ---- */

static int cmp_args(const struct order *o, const struct graph_call *a,
		    const struct graph_call *b)
{
	const struct graph_arg *x = &o->g->args[a->first_arg];
	const struct graph_arg *y = &o->g->args[b->first_arg];
	int ret = cmp_u32(a->nr_args, b->nr_args);
	uint32_t i;

	for (i = 0; !ret && i < a->nr_args; i++) {
		ret = cmp_u32(x[i].pos, y[i].pos);
		if (!ret)
			ret = cmp_value(o, &x[i].value, &y[i].value);
	}
	return ret;
}

static int cmp_guards(const struct order *o, const struct graph_call *a,
		      const struct graph_call *b)
{
	const struct graph_guard *x = &o->g->guards[a->first_guard];
	const struct graph_guard *y = &o->g->guards[b->first_guard];
	int ret = cmp_u32(a->nr_guards, b->nr_guards);
	uint32_t i;

	for (i = 0; !ret && i < a->nr_guards; i++) {
		ret = cmp_u32(x[i].line, y[i].line);
		if (!ret)
			ret = cmp_u32(x[i].symbol, y[i].symbol);
		if (!ret)
			ret = cmp_u32(x[i].kind, y[i].kind);
	}
	return ret;
}

/* The caller is the same. */
static int cmp_calls(const struct order *o, uint32_t a, uint32_t b)
{
	const struct graph_call *x = &o->g->calls[a], *y = &o->g->calls[b];
	int ret = cmp_place(o, x->file, x->line, x->col, y->file, y->line,
			    y->col);

	if (!ret)
		ret = cmp_value(o, &x->target, &y->target);
	if (!ret)
		ret = cmp_string(o, x->macro, y->macro);
	if (!ret)
		ret = cmp_args(o, x, y);
	if (!ret)
		ret = cmp_guards(o, x, y);
	return ret ? ret : cmp_u32(x->result_ignored, y->result_ignored);
}

void graph_sort_calls(struct graph *g, const uint32_t *rank)
{
	struct order o = { g, rank };
	uint32_t *bucket, *number;
	uint32_t i;

	bucket = xmalloc(((size_t)g->nr_calls + 1) * sizeof(*bucket));
	for (i = 0; i < g->nr_calls; i++)
		bucket[i] = g->calls[i].caller;
	number = sort_by_bucket(&o, bucket, g->nr_calls, g->nr_symbols,
				cmp_calls);
	free(bucket);
	PERMUTE(g->calls, number, g->nr_calls);
	free(number);
#define SAME_CALL(a, b)                                                        \
	(g->calls[a].caller == g->calls[b].caller && !cmp_calls(&o, a, b))
	UNIQUE(g->calls, g->nr_calls, SAME_CALL);
}

/* ---- assignments ---- */

/* The function is the same. */
static int cmp_assigns(const struct order *o, uint32_t a, uint32_t b)
{
	const struct graph_assign *x = &o->g->assigns[a];
	const struct graph_assign *y = &o->g->assigns[b];
	int ret = cmp_place(o, x->file, x->line, x->col, y->file, y->line,
			    y->col);

	if (!ret)
		ret = cmp_string(o, x->slot, y->slot);
	if (!ret)
		ret = cmp_u32(x->index, y->index);
	if (!ret)
		ret = cmp_u32(x->kind, y->kind);
	if (!ret)
		ret = cmp_value(o, &x->lhs, &y->lhs);
	return ret ? ret : cmp_value(o, &x->rhs, &y->rhs);
}

void graph_sort_assigns(struct graph *g, const uint32_t *rank)
{
	struct order o = { g, rank };
	uint32_t *bucket, *number;
	uint32_t i;

	/* file-scope initialisers are half of all: a bucket for each file */
	bucket = xmalloc(((size_t)g->nr_assigns + 1) * sizeof(*bucket));
	for (i = 0; i < g->nr_assigns; i++) {
		const struct graph_assign *a = &g->assigns[i];

		bucket[i] = a->func != GRAPH_NONE
				    ? a->func
				    : g->nr_symbols + rank[a->file];
	}
	number = sort_by_bucket(&o, bucket, g->nr_assigns,
				g->nr_symbols + g->strings.nr + 1, cmp_assigns);
	free(bucket);
	PERMUTE(g->assigns, number, g->nr_assigns);
	free(number);
#define SAME_ASSIGN(a, b)                                                      \
	(g->assigns[a].func == g->assigns[b].func && !cmp_assigns(&o, a, b))
	UNIQUE(g->assigns, g->nr_assigns, SAME_ASSIGN);
}

/* ---- fields ---- */

static int cmp_field_names(const struct order *o, uint32_t a, uint32_t b)
{
	const struct graph_field *x = &o->g->fields[a], *y = &o->g->fields[b];
	int ret = cmp_u32(x->config, y->config);

	if (!ret)
		ret = cmp_u32(o->rank[x->record], o->rank[y->record]);
	return ret ? ret : cmp_u32(o->rank[x->name], o->rank[y->name]);
}

static int cmp_fields(const struct order *o, uint32_t a, uint32_t b)
{
	const struct graph_field *x = &o->g->fields[a], *y = &o->g->fields[b];
	int ret = cmp_field_names(o, a, b);

	if (!ret)
		ret = cmp_u32(x->kind, y->kind);
	return ret ? ret : cmp_string(o, x->type, y->type);
}

/* A record that differs between units keeps one field of a name. */
void graph_sort_fields(struct graph *g, const uint32_t *rank)
{
	struct order o = { g, rank };
	uint32_t *number;
	uint32_t i;

	number = xmalloc(((size_t)g->nr_fields + 1) * sizeof(*number));
	for (i = 0; i < g->nr_fields; i++)
		number[i] = i;
	sort_numbers(&o, number, g->nr_fields, cmp_fields);
	PERMUTE(g->fields, number, g->nr_fields);
	free(number);
#define SAME_FIELD(a, b) (!cmp_field_names(&o, a, b))
	UNIQUE(g->fields, g->nr_fields, SAME_FIELD);
}
