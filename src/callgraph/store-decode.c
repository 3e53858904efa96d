// SPDX-License-Identifier: GPL-2.0-only
/*
 * The blobs of bodies into the arrays of a graph; pack.h tells their form.
 *
 * What a function does must stand together. Nearly every function has one group
 * in one body, which is decoded to where it stays. Groups of the others (an
 * inline function that is compiled differently in different units, a file that
 * is compiled twice) are put aside and decoded last, each function's together,
 * then sorted, and what is said twice is dropped. A first look over the heads
 * of all bodies tells which those are, and how much there is of everything, so
 * no array ever grows.
 *
 * A damaged database must not crash the program: positions in a body's lists
 * are checked, and how far has been read between facts.
 */
#include <string.h>

#include "util/alloc.h"

#include "callgraph/store-load.h"

/* The body being decoded. */
struct decoder {
	struct loader *l;
	struct graph *g;
	struct unpack u;
	uint32_t *names; /* strings of the graph */
	uint32_t *symbols; /* of the graph */
	uint32_t nr_names, nr_symbols; /* lengths, 0 included */
	size_t alloc_names, alloc_symbols;
	uint32_t body;
	uint8_t *is_shared; /* by symbol of the graph: has several groups */

	struct stored_group *later;
	uint32_t nr_later;
	size_t alloc_later;
};

static void begin(struct unpack *u, const struct loader *l, uint32_t body)
{
	const struct stored_body *b = &l->bodies[body];

	u->p = b->p;
	u->end = u->p + b->len;
}

/* How many of something follow: no more than there are bytes. */
static uint32_t count_of(struct unpack *u, struct loader *l)
{
	uint32_t nr = unpack_number(u);

	if (u->p <= u->end && nr <= (size_t)(u->end - u->p))
		return nr;
	l->damaged = true;
	return 0;
}

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

	begin(&u, l, body);
	t->calls += count_of(&u, l);
	t->args += count_of(&u, l);
	t->guards += count_of(&u, l);
	t->assigns += count_of(&u, l);
	t->fields += count_of(&u, l);
	nr = count_of(&u, l);
	strbuf_reset(list);
	strbuf_grow(list, nr * sizeof(*ids));
	ids = (uint32_t *)list->buf;
	for (i = 0; i < nr; i++) {
		ids[i] = id = unpack_diff(&u, id);
		l->damaged |= !id || id >= l->nr_symbols;
	}
	nr_groups = count_of(&u, l);
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

/* ---- a body's lists ---- */

/* Number in the graph of a stored symbol; added when it is met first. */
static uint32_t symbol_number(struct decoder *d, uint32_t id)
{
	struct stored_symbol *s = &d->l->symbols[id];
	struct graph *g = d->g;

	if (!s->number) {
		g->symbols[g->nr_symbols] = (struct graph_symbol){
			.kind = s->flags & 1,
			.is_static = s->flags >> 1 & 1,
			.name = s->name,
			.file = s->file,
		};
		g->calls_from[g->nr_symbols] = (struct graph_span){ 0 };
		g->assigns_in[g->nr_symbols] = (struct graph_span){ 0 };
		d->is_shared[g->nr_symbols] = s->nr_groups > 1;
		s->number = ++g->nr_symbols;
	}
	return s->number - 1;
}

/* load_count() has looked at the ids. */
static void read_symbols(struct decoder *d)
{
	uint32_t nr = count_of(&d->u, d->l), i, id = 0;

	ALLOC_GROW(d->symbols, (size_t)nr + 1, d->alloc_symbols);
	for (i = 0; i < nr; i++) {
		id = unpack_diff(&d->u, id);
		d->symbols[i] = symbol_number(d, id);
	}
	d->nr_symbols = nr;
}

static void read_names(struct decoder *d)
{
	uint32_t nr = count_of(&d->u, d->l), i, id = 0;

	ALLOC_GROW(d->names, (size_t)nr + 1, d->alloc_names);
	d->names[0] = 0;
	for (i = 1; i <= nr; i++) {
		d->names[i] = id = unpack_diff(&d->u, id);
		d->l->damaged |= id >= d->g->strings.nr;
	}
	d->nr_names = nr + 1;
}

