// SPDX-License-Identifier: GPL-2.0-only
/*
 * Objects that are put into a list, and what goes through the list later and
 * calls them:
 *
 *	blocking_notifier_chain_register(&foo_chain, &bar_nb);
 *	blocking_notifier_call_chain(&foo_chain, event, data);
 *
 * No function of either is known by its name. What puts an object into a list
 * makes the object point to what stood in the list before, by a pointer to its
 * own kind, and the list to the object; such pointers are links. What takes an
 * object out of memory and calls one of its functions goes through a list when
 * that memory is one. Both are followed to the callers that say which list it
 * is. Where these name the same variable, the one runs what the other put in:
 * under the locks of whoever goes through the list, as nothing waits there for
 * another thread.
 *
 * A list is told by the value that leads to its first object, with all links
 * taken off the end: the objects behind the first one are in the same list.
 */
#include <string.h>

#include "rules/edges-list.h"
#include "rules/slot.h"

enum {
	MAX_DEPTH = 4, /* callers that a list is handed in by */
	MAX_CALLERS = 512, /* what more call says little of any */
};

/* ---- ends: who puts something into a list, who goes through it ---- */

static uint64_t place_hash(const struct place *p, uint64_t seed)
{
	seed = hash64_u64((uint64_t)p->base << 16 | p->kind << 8 | p->addr,
			  seed);
	return hash64_u64(p->path, seed);
}

void lists_add_end(struct lists *l, struct list_ends *ends,
		   const struct list_end *e)
{
	uint64_t key = hash64_u64((uint64_t)e->fn << 32 | e->item_fn,
				  (uint64_t)e->call << 32 | e->rest);

	/* one that is sure is handed up besides one that is not */
	key = hash64_u64(e->either, key);
	key = place_hash(&e->list, place_hash(&e->item, key));
	if (!u64map_add(&l->seen, key, 1))
		return;
	ALLOC_GROW(ends->list, (size_t)ends->nr + 1, ends->alloc);
	ends->list[ends->nr++] = *e;
}

static const struct graph_value *
argument(const struct graph *g, const struct graph_call *c, uint32_t pos)
{
	struct graph_arg_range args = graph_args(g, c);
	uint32_t i;

	for (i = 0; i < args.nr; i++)
		if (args.first[i].pos == pos)
			return &args.first[i].value;
	return NULL;
}

bool lists_in_caller(const struct lists *l, const struct graph_call *c,
		     const struct place *p, struct place *out)
{
	const struct graph_value *v = argument(l->r->g, c, p->base);
	struct place arg;

	if (!v || v->kind == VALUE_NULL)
		return false;
	arg = resolver_place(l->r, v);
	*out = resolver_compose(l->r, &arg, p->path, p->addr);
	return out->kind != VALUE_NONE;
}

/* May a list be one that is told of? Of others than variables little is. */
static bool is_wanted(const struct lists *l, const struct place *list)
{
	return list->kind == VALUE_GLOBAL || list->kind == VALUE_PARAM ||
	       (l->least == CONFIDENCE_LOW && list->path);
}

/* Are there several lists, and not only several places in one? */
static bool is_either(struct lists *l, const struct places *values)
{
	struct place first, other;
	uint32_t i;

	if (values->nr < 2)
		return false;
	first = lists_strip(l, values->list[0]);
	for (i = 1; i < values->nr; i++) {
		other = lists_strip(l, values->list[i]);
		if (!place_equal(&first, &other))
			return true;
	}
	return false;
}

/*
 * Is there the other end, too? Through most lists nobody goes who calls the
 * objects, and most of what is called is in no list.
 */
static bool is_met(struct lists *l, const struct place *list, bool inserts)
{
	struct place p = lists_strip(l, *list);
	uint32_t slot = lists_slot(l, &p);

	if (slot)
		return u64map_get(inserts ? &l->slots : &l->heads, slot);
	return !inserts || p.kind != VALUE_GLOBAL || p.path ||
	       u64map_get(&l->vars, (uint64_t)p.base + 1);
}

