// SPDX-License-Identifier: GPL-2.0-only
/*
 * The facts in a body's blob, group by group; pack.h tells their form.
 *
 * A damaged database must not crash the program: positions in a body's lists
 * are checked, and how far has been read between facts.
 */
#include <string.h>

#include "util/alloc.h"

#include "callgraph/decode.h"

void decode_begin(struct unpack *u, const struct stored_body *body)
{
	u->p = body->p;
	u->end = u->p + body->len;
}

uint32_t decode_count(struct unpack *u, bool *damaged)
{
	uint32_t nr = unpack_number(u);

	if (u->p <= u->end && nr <= (size_t)(u->end - u->p))
		return nr;
	*damaged = true;
	return 0;
}

/* ---- a body's lists ---- */

/* load_count() has looked at the ids, and given them numbers. */
static void read_symbols(struct decoder *d)
{
	uint32_t nr = decode_count(&d->u, &d->damaged), i, id = 0;

	ALLOC_GROW(d->symbols, (size_t)nr + 1, d->alloc_symbols);
	ALLOC_GROW(d->meant, (size_t)nr + 1, d->alloc_meant);
	for (i = 0; i < nr; i++) {
		const struct stored_symbol *s;

		id = unpack_diff(&d->u, id);
		s = &d->l->symbols[id];
		/* number 0, not there, becomes GRAPH_NONE */
		d->symbols[i] = d->meant[i] = s->number - 1;
		if (s->flags & STORED_STANDIN)
			d->meant[i] = u64map_get(&d->l->meant, id) - 1;
	}
	d->nr_symbols = nr;
}

static void read_names(struct decoder *d)
{
	uint32_t nr = decode_count(&d->u, &d->damaged), i, id = 0;

	ALLOC_GROW(d->names, (size_t)nr + 1, d->alloc_names);
	d->names[0] = 0;
	for (i = 1; i <= nr; i++) {
		d->names[i] = id = unpack_diff(&d->u, id);
		d->damaged |= id >= d->g->strings.nr;
	}
	d->nr_names = nr + 1;
}

uint32_t decode_name(struct decoder *d)
{
	uint32_t local = unpack_number(&d->u);

	if (local < d->nr_names)
		return d->names[local];
	d->damaged = true;
	return 0;
}

uint32_t decode_symbol(struct decoder *d)
{
	uint32_t local = unpack_number(&d->u) - 1;

	if (local < d->nr_symbols)
		return d->symbols[local];
	d->damaged = true;
	return 0;
}

/* One that is named: who calls a stand-in, means another. */
static uint32_t decode_meant(struct decoder *d)
{
	uint32_t local = unpack_number(&d->u) - 1;

	if (local < d->nr_symbols)
		return d->meant[local];
	d->damaged = true;
	return 0;
}

/* ---- facts ---- */

static struct graph_value read_value(struct decoder *d)
{
	uint32_t head = unpack_number(&d->u);
	struct graph_value v = {
		.kind = head & PACK_VALUE_KIND,
		.addr = !!(head & PACK_VALUE_ADDR),
	};

	switch ((enum value_kind)v.kind) {
	case VALUE_GLOBAL:
	case VALUE_FUNC:
	case VALUE_CALL:
		v.base = decode_meant(d);
		break;
	case VALUE_LOCAL:
	case VALUE_STRING:
		v.base = decode_name(d);
		break;
	case VALUE_PARAM:
	case VALUE_INT:
		v.base = unpack_number(&d->u);
		break;
	case VALUE_NONE:
	case VALUE_RETURN:
	case VALUE_NULL:
		break;
	default:
		d->damaged = true;
	}
	if (head & PACK_VALUE_PATH)
		v.path = decode_name(d);
	return v;
}

struct place {
	uint32_t file, line;
};

static void read_args(struct decoder *d, uint32_t nr)
{
	struct graph *g = d->g;
	uint32_t i, head;

	if (nr > g->alloc_args - g->nr_args) {
		d->damaged = true;
		return;
	}
	for (i = 0; i < nr && d->u.p < d->u.end; i++) {
		struct graph_arg *arg = &g->args[g->nr_args++];

		head = unpack_number(&d->u);
		arg->pos = head >> 1;
		arg->only = head & 1;
		arg->value = read_value(d);
	}
}