static uint32_t read_name(struct decoder *d)
{
	uint32_t local = unpack_number(&d->u);

	if (local < d->nr_names)
		return d->names[local];
	d->l->damaged = true;
	return 0;
}

static uint32_t read_symbol(struct decoder *d)
{
	uint32_t local = unpack_number(&d->u) - 1;

	if (local < d->nr_symbols)
		return d->symbols[local];
	d->l->damaged = true;
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
		v.base = read_symbol(d);
		break;
	case VALUE_LOCAL:
	case VALUE_STRING:
		v.base = read_name(d);
		break;
	case VALUE_PARAM:
		v.base = unpack_number(&d->u);
		break;
	case VALUE_NONE:
	case VALUE_RETURN:
	case VALUE_NULL:
		break;
	default:
		d->l->damaged = true;
	}
	if (head & PACK_VALUE_PATH)
		v.path = read_name(d);
	return v;
}

struct place {
	uint32_t file, line;
};

static void read_args(struct decoder *d, uint32_t nr)
{
	struct graph *g = d->g;
	uint32_t i;

	if (nr > g->alloc_args - g->nr_args) {
		d->l->damaged = true;
		return;
	}
	for (i = 0; i < nr && d->u.p < d->u.end; i++) {
		struct graph_arg *arg = &g->args[g->nr_args++];

		arg->pos = unpack_number(&d->u);
		arg->value = read_value(d);
	}
}

static uint32_t read_guards(struct decoder *d, uint32_t line)
{
	struct graph *g = d->g;
	uint32_t nr = count_of(&d->u, d->l), i;

	if (nr > g->alloc_guards - g->nr_guards) {
		d->l->damaged = true;
		return 0;
	}
	for (i = 0; i < nr && d->u.p < d->u.end; i++) {
		struct graph_guard *guard = &g->guards[g->nr_guards++];

		guard->kind = unpack_number(&d->u);
		guard->symbol = read_symbol(d);
		guard->line = unpack_diff(&d->u, line);
	}
	/* nobody has as many; the first ones are enough then */
	return nr < UINT8_MAX ? nr : UINT8_MAX;
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
		at->file = read_name(d);
	at->line = unpack_diff(&d->u, at->line);
	c->caller = caller;
	c->file = at->file;
	c->line = at->line;
	c->col = read_col(d);
	c->macro = head & PACK_CALL_MACRO ? read_name(d) : 0;
	c->target = read_value(d);
	c->first_arg = g->nr_args;
	c->nr_args = head >> PACK_CALL_BITS;
	read_args(d, c->nr_args);
	c->first_guard = g->nr_guards;
	c->nr_guards = 0;
	if (head & PACK_CALL_GUARDS)
		c->nr_guards = read_guards(d, at->line);
	c->result_ignored = head & PACK_CALL_IGNORED;
}

static void read_assign(struct decoder *d, struct place *at, uint32_t func)
{
	struct graph *g = d->g;
	struct graph_assign *a = &g->assigns[g->nr_assigns++];
	uint32_t head = unpack_number(&d->u);

	if (head & PACK_ASSIGN_FILE)
		at->file = read_name(d);
	at->line = unpack_diff(&d->u, at->line);
	a->func = func;
	a->kind = head >> PACK_ASSIGN_BITS;
	a->file = at->file;
	a->line = at->line;
	a->col = read_col(d);
	a->lhs = read_value(d);
	a->rhs = read_value(d);
	a->slot = head & PACK_ASSIGN_SLOT ? read_name(d) : 0;
	a->index = head & PACK_ASSIGN_INDEX ? unpack_number(&d->u) : GRAPH_NONE;
}

