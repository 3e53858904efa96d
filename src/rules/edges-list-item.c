// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which functions the objects of a list have, and the edges that come of it:
 * see edges-list.c for how lists are found.
 *
 * An object that is a variable says it by its initialiser. One that is part of
 * another, or allocated, is mostly filled by whoever puts it into the list; if
 * not, then what is put into the same field of the same part of such objects
 * counts, and is as sure as what fills it stands near.
 */
#include <string.h>

#include "rules/edges-list.h"
#include "rules/slot.h"

enum {
	MAX_DEPTH = 4, /* callers that hand an object, or its function, in */
	MAX_CALLERS = 512,
	MAX_UNSURE = 32, /* functions: more say nothing of a call */
};

/* A function of a list's objects. */
struct member {
	uint32_t fn;
	bool unsure; /* of some object, maybe not of one in this list */
};

struct members {
	struct lists *l;
	struct field_edges *f;
	struct member *list;
	uint32_t nr;
	size_t alloc;
	struct u64map seen; /* hashes of places in functions */
	bool unsure; /* what is looked at is maybe not in this list */
};

static void add_member(struct members *m, uint32_t fn, bool unsure)
{
	uint32_t i;

	unsure |= m->unsure;
	for (i = 0; i < m->nr && m->list[i].fn != fn; i++)
		;
	if (i < m->nr) {
		m->list[i].unsure &= unsure;
		return;
	}
	ALLOC_GROW(m->list, (size_t)m->nr + 1, m->alloc);
	m->list[m->nr++] = (struct member){ fn, unsure };
}

/* More of them would not be told of. */
static bool is_full(const struct members *m)
{
	return m->nr > (m->unsure ? MAX_UNSURE : PLACES_MAX);
}

/* ---- objects that nobody is known to fill ---- */

/* "priv.nb|notifier_block.notifier_call" of a path that ends so, or NULL. */
static const char *part_of(const char *path)
{
	const char *end = path + strlen(path), *p = end;
	int nr = 0;

	if (strpbrk(path, "*[<") && strrchr(path, '>') < strrchr(path, '<'))
		return NULL;
	while (p > path && nr < 2) {
		p--;
		nr += *p == '>' || *p == '|';
		if (*p == '>' && nr < 2)
			return NULL;
	}
	return nr == 2 ? p + 1 : NULL;
}

static bool ends_in(const char *path, const char *part)
{
	size_t len = strlen(path), n = strlen(part);

	return len > n && !strcmp(path + len - n, part) &&
	       strchr(">|", path[len - n - 1]);
}

/* What is put into the function of the same part of other objects. */
static void add_parts(struct members *m, uint32_t slot, const char *part,
		      uint32_t file)
{
	const struct graph *g = m->l->r->g;
	struct graph_list list = graph_assigns_to_slot(g, slot);
	uint32_t i;

	for (i = 0; i < list.nr; i++) {
		const struct graph_assign *a = graph_assign(g, list.first[i]);

		if (a->rhs.kind == VALUE_FUNC && !a->rhs.path &&
		    ends_in(graph_string(g, a->lhs.path), part))
			add_member(m, a->rhs.base, a->file != file);
	}
}

/* @fn: function that the object is told in */
static void add_unknown(struct members *m, const struct place *p, uint32_t fn)
{
	uint32_t file = graph_symbol(m->l->r->g, fn)->file;
	uint32_t modules = modules_at(m->f->modules, file, fn);
	uint32_t slot = resolver_slot(m->l->r, p), i;
	const char *part = part_of(place_path(m->l->r, p));
	const struct field_slot *s;
	char *copy;

	if (!slot)
		return;
	if (part) {
		copy = xstrdup(part);
		add_parts(m, slot, copy, file);
		free(copy);
		return;
	}
	s = field_slot_functions(m->f, slot);
	for (i = 0; i < s->nr; i++)
		add_member(m, s->fn[i],
			   !field_slot_is_closed(m->f, slot, file, modules));
}

/* ---- functions of an object ---- */

static void add_values(struct members *m, uint32_t fn, struct place p,
		       int depth);