static uint32_t read_guards(struct decoder *d, uint32_t line)
{
	struct graph *g = d->g;
	uint32_t nr = decode_count(&d->u, &d->damaged), i;

	if (nr > g->alloc_guards - g->nr_guards) {
		d->damaged = true;
		return 0;
	}
	for (i = 0; i < nr && d->u.p < d->u.end; i++) {
		struct graph_guard *guard = &g->guards[g->nr_guards++];

		guard->kind = unpack_number(&d->u);
		guard->symbol = decode_symbol(d);
		guard->line = unpack_diff(&d->u, line);
	}
	/* nobody has as many; the first ones are enough then */
	return nr < UINT8_MAX ? nr : UINT8_MAX;
}

static uint32_t read_conds(struct decoder *d)
{
	struct graph *g = d->g;
	uint32_t nr = decode_count(&d->u, &d->damaged), head, i;
	uint32_t first = g->nr_conds;

	if (nr > g->alloc_conds - g->nr_conds) {
		d->damaged = true;
		return 0;
	}
	for (i = 0; i < nr && d->u.p < d->u.end; i++) {
		struct graph_cond *cond = &g->conds[g->nr_conds++];

		head = unpack_number(&d->u);
		cond->kind = head & PACK_COND_KIND;
		cond->or_next = head & PACK_COND_OR;
		cond->param = head >> PACK_COND_BITS;
		cond->value = unpack_number(&d->u);
	}
	if (g->nr_conds - first != nr) {
		d->damaged = true;
		return 0;
	}
	/* each of the first ones that is whole says something by itself */
	for (i = nr < UINT8_MAX ? nr : UINT8_MAX; i < nr && i; i--)
		if (!g->conds[first + i - 1].or_next)
			break;
	return i;
}

/* Its number plus 1; 0 for one of nothing, which only a damaged call has. */
static uint32_t read_decision(struct decoder *d, uint32_t line)
{
	struct graph *g = d->g;
	uint32_t number = g->nr_guards + g->nr_conds;
	struct graph_decision decision = {
		.first_guard = g->nr_guards,
		.first_cond = g->nr_conds,
	};

	decision.nr_guards = read_guards(d, line);
	decision.nr_conds = read_conds(d);
	if (g->nr_guards + g->nr_conds == number)
		return 0;
	g->decisions[number] = decision;
	return number + 1;
}

static uint16_t read_col(struct decoder *d)
{
	uint32_t col = unpack_number(&d->u);

	return col < UINT16_MAX ? col : UINT16_MAX;
}

static void read_call(struct decoder *d, struct place *at, uint32_t caller)
{
	struct graph *g = d->g;
	struct graph_call *c = &g->calls[g->nr_calls++];
	uint32_t head = unpack_number(&d->u);

	if (head & PACK_CALL_FILE)
		at->file = decode_name(d);
	at->line = unpack_diff(&d->u, at->line);
	c->caller = caller;
	c->file = at->file;
	c->line = at->line;
	c->col = read_col(d);
	c->macro = head & PACK_CALL_MACRO ? decode_name(d) : 0;
	c->target = read_value(d);
	c->first_arg = g->nr_args;
	c->nr_args = head >> PACK_CALL_BITS;
	read_args(d, c->nr_args);
	c->decided = head & PACK_CALL_DECIDED ? read_decision(d, at->line) : 0;
	c->result_ignored = !!(head & PACK_CALL_IGNORED);
}

static void read_assign(struct decoder *d, struct place *at, uint32_t func)
{
	struct graph *g = d->g;
	struct graph_assign *a = &g->assigns[g->nr_assigns++];
	uint32_t head = unpack_number(&d->u);

	if (head & PACK_ASSIGN_FILE)
		at->file = decode_name(d);
	at->line = unpack_diff(&d->u, at->line);
	a->func = func;
	a->kind = head >> PACK_ASSIGN_BITS;
	a->file = at->file;
	a->line = at->line;
	a->col = read_col(d);
	a->lhs = read_value(d);
	a->rhs = read_value(d);
	a->slot = head & PACK_ASSIGN_SLOT ? decode_name(d) : 0;
	a->index = head & PACK_ASSIGN_INDEX ? unpack_number(&d->u) : GRAPH_NONE;
}

