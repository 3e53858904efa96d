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
 *
 * It also gives the symbols their numbers, so that the second half of the
 * bodies can be decoded aside, to its own part of the arrays. That one begins
 * where one thread would have come to: the groups that the first half puts
 * aside are counted before. Only the first half writes to symbols meanwhile.
 */
#include <string.h>

#include "util/alloc.h"

#include "callgraph/decode.h"

/* ---- definitions ---- */

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

static void apply_def(struct graph *g, const struct stored_def *stored)
{
	struct graph_symbol *s = &g->symbols[stored->symbol], def = *s;

	def.defined = true;
	def.file = stored->file;
	def.line = stored->line;
	def.col = stored->col;
	def.attrs = stored->attrs;
	def.type = stored->type;
	/* two bodies, one symbol: which of them a caller meets is not known */
	if (s->defined && s->kind == SYMBOL_FUNC)
		def.ambiguous = s->ambiguous = true;
	if (!s->defined || is_before(g, &def, s))
		*s = def;
}

static void keep_def(struct stored_defs *defs, const struct stored_def *def)
{
	ALLOC_GROW(defs->list, (size_t)defs->nr + 1, defs->alloc);
	defs->list[defs->nr++] = *def;
}

static void read_def(struct decoder *d)
{
	struct stored_def def;

	if (!d->nr_symbols) {
		d->damaged = true;
		return;
	}
	def.symbol = decode_symbol(d);
	def.file = decode_name(d);
	def.line = unpack_number(&d->u);
	def.col = unpack_number(&d->u);
	def.attrs = unpack_number(&d->u);
	def.type = decode_name(d);
	/* position 0 is nothing's, and damage is not for the symbols */
	if (d->damaged)
		return;
	if (d->defs)
		keep_def(d->defs, &def);
	else
		apply_def(d->g, &def);
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

static bool is_shared(const struct loader *l, uint32_t func, uint32_t file)
{
	return func == GRAPH_NONE ? l->nr_scopes[file] > 1
				  : l->nr_groups[func] > 1;
}

/* That of a group, or GRAPH_NONE at file scope; load_count() has looked. */
static uint32_t group_symbol(const struct decoder *d,
			     const struct directory *dir, uint32_t i)
{
	return dir->symbol[i] ? d->symbols[dir->symbol[i] - 1] : GRAPH_NONE;
}

static void read_groups(struct decoder *d, const struct directory *dir)
{
	uint32_t file = d->l->bodies[d->body].file, i;

	for (i = 0; i < dir->nr && !d->damaged; i++) {
		uint32_t func = group_symbol(d, dir, i);
		const unsigned char *next = d->u.p + dir->bytes[i];

		if (dir->bytes[i] > (size_t)(d->u.end - d->u.p)) {
			d->damaged = true;
			return;
		}
		if (is_shared(d->l, func, file))
			put_aside(d, func, func == GRAPH_NONE ? file : 0);
		else
			place_group(d, func);
		d->u.p = next;
	}
}

static void read_body(struct decoder *d, uint32_t body, struct directory *dir)
{
	uint32_t nr_fields, nr, i;

	decode_lists(d, body, dir, &nr_fields);
	if (d->damaged)
		return;
	nr = decode_count(&d->u, &d->damaged);
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
	for (i = 0; i < d->nr_later && !d->damaged; i++) {
		struct stored_group *group = &d->later[i];

		if (!i || !same_owner(group, group - 1)) {
			call = d->g->nr_calls;
			assign = d->g->nr_assigns;
		}
		decode_lists(d, group->body, NULL, &unused);
		d->u.p = group->p;
		if (!d->damaged)
			decode_group(d, group->symbol);
		if (i + 1 == d->nr_later || !same_owner(group, group + 1))
			merge_group(d, group->symbol, call, assign);
	}
}

/* ---- two halves ---- */

/* One of two runs of bodies, decoded to its own part of the arrays. */
struct half {
	struct loader *l;
	uint32_t first, end; /* bodies */
	struct decoder d;
	struct directory dir;
	struct graph part; /* arrays of the graph; counts of its own */
	struct graph from; /* those that the second one begins with */
	struct stored_defs defs;
};

static void read_half(void *data)
{
	struct half *h = data;
	uint32_t i;

	h->d.g = &h->part;
	for (i = h->first; i < h->end && !h->d.damaged; i++)
		read_body(&h->d, i, &h->dir);
}

/* The groups of a body that are put aside. Groups are the last in it. */
static void count_shared(struct half *h, uint32_t body,
			 struct load_counts *shared)
{
	uint32_t file = h->l->bodies[body].file, nr_fields, i;
	const struct directory *dir = &h->dir;
	struct decoder *d = &h->d;
	uint64_t bytes = 0;

	decode_head(d, body, &h->dir, &nr_fields);
	for (i = 0; i < dir->nr; i++)
		bytes += dir->bytes[i];
	if (d->damaged || bytes > (size_t)(d->u.end - d->u.p)) {
		d->damaged = true;
		return;
	}
	d->u.p = d->u.end - bytes;
	for (i = 0; i < dir->nr; i++) {
		struct unpack u = { d->u.p, d->u.end };

		if (is_shared(h->l, group_symbol(d, dir, i), file))
			decode_skip_group(&u, shared, &d->damaged);
		d->u.p += dir->bytes[i];
	}
}

/*
 * Where the second half begins in the arrays: behind all of the first one but
 * what that puts aside. A damaged body may hold less than it says, and what
 * remains of the first half's part must not be taken for facts.
 */
static void place_second(struct half *h)
{
	struct load_counts shared = { 0 }, at = h->l->before;
	struct graph *part = &h->part;
	uint32_t i;

	for (i = 0; i < h->first && !h->d.damaged; i++)
		count_shared(h, i, &shared);
	h->d.damaged |= shared.calls > at.calls || shared.args > at.args ||
			shared.guards > at.guards || shared.conds > at.conds ||
			shared.assigns > at.assigns;
	part->nr_calls = at.calls - shared.calls;
	part->nr_args = at.args - shared.args;
	part->nr_guards = at.guards - shared.guards;
	part->nr_conds = at.conds - shared.conds;
	part->nr_assigns = at.assigns - shared.assigns;
	part->nr_fields = at.fields;
}

static void read_second(void *data)
{
	struct half *h = data;

	h->d.defs = &h->defs;
	place_second(h);
	h->from = h->part;
	if (!h->d.damaged)
		read_half(h);
}

/* The first half must end where the second one begins. */
static bool fit(const struct graph *end, const struct graph *from)
{
	return end->nr_calls == from->nr_calls &&
	       end->nr_args == from->nr_args &&
	       end->nr_guards == from->nr_guards &&
	       end->nr_conds == from->nr_conds &&
	       end->nr_assigns == from->nr_assigns &&
	       end->nr_fields == from->nr_fields;
}

static void take_counts(struct graph *g, const struct graph *part)
{
	g->nr_calls = part->nr_calls;
	g->nr_args = part->nr_args;
	g->nr_guards = part->nr_guards;
	g->nr_conds = part->nr_conds;
	g->nr_assigns = part->nr_assigns;
	g->nr_fields = part->nr_fields;
}

/* What the second half has left for when the first one is there. */
static void join_halves(struct half *first, struct half *second)
{
	struct decoder *d = &first->d, *from = &second->d;
	uint32_t i;

	d->damaged |= from->damaged || !fit(&first->part, &second->from);
	if (d->damaged)
		return;
	for (i = 0; i < second->defs.nr; i++)
		apply_def(d->g, &second->defs.list[i]);
	ALLOC_GROW(d->later, (size_t)d->nr_later + from->nr_later + 1,
		   d->alloc_later);
	for (i = 0; i < from->nr_later; i++)
		d->later[d->nr_later++] = from->later[i];
	take_counts(&first->part, &second->part);
}

static void read_both(struct half *first, struct half *second)
{
	struct aside aside;

	aside_start(&aside, read_second, second);
	read_half(first);
	aside_wait(&aside);
	join_halves(first, second);
}

void load_bodies(struct loader *l)
{
	struct half first = { .l = l, .d.l = l, .part = *l->graph };
	struct half second = { .l = l, .d.l = l, .part = *l->graph };

	/* more than it will hold, and what it does not is not touched */
	ALLOC_GROW(second.defs.list, (size_t)l->graph->nr_symbols,
		   second.defs.alloc);
	first.end = second.first = l->middle;
	second.end = l->nr_bodies;
	if (second.first < second.end)
		read_both(&first, &second);
	else
		read_half(&first);
	/* the arrays are the graph's, and nothing moves them */
	take_counts(l->graph, &first.part);
	first.d.g = l->graph;
	read_later(&first.d);
	l->damaged |= first.d.damaged;
	decode_release(&first.d, &first.dir);
	decode_release(&second.d, &second.dir);
	free(second.defs.list);
}
