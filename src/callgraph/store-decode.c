// SPDX-License-Identifier: GPL-2.0-only
/*
 * All bodies into the arrays of a graph.
 *
 * What a function does must stand together. Nearly every function has one group
 * in one body, which is decoded to where it stays. Groups of the others (an
 * inline function that is compiled differently in different units, a file that
 * is compiled twice) are put aside and decoded last, each function's together,
 * then sorted, and what is said twice is dropped. A first look over the heads
 * of all bodies tells which those are, and how much there is of everything, so
 * no array ever grows.
 */
#include <string.h>

#include "util/alloc.h"

#include "callgraph/decode.h"

/* ---- the first look ---- */

struct totals {
	uint64_t calls, args, guards, assigns, fields;
};

static void count_group(struct loader *l, const uint32_t *ids, uint32_t nr,
			uint32_t symbol, uint32_t file)
{
	uint8_t *groups;

	if (symbol > nr) {
		l->damaged = true;
		return;
	}
	groups = symbol ? &l->symbols[ids[symbol - 1]].nr_groups
			: &l->nr_scopes[file];
	if (*groups < 2)
		++*groups;
}

static void count_body(struct loader *l, uint32_t body, struct totals *t,
		       struct strbuf *list)
{
	uint32_t i, nr, nr_groups, id = 0, symbol;
	uint32_t *ids;
	struct unpack u;

	decode_begin(&u, &l->bodies[body]);
	t->calls += decode_count(&u, l);
	t->args += decode_count(&u, l);
	t->guards += decode_count(&u, l);
	t->assigns += decode_count(&u, l);
	t->fields += decode_count(&u, l);
	nr = decode_count(&u, l);
	strbuf_reset(list);
	strbuf_grow(list, nr * sizeof(*ids));
	ids = (uint32_t *)list->buf;
	for (i = 0; i < nr; i++) {
		ids[i] = id = unpack_diff(&u, id);
		l->damaged |= !id || id >= l->nr_symbols;
	}
	nr_groups = decode_count(&u, l);
	for (i = 0; i < nr_groups && !l->damaged; i++) {
		symbol = unpack_number(&u);
		unpack_number(&u);
		l->damaged |= u.p > u.end;
		count_group(l, ids, nr, symbol, l->bodies[body].file);
	}
}

void load_count(struct loader *l)
{
	struct graph *g = l->graph;
	struct strbuf list = STRBUF_INIT;
	struct totals t = { 0 };
	uint32_t i;

	l->nr_scopes = xcalloc(g->strings.nr, 1);
	for (i = 0; i < l->nr_bodies && !l->damaged; i++)
		count_body(l, i, &t, &list);
	strbuf_release(&list);
	/* each has taken a byte at least, so these are no fancies */
	g->alloc_calls = t.calls + 1;
	g->alloc_args = t.args + 1;
	g->alloc_guards = t.guards + 1;
	g->alloc_assigns = t.assigns + 1;
	g->alloc_fields = t.fields + 1;
	g->calls = xmalloc_large(g->alloc_calls * sizeof(*g->calls));
	g->args = xmalloc_large(g->alloc_args * sizeof(*g->args));
	g->guards = xmalloc_large(g->alloc_guards * sizeof(*g->guards));
	g->assigns = xmalloc_large(g->alloc_assigns * sizeof(*g->assigns));
	g->fields = xmalloc_large(g->alloc_fields * sizeof(*g->fields));
	g->symbols = xmalloc_large(l->nr_symbols * sizeof(*g->symbols));
	g->alloc_symbols = l->nr_symbols;
	g->calls_from = xmalloc_large(l->nr_symbols * sizeof(*g->calls_from));
	g->assigns_in = xmalloc_large(l->nr_symbols * sizeof(*g->assigns_in));
}

/* By place, then by all the rest: which comes first must not decide. */
static bool is_before(const struct graph *g, const struct graph_symbol *a,
		      const struct graph_symbol *b)
{
	int ret = 0;

	if (a->file != b->file)
		ret = strcmp(graph_string(g, a->file),
			     graph_string(g, b->file));
	if (ret)
		return ret < 0;
	if (a->line != b->line)
		return a->line < b->line;
	if (a->col != b->col)
		return a->col < b->col;
	if (a->attrs != b->attrs)
		return a->attrs < b->attrs;
	return strcmp(graph_string(g, a->type), graph_string(g, b->type)) < 0;
}

static void read_def(struct decoder *d)
{
	struct graph_symbol *s, def;

	if (!d->nr_symbols) {
		d->l->damaged = true;
		return;
	}
	s = &d->g->symbols[decode_symbol(d)];
	def = *s;
	def.defined = true;
	def.file = decode_name(d);
	def.line = unpack_number(&d->u);
	def.col = unpack_number(&d->u);
	def.attrs = unpack_number(&d->u);
	def.type = decode_name(d);
	/* two bodies, one symbol: which of them a caller meets is not known */
	if (s->defined && s->kind == SYMBOL_FUNC)
		def.ambiguous = s->ambiguous = true;
	if (!s->defined || is_before(d->g, &def, s))
		*s = def;
}

static void read_field(struct decoder *d)
{
	struct graph_field *f = &d->g->fields[d->g->nr_fields++];

	f->record = decode_name(d);
	f->name = decode_name(d);
	f->kind = unpack_number(&d->u);
	f->type = decode_name(d);
}