/* An object, or a function of one, that callers hand in. */
static bool add_handed(struct members *m, uint32_t fn, const struct place *p,
		       int depth)
{
	const struct graph *g = m->l->r->g;
	struct graph_list calls = graph_calls_to(g, fn);
	uint32_t i, k;

	if (depth >= MAX_DEPTH || calls.nr > MAX_CALLERS || !calls.nr)
		return false;
	for (i = 0; i < calls.nr && !is_full(m); i++) {
		const struct graph_call *c = graph_call(g, calls.first[i]);
		struct graph_arg_range args = graph_args(g, c);

		for (k = 0; k < args.nr; k++) {
			struct place arg;

			if (args.first[k].pos != p->base ||
			    args.first[k].value.kind == VALUE_NULL)
				continue;
			arg = resolver_place(m->l->r, &args.first[k].value);
			add_values(m, c->caller,
				   resolver_compose(m->l->r, &arg, p->path,
						    p->addr),
				   depth + 1);
		}
	}
	return true;
}

static void add_value(struct members *m, uint32_t fn, const struct place *p,
		      int depth)
{
	if (p->kind == VALUE_FUNC && !p->path) {
		add_member(m, p->base, false);
		return;
	}
	if (p->kind == VALUE_NONE || p->kind == VALUE_NULL ||
	    (p->kind == VALUE_PARAM && add_handed(m, fn, p, depth)))
		return;
	/* of a variable all that fills it has been looked at */
	if (p->path &&
	    (p->kind != VALUE_GLOBAL || strpbrk(place_path(m->l->r, p), ">*")))
		add_unknown(m, p, fn);
}

static void add_values(struct members *m, uint32_t fn, struct place p,
		       int depth)
{
	struct places values = { 0 };
	uint64_t key = hash64_u64((uint64_t)p.base << 32 | p.path,
				  (uint64_t)fn << 16 | p.kind << 8 | p.addr);
	uint32_t i;

	/* how far it still goes is part of the answer, and how sure it is */
	key = hash64_u64((uint64_t)m->unsure << 8 | depth, key);
	if (p.kind == VALUE_NONE || !u64map_add(&m->seen, key, 1))
		return;
	resolver_values(m->l->r, fn, p, &values);
	for (i = 0; i < values.nr && !is_full(m); i++)
		add_value(m, fn, &values.list[i], depth);
	places_release(&values);
}

/* ---- which lists are the same ---- */

/*
 * The field that a list is in, and its way from there, for lists of which that
 * is all that is known:
 * "subsys_private.bus_notifier|blocking_notifier_head.head"
 */
static const char *field_of(const struct lists *l, const struct place *list)
{
	const char *path = place_path(l->r, list);
	const char *last = strrchr(path, '>');

	if (last)
		path = last;
	return *path && !strpbrk(path, "*[<") ? path + 1 : NULL;
}

static bool is_variable(const struct lists *l, const struct place *list)
{
	return list->kind == VALUE_GLOBAL &&
	       !strchr(place_path(l->r, list), '>');
}

static uint64_t list_key(const struct lists *l, const struct list_end *e,
			 bool by_field)
{
	const struct place *list = &e->list;
	const char *field;

	if (!by_field)
		return list->kind == VALUE_GLOBAL
			       ? hash64_u64((uint64_t)list->base << 1 |
						    list->addr,
					    hash64_u64(list->path, 1))
			       : 0;
	if (lists_told_above(l, e))
		return 0;
	field = field_of(l, list);
	return field ? hash64_str(field, 2 + list->addr) : 0;
}

struct match {
	uint64_t key;
	uint32_t end;
};

struct matches {
	struct match *list;
	uint32_t nr;
};

static int by_key(const void *a, const void *b)
{
	const struct match *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->end > y->end) - (x->end < y->end);
}

static struct matches index_inserts(const struct lists *l, bool by_field)
{
	struct matches m = { 0 };
	uint32_t i;

	m.list = xcalloc((size_t)l->inserts.nr + 1, sizeof(*m.list));
	for (i = 0; i < l->inserts.nr; i++) {
		m.list[m.nr].key = list_key(l, &l->inserts.list[i], by_field);
		m.list[m.nr].end = i;
		m.nr += m.list[m.nr].key != 0;
	}
	qsort(m.list, m.nr, sizeof(*m.list), by_key);
	return m;
}

