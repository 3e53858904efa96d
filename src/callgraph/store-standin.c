// SPDX-License-Identifier: GPL-2.0-only
/*
 * Inline functions that stand in for what is not built.
 *
 * <linux/vga_switcheroo.h> and its like declare a function where the option is
 * set, and define an empty inline one where it is not. A unit that was parsed
 * where it is not calls the inline one, and goes on doing so in the eyes of a
 * configuration that has the option and borrows the unit. So calls of an
 * inline function mean the external one of that name when
 *
 *  - only borrowed units have seen the inline one,
 *  - units of the configuration's own have read that header and have not, and
 *  - the external one does something there.
 *
 * A private header that only borrowed units read proves nothing: what it calls
 * foo() need not be what another driver calls foo().
 */
#include <string.h>

#include "util/alloc.h"

#include "callgraph/decode.h"

/* Inline functions of headers that only borrowed units have seen. */
struct standins {
	struct loader *l;
	uint32_t *list; /* ids of stored symbols */
	uint32_t nr;
	size_t alloc;
	struct u64map by_name; /* name -> 1 */
	struct u64map external; /* name -> number in the graph, plus 1 */
	struct strbuf ids; /* symbols of a body */
};

/* ---- what a body defines ---- */

static void skip(struct unpack *u, uint32_t nr)
{
	while (nr-- && u->p < u->end)
		unpack_number(u);
}

static void read_ids(struct standins *s, struct unpack *u)
{
	uint32_t nr = decode_count(u, &s->l->damaged), i, id = 0;

	strbuf_reset(&s->ids);
	for (i = 0; i < nr; i++) {
		id = unpack_diff(u, id);
		strbuf_add(&s->ids, &id, sizeof(id));
	}
}

/* load_count() has been here: ids and counts of the head are sound. */
static void each_def(struct standins *s, const struct stored_body *body,
		     void (*fn)(struct standins *s, uint32_t id))
{
	uint32_t i, nr, symbol;
	const uint32_t *ids;
	struct unpack u;

	decode_begin(&u, body);
	skip(&u, PACK_TOTALS);
	read_ids(s, &u);
	ids = (const uint32_t *)s->ids.buf;
	skip(&u, 2 * decode_count(&u, &s->l->damaged));
	skip(&u, decode_count(&u, &s->l->damaged));
	nr = decode_count(&u, &s->l->damaged);
	for (i = 0; i < nr && u.p < u.end; i++) {
		symbol = unpack_number(&u) - 1;
		skip(&u, 5);
		if (symbol < s->ids.len / sizeof(*ids))
			fn(s, ids[symbol]);
	}
}

/* ---- candidates ---- */

static void add_candidate(struct standins *s, uint32_t id)
{
	struct stored_symbol *symbol = &s->l->symbols[id];

	if (symbol->flags != (SYMBOL_FUNC | STORED_STATIC))
		return;
	symbol->flags |= STORED_STANDIN;
	ALLOC_GROW(s->list, (size_t)s->nr + 1, s->alloc);
	s->list[s->nr++] = id;
}

static void refuse(struct standins *s, uint32_t id)
{
	s->l->symbols[id].flags &= ~STORED_STANDIN;
}

/* Bodies of one header stand together; those of units are no header's. */
static void look_at_header(struct standins *s, uint32_t first, uint32_t end)
{
	const struct stored_body *bodies = s->l->bodies;
	uint32_t i, nr = s->nr;
	bool own = false;

	for (i = first; i < end; i++)
		own |= bodies[i].is_header && !bodies[i].is_borrowed;
	if (!own)
		return;
	for (i = first; i < end; i++)
		if (bodies[i].is_header && bodies[i].is_borrowed)
			each_def(s, &bodies[i], add_candidate);
	if (s->nr == nr)
		return;
	for (i = first; i < end; i++)
		if (bodies[i].is_header && !bodies[i].is_borrowed)
			each_def(s, &bodies[i], refuse);
}

static void find_candidates(struct standins *s)
{
	const struct loader *l = s->l;
	uint32_t i, first = 0;

	for (i = 1; i <= l->nr_bodies; i++) {
		if (i < l->nr_bodies &&
		    l->bodies[i].file == l->bodies[first].file)
			continue;
		look_at_header(s, first, i);
		first = i;
	}
}

/* ---- what they stand for ---- */

/* The external functions of these names that do something here. */
static void find_external(struct standins *s)
{
	struct loader *l = s->l;
	uint32_t i;

	for (i = 0; i < s->nr; i++)
		if (l->symbols[s->list[i]].flags & STORED_STANDIN)
			u64map_put(&s->by_name, l->symbols[s->list[i]].name, 1);
	for (i = 1; i < l->nr_symbols; i++) {
		const struct stored_symbol *symbol = &l->symbols[i];

		if (symbol->number && !symbol->flags &&
		    l->nr_groups[symbol->number - 1] &&
		    u64map_get(&s->by_name, symbol->name))
			u64map_put(&s->external, symbol->name, symbol->number);
	}
}

static void settle(struct standins *s)
{
	struct loader *l = s->l;
	uint32_t i, number;

	for (i = 0; i < s->nr; i++) {
		struct stored_symbol *symbol = &l->symbols[s->list[i]];

		number = u64map_get(&s->external, symbol->name);
		if (!number)
			symbol->flags &= ~STORED_STANDIN;
		else if (symbol->flags & STORED_STANDIN)
			u64map_put(&l->meant, s->list[i], number);
	}
}

void load_standins(struct loader *l)
{
	struct standins s = { .l = l, .ids = STRBUF_INIT };

	if (!l->borrows)
		return;
	u64map_init(&s.by_name);
	u64map_init(&s.external);
	find_candidates(&s);
	if (s.nr) {
		find_external(&s);
		settle(&s);
	}
	u64map_release(&s.by_name);
	u64map_release(&s.external);
	strbuf_release(&s.ids);
	free(s.list);
}