/* ---- bodies ---- */

static void put_aside(struct decoder *d, uint32_t symbol, uint32_t file)
{
	ALLOC_GROW(d->later, (size_t)d->nr_later + 1, d->alloc_later);
	d->later[d->nr_later++] = (struct stored_group){
		.symbol = symbol,
		.file = file,
		.body = d->body,
		.p = d->u.p,
	};
}

/* One group, whose function has no other. */
static void place_group(struct decoder *d, uint32_t func)
{
	struct graph *g = d->g;
	uint32_t call = g->nr_calls, assign = g->nr_assigns;

	decode_group(d, func);
	if (func == GRAPH_NONE)
		return;
	g->calls_from[func] = (struct graph_span){ call, g->nr_calls - call };
	g->assigns_in[func] =
		(struct graph_span){ assign, g->nr_assigns - assign };
}

static void read_groups(struct decoder *d, const struct directory *dir)
{
	uint32_t file = d->l->bodies[d->body].file, i;

	for (i = 0; i < dir->nr && !d->l->damaged; i++) {
		uint32_t local = dir->symbol[i];
		uint32_t func = local ? d->symbols[local - 1] : GRAPH_NONE;
		const unsigned char *next = d->u.p + dir->bytes[i];

		if (dir->bytes[i] > (size_t)(d->u.end - d->u.p)) {
			d->l->damaged = true;
			return;
		}
		if (local ? d->is_shared[func] : d->l->nr_scopes[file] > 1)
			put_aside(d, func, local ? 0 : file);
		else
			place_group(d, func);
		d->u.p = next;
	}
}

static void read_body(struct decoder *d, uint32_t body, struct directory *dir)
{
	uint32_t nr_fields, nr, i;

	decode_lists(d, body, dir, &nr_fields);
	if (d->l->damaged)
		return;
	nr = decode_count(&d->u, d->l);
	for (i = 0; i < nr && d->u.p < d->u.end; i++)
		read_def(d);
	for (i = 0; i < nr_fields && d->u.p < d->u.end; i++)
		read_field(d);
	read_groups(d, dir);
}

/* ---- what several groups say ---- */

static int cmp_groups(const void *a, const void *b)
{
	const struct stored_group *x = a, *y = b;

	if (x->symbol != y->symbol)
		return x->symbol < y->symbol ? -1 : 1;
	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	/* they were put aside in the order of bodies */
	return (x->p > y->p) - (x->p < y->p);
}

static int cmp_calls(const void *a, const void *b, void *g)
{
	return graph_cmp_calls(g, a, b);
}

static int cmp_assigns(const void *a, const void *b, void *g)
{
	return graph_cmp_assigns(g, a, b);
}

/* Sort from @from on, drop what is there twice. Returns how many are left. */
static uint32_t merge(struct graph *g, void *array, uint32_t nr, size_t size,
		      int (*cmp)(const void *a, const void *b, void *g))
{
	char *p = array;
	uint32_t i, kept = 0;

	if (!nr)
		return 0;
	qsort_r(p, nr, size, cmp, g);
	for (i = 1; i < nr; i++)
		if (cmp(p + kept * size, p + i * size, g))
			memmove(p + ++kept * size, p + i * size, size);
	return kept + 1;
}

static void merge_group(struct decoder *d, uint32_t func, uint32_t call,
			uint32_t assign)
{
	struct graph *g = d->g;

	g->nr_calls = call + merge(g, g->calls + call, g->nr_calls - call,
				   sizeof(*g->calls), cmp_calls);
	g->nr_assigns = assign + merge(g, g->assigns + assign,
				       g->nr_assigns - assign,
				       sizeof(*g->assigns), cmp_assigns);
	if (func == GRAPH_NONE)
		return;
	g->calls_from[func] = (struct graph_span){ call, g->nr_calls - call };
	g->assigns_in[func] =
		(struct graph_span){ assign, g->nr_assigns - assign };
}

static bool same_owner(const struct stored_group *a,
		       const struct stored_group *b)
{
	return a->symbol == b->symbol && a->file == b->file;
}

static void read_later(struct decoder *d)
{
	uint32_t call = 0, assign = 0, unused, i;

	if (d->nr_later)
		qsort(d->later, d->nr_later, sizeof(*d->later), cmp_groups);
	for (i = 0; i < d->nr_later && !d->l->damaged; i++) {
		struct stored_group *group = &d->later[i];

		if (!i || !same_owner(group, group - 1)) {
			call = d->g->nr_calls;
			assign = d->g->nr_assigns;
		}
		decode_lists(d, group->body, NULL, &unused);
		d->u.p = group->p;
		if (!d->l->damaged)
			decode_group(d, group->symbol);
		if (i + 1 == d->nr_later || !same_owner(group, group + 1))
			merge_group(d, group->symbol, call, assign);
	}
}

void load_bodies(struct loader *l)
{
	struct decoder d = { .l = l, .g = l->graph };
	struct directory dir = { 0 };
	uint32_t i;

	d.is_shared = xmalloc(l->nr_symbols);
	for (i = 0; i < l->nr_bodies && !l->damaged; i++)
		read_body(&d, i, &dir);
	read_later(&d);
	decode_release(&d, &dir);
}