static void read_assigns(struct decoder *d, struct place *at, uint32_t func)
{
	uint32_t nr = count_of(&d->u, d->l), i;

	d->l->damaged |= nr > d->g->alloc_assigns - d->g->nr_assigns;
	for (i = 0; i < nr && !d->l->damaged; i++) {
		read_assign(d, at, func);
		d->l->damaged |= d->u.p > d->u.end;
	}
}

static void read_group(struct decoder *d, uint32_t func)
{
	struct graph *g = d->g;
	struct place at = { .file = d->names[1] };
	uint32_t nr, i;

	nr = count_of(&d->u, d->l);
	d->l->damaged |= nr > g->alloc_calls - g->nr_calls ||
			 (nr && func == GRAPH_NONE);
	for (i = 0; i < nr && !d->l->damaged; i++) {
		read_call(d, &at, func);
		d->l->damaged |= d->u.p > d->u.end;
	}
	read_assigns(d, &at, func);
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
	s = &d->g->symbols[read_symbol(d)];
	def = *s;
	def.defined = true;
	def.file = read_name(d);
	def.line = unpack_number(&d->u);
	def.col = unpack_number(&d->u);
	def.attrs = unpack_number(&d->u);
	def.type = read_name(d);
	/* two bodies, one symbol: which of them a caller meets is not known */
	if (s->defined && s->kind == SYMBOL_FUNC)
		def.ambiguous = s->ambiguous = true;
	if (!s->defined || is_before(d->g, &def, s))
		*s = def;
}

static void read_field(struct decoder *d)
{
	struct graph_field *f = &d->g->fields[d->g->nr_fields++];

	f->record = read_name(d);
	f->name = read_name(d);
	f->kind = unpack_number(&d->u);
	f->type = read_name(d);
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

	read_group(d, func);
	if (func == GRAPH_NONE)
		return;
	g->calls_from[func] = (struct graph_span){ call, g->nr_calls - call };
	g->assigns_in[func] =
		(struct graph_span){ assign, g->nr_assigns - assign };
}

/* The directory of groups, which stands before what is needed to read them. */
struct directory {
	uint32_t *symbol, *bytes; /* symbol: of the body, from 1 */
	uint32_t nr;
	size_t alloc_symbol, alloc_bytes;
};

static void read_directory(struct decoder *d, struct directory *dir)
{
	uint32_t i;

	dir->nr = count_of(&d->u, d->l);
	ALLOC_GROW(dir->symbol, (size_t)dir->nr + 1, dir->alloc_symbol);
	ALLOC_GROW(dir->bytes, (size_t)dir->nr + 1, dir->alloc_bytes);
	for (i = 0; i < dir->nr; i++) {
		dir->symbol[i] = unpack_number(&d->u);
		dir->bytes[i] = unpack_number(&d->u);
	}
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

/* Everything up to the groups; directory may be NULL. */
static void read_lists(struct decoder *d, uint32_t body, struct directory *dir,
		       uint32_t *nr_fields)
{
	uint32_t nr, i;

	d->body = body;
	begin(&d->u, d->l, body);
	for (i = 0; i < 4; i++)
		unpack_number(&d->u);
	*nr_fields = unpack_number(&d->u);
	read_symbols(d);
	if (dir)
		read_directory(d, dir);
	else
		for (nr = count_of(&d->u, d->l) * 2; nr; nr--)
			unpack_number(&d->u);
	read_names(d);
	if (d->u.p > d->u.end || d->nr_names < 2)
		d->l->damaged = true;
}

static void read_body(struct decoder *d, uint32_t body, struct directory *dir)
{
	uint32_t nr_fields, nr, i;

	read_lists(d, body, dir, &nr_fields);
	if (d->l->damaged)
		return;
	nr = count_of(&d->u, d->l);
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
		read_lists(d, group->body, NULL, &unused);
		d->u.p = group->p;
		if (!d->l->damaged)
			read_group(d, group->symbol);
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
	free(d.is_shared);
	free(dir.symbol);
	free(dir.bytes);
	free(d.names);
	free(d.symbols);
	free(d.later);
}