static void read_assigns(struct decoder *d, struct place *at, uint32_t func)
{
	uint32_t nr = decode_count(&d->u, &d->damaged), i;

	d->damaged |= nr > d->g->alloc_assigns - d->g->nr_assigns;
	for (i = 0; i < nr && !d->damaged; i++) {
		read_assign(d, at, func);
		d->damaged |= d->u.p > d->u.end;
	}
}

void decode_group(struct decoder *d, uint32_t func)
{
	struct graph *g = d->g;
	struct place at = { .file = d->names[1] };
	uint32_t nr, i;

	nr = decode_count(&d->u, &d->damaged);
	d->damaged |= nr > g->alloc_calls - g->nr_calls ||
		      (nr && func == GRAPH_NONE);
	for (i = 0; i < nr && !d->damaged; i++) {
		read_call(d, &at, func);
		d->damaged |= d->u.p > d->u.end;
	}
	read_assigns(d, &at, func);
}

/* ---- a group that is only counted ---- */

static void skip(struct unpack *u, uint32_t nr)
{
	while (nr--)
		unpack_number(u);
}

static void skip_value(struct unpack *u)
{
	uint32_t head = unpack_number(u), kind = head & PACK_VALUE_KIND;

	if (kind != VALUE_NONE && kind != VALUE_RETURN && kind != VALUE_NULL)
		skip(u, 1);
	if (head & PACK_VALUE_PATH)
		skip(u, 1);
}

static void skip_call(struct unpack *u, struct load_counts *counts,
		      bool *damaged)
{
	uint32_t head = unpack_number(u), nr = head >> PACK_CALL_BITS, i;

	skip(u, 2 + !!(head & PACK_CALL_FILE) + !!(head & PACK_CALL_MACRO));
	skip_value(u);
	counts->args += nr;
	for (i = 0; i < nr && u->p < u->end; i++) {
		skip(u, 1);
		skip_value(u);
	}
	if (!(head & PACK_CALL_DECIDED))
		return;
	nr = decode_count(u, damaged);
	counts->guards += nr;
	for (i = 0; i < nr && u->p < u->end; i++)
		skip(u, 3);
	nr = decode_count(u, damaged);
	counts->conds += nr;
	for (i = 0; i < nr && u->p < u->end; i++)
		skip(u, 2);
}

void decode_skip_group(struct unpack *u, struct load_counts *counts,
		       bool *damaged)
{
	uint32_t nr = decode_count(u, damaged), i;

	counts->calls += nr;
	for (i = 0; i < nr && u->p < u->end; i++)
		skip_call(u, counts, damaged);
	counts->assigns += decode_count(u, damaged);
}

/* ---- what stands before them ---- */

static void read_directory(struct decoder *d, struct directory *dir)
{
	uint32_t i;

	dir->nr = decode_count(&d->u, &d->damaged);
	ALLOC_GROW(dir->symbol, (size_t)dir->nr + 1, dir->alloc_symbol);
	ALLOC_GROW(dir->bytes, (size_t)dir->nr + 1, dir->alloc_bytes);
	for (i = 0; i < dir->nr; i++) {
		dir->symbol[i] = unpack_number(&d->u);
		dir->bytes[i] = unpack_number(&d->u);
	}
}

void decode_head(struct decoder *d, uint32_t body, struct directory *dir,
		 uint32_t *nr_fields)
{
	uint32_t nr, i;

	d->body = body;
	decode_begin(&d->u, &d->l->bodies[body]);
	/* the last one is told */
	for (i = 0; i < PACK_TOTALS - 1; i++)
		unpack_number(&d->u);
	*nr_fields = unpack_number(&d->u);
	read_symbols(d);
	if (dir)
		read_directory(d, dir);
	else
		for (nr = decode_count(&d->u, &d->damaged) * 2; nr; nr--)
			unpack_number(&d->u);
	d->damaged |= d->u.p > d->u.end;
}

void decode_lists(struct decoder *d, uint32_t body, struct directory *dir,
		  uint32_t *nr_fields)
{
	decode_head(d, body, dir, nr_fields);
	read_names(d);
	if (d->u.p > d->u.end || d->nr_names < 2)
		d->damaged = true;
}

void decode_release(struct decoder *d, struct directory *dir)
{
	free(d->names);
	free(d->symbols);
	free(d->meant);
	free(d->later);
	free(dir->symbol);
	free(dir->bytes);
}
