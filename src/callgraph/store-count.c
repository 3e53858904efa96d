// SPDX-License-Identifier: GPL-2.0-only
/*
 * The first look over the heads of all bodies: how much there is of everything,
 * which groups belong together, and which number each symbol gets. What is
 * decoded after it (store-decode.c) finds its room and moves nothing.
 */
#include <string.h>

#include "util/alloc.h"

#include "callgraph/decode.h"

/* Number in the graph of a stored symbol; added when it is met first. */
static uint32_t symbol_number(struct loader *l, uint32_t id)
{
	struct stored_symbol *s = &l->symbols[id];
	struct graph *g = l->graph;

	if (s->number)
		return s->number - 1;
	g->symbols[g->nr_symbols] = (struct graph_symbol){
		.kind = s->flags & 1,
		.is_static = s->flags >> 1 & 1,
		.name = s->name,
		.file = s->file,
	};
	s->number = ++g->nr_symbols;
	return s->number - 1;
}

static void count_group(struct loader *l, const uint32_t *symbols, uint32_t nr,
			uint32_t symbol, uint32_t file)
{
	uint8_t *groups;

	if (symbol > nr) {
		l->damaged = true;
		return;
	}
	groups = symbol ? &l->nr_groups[symbols[symbol - 1]]
			: &l->nr_scopes[file];
	if (*groups < 2)
		++*groups;
}

/* The symbols of a body, which the directory of its groups comes behind. */
static const uint32_t *read_symbols(struct loader *l, struct unpack *u,
				    uint32_t *nr, struct strbuf *list)
{
	uint32_t i, id = 0, *symbols;

	*nr = decode_count(u, &l->damaged);
	strbuf_reset(list);
	strbuf_grow(list, *nr * sizeof(*symbols));
	symbols = (uint32_t *)list->buf;
	for (i = 0; i < *nr; i++) {
		id = unpack_diff(u, id);
		l->damaged |= !id || id >= l->nr_symbols;
		symbols[i] = l->damaged ? 0 : symbol_number(l, id);
	}
	return symbols;
}

static void count_body(struct loader *l, uint32_t body, struct load_counts *t,
		       struct strbuf *list)
{
	uint32_t i, nr, nr_groups, symbol;
	const uint32_t *symbols;
	struct unpack u;

	decode_begin(&u, &l->bodies[body]);
	t->calls += decode_count(&u, &l->damaged);
	t->args += decode_count(&u, &l->damaged);
	t->guards += decode_count(&u, &l->damaged);
	t->conds += decode_count(&u, &l->damaged);
	t->assigns += decode_count(&u, &l->damaged);
	t->fields += decode_count(&u, &l->damaged);
	symbols = read_symbols(l, &u, &nr, list);
	nr_groups = decode_count(&u, &l->damaged);
	for (i = 0; i < nr_groups && !l->damaged; i++) {
		symbol = unpack_number(&u);
		unpack_number(&u);
		l->damaged |= u.p > u.end;
		count_group(l, symbols, nr, symbol, l->bodies[body].file);
	}
}

/* Half of the bytes are half of the work. */
static uint32_t find_middle(const struct loader *l)
{
	uint64_t bytes = 0, half = 0;
	uint32_t i;

	for (i = 0; i < l->nr_bodies; i++)
		bytes += l->bodies[i].len;
	for (i = 0; i < l->nr_bodies && half < bytes / 2; i++)
		half += l->bodies[i].len;
	return aside_is_faster() ? i : l->nr_bodies;
}

/* Each has taken a byte at least, so these are no fancies. */
static void make_room(struct graph *g, const struct load_counts *t)
{
	g->alloc_calls = t->calls + 1;
	g->alloc_args = t->args + 1;
	g->alloc_guards = t->guards + 1;
	g->alloc_conds = t->conds + 1;
	g->alloc_decisions = t->guards + t->conds + 1;
	g->alloc_assigns = t->assigns + 1;
	g->alloc_fields = t->fields + 1;
	g->calls = xmalloc(g->alloc_calls * sizeof(*g->calls));
	g->args = xmalloc(g->alloc_args * sizeof(*g->args));
	g->guards = xmalloc(g->alloc_guards * sizeof(*g->guards));
	g->conds = xmalloc(g->alloc_conds * sizeof(*g->conds));
	g->decisions = xmalloc(g->alloc_decisions * sizeof(*g->decisions));
	g->assigns = xmalloc(g->alloc_assigns * sizeof(*g->assigns));
	g->fields = xmalloc(g->alloc_fields * sizeof(*g->fields));
	g->calls_from = xcalloc(g->nr_symbols, sizeof(*g->calls_from));
	g->assigns_in = xcalloc(g->nr_symbols, sizeof(*g->assigns_in));
}

void load_count(struct loader *l)
{
	struct graph *g = l->graph;
	struct strbuf list = STRBUF_INIT;
	struct load_counts t = { 0 };
	uint32_t i;

	g->symbols = xmalloc(l->nr_symbols * sizeof(*g->symbols));
	g->alloc_symbols = l->nr_symbols;
	l->nr_groups = xcalloc(l->nr_symbols, 1);
	l->nr_scopes = xcalloc(g->strings.nr, 1);
	l->middle = find_middle(l);
	for (i = 0; i < l->nr_bodies && !l->damaged; i++) {
		if (i == l->middle)
			l->before = t;
		count_body(l, i, &t, &list);
	}
	if (i <= l->middle)
		l->before = t;
	strbuf_release(&list);
	make_room(g, &t);
}