/* The same list, in a function that hands it in. */
static void add_handed(struct lists *l, struct list_ends *ends,
		       const struct list_end *e, const struct place *list)
{
	struct places values = { 0 };
	struct list_end next = *e;
	uint32_t i;

	if (!is_met(l, list, ends == &l->inserts))
		return;
	/* a variable's own address is the same in every function */
	if (list->kind == VALUE_GLOBAL && list->addr)
		places_add(&values, *list);
	else
		resolver_values(l->r, e->fn, *list, &values);
	next.either |= is_either(l, &values);
	for (i = 0; i < values.nr; i++) {
		next.list = lists_strip(l, values.list[i]);
		if (is_wanted(l, &next.list))
			lists_add_end(l, ends, &next);
	}
	places_release(&values);
}

/* By one call of the function that an end stands in. */
static void hand_end(struct lists *l, struct list_ends *ends,
		     const struct list_end *e, uint32_t number, bool inserts)
{
	const struct graph_call *c = graph_call(l->r->g, number);
	struct list_end next = *e;
	struct place list;

	if (!lists_in_caller(l, c, &e->list, &list))
		return;
	next.fn = c->caller;
	next.depth++;
	if (!inserts) {
		next.call = number;
		next.kind = EDGE_CALLBACK;
	} else if (e->item_fn == e->fn && e->item.kind == VALUE_PARAM) {
		if (!lists_in_caller(l, c, &e->item, &next.item))
			return;
		next.item_fn = c->caller;
		/* one that is in a list already is moved, or taken out */
		if (lists_is_link(l, &next.item))
			return;
	}
	add_handed(l, ends, &next, &list);
}

static void note_gone_through(struct lists *l, const struct place *list)
{
	uint32_t slot = lists_slot(l, list);

	if (slot)
		u64map_put(&l->slots, slot, 1);
	else if (list->kind == VALUE_GLOBAL)
		u64map_put(&l->vars, (uint64_t)list->base + 1, 1);
}

/*
 * Do callers say which variable a list is, or is a part of? One behind a
 * pointer in an object is no part of that.
 */
bool lists_told_above(const struct lists *l, const struct list_end *e)
{
	const char *path = place_path(l->r, &e->list);
	uint32_t nr = graph_calls_to(l->r->g, e->fn).nr;

	return e->list.kind == VALUE_PARAM && e->depth < MAX_DEPTH && nr &&
	       (nr <= MAX_CALLERS || !e->depth || !lists_slot(l, &e->list)) &&
	       (!*path || !strpbrk(path + 1, ">*<"));
}

/*
 * To the callers, as long as these say which list it is. The list grows while
 * it is gone through.
 */
static void hand_up(struct lists *l, struct list_ends *ends, bool inserts)
{
	uint32_t i, k;

	for (i = 0; i < ends->nr; i++) {
		struct list_end e = ends->list[i];
		struct graph_list calls = graph_calls_to(l->r->g, e.fn);

		if (!inserts)
			note_gone_through(l, &e.list);
		if (!lists_told_above(l, &e))
			continue;
		for (k = 0; k < calls.nr; k++)
			hand_end(l, ends, &e, calls.first[k], inserts);
	}
}

/* ---- what goes through a list ---- */

/* Does a place hold the first object of lists that are found? */
static bool is_head(const struct lists *l, const struct place *p)
{
	const char *path = place_path(l->r, p);
	uint32_t slot = lists_slot(l, p);

	if (slot)
		return u64map_get(&l->heads, slot);
	return p->kind == VALUE_GLOBAL ? !*path : !strcmp(path, "*");
}

static void add_split(struct lists *l, const struct list_split *split)
{
	ALLOC_GROW(l->splits, (size_t)l->nr_splits + 1, l->alloc_splits);
	l->splits[l->nr_splits++] = *split;
}

