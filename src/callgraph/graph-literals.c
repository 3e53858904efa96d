// SPDX-License-Identifier: GPL-2.0-only
/*
 * Assignments of string literals, decoded when somebody asks for those of a
 * function or a variable. They are more than half of all assignments, and a
 * walk over the rules looks at those of a few hundred drivers: their bytes are
 * kept as they are, with a list by symbol of the bodies that mention it.
 */
#include <string.h>

#include "util/alloc.h"

#include "callgraph/decode.h"
#include "callgraph/graph-literals.h"

struct graph_literals {
	struct loader l; /* of it: symbols, bodies and their bytes */
	struct graph_csr bodies_of; /* bodies by symbol of the graph */
	struct u64map found; /* symbol + 1 -> place in answers, plus 1 */
	struct graph_assign_range *answers;
	uint32_t nr_answers;
	size_t alloc_answers;
};

/* ---- which bodies ---- */

struct mention {
	uint32_t symbol, body;
};

struct mentions {
	struct mention *list;
	uint32_t nr;
	size_t alloc;
};

/* What is not in the graph, nobody can ask for. */
static void add_mentions(struct loader *l, uint32_t body, struct mentions *m)
{
	uint32_t nr, i, id = 0;
	struct unpack u;

	decode_begin(&u, &l->bodies[body]);
	for (i = 0; i < PACK_TOTALS; i++)
		unpack_number(&u);
	nr = decode_count(&u, &l->damaged);
	ALLOC_GROW(m->list, (size_t)m->nr + nr, m->alloc);
	for (i = 0; i < nr && !l->damaged; i++) {
		id = unpack_diff(&u, id);
		l->damaged |= !id || id >= l->nr_symbols;
		if (!l->damaged && l->symbols[id].number)
			m->list[m->nr++] =
				(struct mention){ l->symbols[id].number - 1,
						  body };
	}
}

static void list_bodies(struct graph_csr *csr, const struct mentions *m,
			uint32_t nr_symbols)
{
	uint32_t i, *start = xcalloc((size_t)nr_symbols + 2, sizeof(*start));

	for (i = 0; i < m->nr; i++)
		start[m->list[i].symbol + 2]++;
	for (i = 2; i < nr_symbols + 2; i++)
		start[i] += start[i - 1];
	csr->item = xmalloc(((size_t)m->nr + 1) * sizeof(*csr->item));
	for (i = 0; i < m->nr; i++)
		csr->item[start[m->list[i].symbol + 1]++] = m->list[i].body;
	csr->start = start;
	csr->nr_keys = nr_symbols;
}

bool graph_take_literals(struct graph *g, struct loader *from)
{
	struct graph_literals *lit = xcalloc(1, sizeof(*lit));
	struct mentions m = { 0 };
	struct loader *l = &lit->l;
	uint32_t i;

	g->literals = lit;
	l->graph = g;
	l->symbols = from->symbols;
	l->nr_symbols = from->nr_symbols;
	from->symbols = NULL;
	l->bodies = from->literal_bodies;
	l->nr_bodies = from->nr_literal_bodies;
	from->literal_bodies = NULL;
	l->bytes = from->literal_bytes;
	memset(&from->literal_bytes, 0, sizeof(from->literal_bytes));
	u64map_init(&lit->found);
	for (i = 0; i < l->nr_bodies && !l->damaged; i++)
		add_mentions(l, i, &m);
	list_bodies(&lit->bodies_of, &m, g->nr_symbols);
	free(m.list);
	return !l->damaged;
}

void graph_free_literals(struct graph_literals *lit)
{
	uint32_t i;

	if (!lit)
		return;
	for (i = 0; i < lit->nr_answers; i++)
		free((void *)lit->answers[i].first);
	free(lit->answers);
	u64map_release(&lit->found);
	csr_release(&lit->bodies_of);
	free(lit->l.symbols);
	free(lit->l.bodies);
	load_bytes_release(&lit->l.bytes);
	free(lit);
}

/* ---- what they say ---- */

static bool is_of(const struct graph_assign *a, uint32_t symbol)
{
	return a->func == symbol ||
	       (a->lhs.kind == VALUE_GLOBAL && a->lhs.base == symbol);
}

/* All of a body's, behind those that are kept in @g. */
static void decode_body(struct decoder *d, struct directory *dir, uint32_t body)
{
	uint32_t nr_fields, nr, i;
	struct unpack u;

	decode_begin(&u, &d->l->bodies[body]);
	for (i = 0; i < 4; i++)
		unpack_number(&u);
	/* read once: ALLOC_GROW() looks at its argument twice */
	nr = decode_count(&u, &d->damaged);
	ALLOC_GROW(d->g->assigns, (size_t)d->g->nr_assigns + nr,
		   d->g->alloc_assigns);
	decode_lists(d, body, dir, &nr_fields);
	/* definitions: there are none */
	d->damaged |= unpack_number(&d->u) || nr_fields;
	for (i = 0; i < dir->nr && !d->damaged; i++) {
		uint32_t local = dir->symbol[i];
		const unsigned char *next = d->u.p + dir->bytes[i];

		d->damaged |= local > d->nr_symbols ||
			      dir->bytes[i] > (size_t)(d->u.end - d->u.p);
		if (d->damaged)
			return;
		decode_group(d, local ? d->symbols[local - 1] : GRAPH_NONE);
		d->u.p = next;
	}
}

/* A database that is damaged here was loaded already: there is less then. */
static struct graph_assign_range answer(struct graph_literals *lit,
					uint32_t symbol)
{
	const struct graph_csr *csr = &lit->bodies_of;
	struct graph found = { .strings = lit->l.graph->strings };
	struct decoder d = { .l = &lit->l, .g = &found };
	struct directory dir = { 0 };
	uint32_t i, k, kept = 0;

	for (i = csr->start[symbol]; i < csr->start[symbol + 1]; i++) {
		d.damaged = false;
		found.nr_assigns = kept;
		decode_body(&d, &dir, csr->item[i]);
		for (k = kept; k < found.nr_assigns; k++)
			if (is_of(&found.assigns[k], symbol))
				found.assigns[kept++] = found.assigns[k];
	}
	decode_release(&d, &dir);
	return (struct graph_assign_range){ found.assigns, kept };
}

struct graph_assign_range graph_literals(const struct graph *g, uint32_t symbol)
{
	struct graph_literals *lit = g->literals;
	uint32_t nr;

	if (!lit || symbol >= lit->bodies_of.nr_keys ||
	    lit->bodies_of.start[symbol] == lit->bodies_of.start[symbol + 1])
		return (struct graph_assign_range){ NULL, 0 };
	nr = u64map_get(&lit->found, (uint64_t)symbol + 1);
	if (!nr) {
		ALLOC_GROW(lit->answers, (size_t)lit->nr_answers + 1,
			   lit->alloc_answers);
		lit->answers[lit->nr_answers] = answer(lit, symbol);
		nr = ++lit->nr_answers;
		u64map_put(&lit->found, (uint64_t)symbol + 1, nr);
	}
	return lit->answers[nr - 1];
}