static uint32_t first_match(const struct matches *m, uint64_t key)
{
	uint32_t lo = 0, hi = m->nr;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (m->list[mid].key < key)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* ---- edges ---- */

/* There were more than can be told of: a report names the field. */
static void name_cut(const struct members *m, const struct list_end *call)
{
	const struct graph *g = m->l->r->g;
	const char *path = interner_get(&m->l->r->paths, call->rest);
	uint32_t slot = graph_path_slot(g, path);
	struct string_list *cut = &m->l->in->edges->cut;

	if (slot && !string_list_has(cut, graph_string(g, slot)))
		string_list_add(cut, graph_string(g, slot));
}

/* Of many objects it is one that is meant: which, the call does not say. */
static void add_edges(const struct members *m, const struct list_end *call)
{
	uint32_t nr = 0, i;

	for (i = 0; i < m->nr; i++)
		nr += !m->list[i].unsure;
	if (m->nr > MAX_UNSURE)
		name_cut(m, call);
	for (i = 0; i < m->nr; i++) {
		bool unsure = m->list[i].unsure || nr > MAX_UNSURE;

		if (unsure &&
		    (m->l->least != CONFIDENCE_LOW || m->nr > MAX_UNSURE))
			continue;
		inference_add_listed(m->l->in, call->call, m->list[i].fn,
				     call->kind,
				     unsure ? REACH_TREE : REACH_FIELD);
	}
}

/* The functions of all that is in the list of a call. */
static void find_members(struct members *m, const struct matches *in,
			 const struct list_end *call, uint64_t key,
			 bool by_field)
{
	struct lists *l = m->l;
	uint32_t at = first_match(in, key);

	u64map_init(&m->seen);
	for (; at < in->nr && in->list[at].key == key && !is_full(m); at++) {
		const struct list_end *e = &l->inserts.list[in->list[at].end];

		/* two variables are two lists */
		if (by_field && is_variable(l, &call->list) &&
		    is_variable(l, &e->list))
			continue;
		m->unsure = by_field || e->either || call->either;
		add_values(m, e->item_fn,
			   resolver_compose(l->r, &e->item, call->rest, 0), 0);
	}
	u64map_release(&m->seen);
}

/* Calls that have the same functions, as many have. */
struct groups {
	struct members *list;
	uint32_t nr;
	size_t alloc;
	struct u64map numbers; /* hash of what decides -> number + 1 */
};

static const struct members *group_of(struct lists *l, struct groups *g,
				      const struct matches *in,
				      const struct list_end *call, uint64_t key,
				      bool by_field)
{
	struct members m = { .l = l, .f = l->in->edges->fields };
	bool one = is_variable(l, &call->list);
	uint64_t hash = hash64_u64(
		(uint64_t)call->rest << 2 | one << 1 | call->either, key);
	uint32_t number = u64map_get(&g->numbers, hash);

	if (!number) {
		find_members(&m, in, call, key, by_field);
		ALLOC_GROW(g->list, (size_t)g->nr + 1, g->alloc);
		g->list[g->nr] = m;
		number = ++g->nr;
		u64map_put(&g->numbers, hash, number);
	}
	return &g->list[number - 1];
}

static void infer_calls(struct lists *l, bool by_field)
{
	struct matches in = index_inserts(l, by_field);
	struct groups g = { 0 };
	uint32_t i;

	u64map_init(&g.numbers);
	for (i = 0; i < l->calls.nr; i++) {
		const struct list_end *call = &l->calls.list[i];
		uint64_t key = list_key(l, call, by_field);

		if (key)
			add_edges(group_of(l, &g, &in, call, key, by_field),
				  call);
	}
	for (i = 0; i < g.nr; i++)
		free(g.list[i].list);
	free(g.list);
	u64map_release(&g.numbers);
	free(in.list);
}

void lists_infer(struct lists *l)
{
	infer_calls(l, false);
	if (l->least == CONFIDENCE_LOW)
		infer_calls(l, true);
}