/* Unless it is a field that nothing is put into. */
static void find_split(struct lists *l, uint32_t path, uint32_t head)
{
	struct list_split s = { .head = head };
	struct place p = { .path = head };
	uint32_t slot;
	char *rest;

	s.list = lists_strip(l, p);
	slot = lists_slot(l, &s.list);
	if (slot && !u64map_get(&l->heads, slot))
		return;
	/* a copy: the strings of paths move when one is added */
	rest = xstrdup(interner_get(&l->r->paths, path) +
		       strlen(interner_get(&l->r->paths, head)));
	s.rest = resolver_path(l->r, rest);
	free(rest);
	add_split(l, &s);
}

/*
 * Is what stands before a step of a call's path the way into a list? At the
 * path's end stands the function, and in between the object. What is behind a
 * link is another object: the object it leads to counts.
 */
static void find_splits(struct lists *l, uint32_t path, uint32_t upto)
{
	const struct place p = { .path = upto };
	uint32_t head;
	char op;

	head = resolver_head(l->r, upto, &op);
	if (!op)
		return;
	find_splits(l, path, head);
	if (op == '<' || (op == '>' && !lists_is_link(l, &p)))
		find_split(l, path, head);
}

static uint32_t splits_of(struct lists *l, const struct place *target)
{
	const struct list_split end = { 0 };
	uint64_t key = (uint64_t)target->path + 1;
	uint32_t first = u64map_get(&l->splits_of, key), path;

	if (!first) {
		path = resolver_path(l->r, place_path(l->in->r, target));
		first = l->nr_splits + 1;
		find_splits(l, path, path);
		add_split(l, &end);
		u64map_put(&l->splits_of, key, first);
	}
	return first - 1;
}

static void add_call(struct lists *l, const struct field_call *call,
		     const struct list_split *split)
{
	struct list_end e = {
		.fn = graph_call(l->r->g, call->call)->caller,
		.item_fn = GRAPH_NONE,
		.call = call->call,
		.kind = call->kind,
		.rest = split->rest,
	};
	struct place p = call->target;

	p.addr = 0;
	p.path = split->head;
	e.list = p;
	e.list.path = split->list.path;
	e.list.addr = split->list.addr;
	if (is_wanted(l, &e.list) &&
	    (!place_equal(&p, &e.list) || is_head(l, &p)))
		lists_add_end(l, &l->calls, &e);
}

static void find_calls(struct lists *l, const struct field_call *call)
{
	uint32_t i;

	if (!is_wanted(l, &call->target))
		return;
	for (i = splits_of(l, &call->target); l->splits[i].rest; i++)
		/* what a pointer itself leads to is no list in it */
		if (l->splits[i].head || call->target.kind == VALUE_GLOBAL)
			add_call(l, call, &l->splits[i]);
}

void lists_find(struct lists *l)
{
	const struct field_edges *f = l->in->edges->fields;
	uint32_t i;

	for (i = 0; i < f->nr_calls; i++)
		find_calls(l, &f->calls[i]);
	hand_up(l, &l->calls, false);
	hand_up(l, &l->inserts, true);
}

void lists_init(struct lists *l, struct inference *in, enum confidence least)
{
	memset(l, 0, sizeof(*l));
	l->in = in;
	l->r = &l->paths;
	resolver_init(&l->paths, in->r->g);
	l->least = least;
	u64map_init(&l->own);
	u64map_init(&l->links);
	u64map_init(&l->heads);
	u64map_init(&l->slots);
	u64map_init(&l->vars);
	u64map_init(&l->seen);
	u64map_init(&l->stripped);
	u64map_init(&l->splits_of);
}

void lists_release(struct lists *l)
{
	resolver_release(&l->paths);
	free(l->inserts.list);
	free(l->calls.list);
	u64map_release(&l->own);
	u64map_release(&l->links);
	u64map_release(&l->heads);
	u64map_release(&l->slots);
	u64map_release(&l->vars);
	u64map_release(&l->seen);
	u64map_release(&l->stripped);
	u64map_release(&l->splits_of);
	free(l->splits);
}
