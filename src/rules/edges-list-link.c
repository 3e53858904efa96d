// SPDX-License-Identifier: GPL-2.0-only
/*
 * What makes a list: see edges-list.c. A function puts an object into one when
 * it sets a pointer of the object to its own kind, a link, and puts the object
 * where it was handed to put it, or into a variable.
 */
#include <string.h>

#include "rules/edges-list.h"

/* ---- links ---- */

/* Does a field point to the struct that it is in? */
static bool points_to_own(const struct graph *g, uint32_t slot)
{
	const char *text = graph_string(g, slot);
	const char *dot = strrchr(text, '.');
	struct graph_field_range fields;
	uint32_t record, i;
	char *name;

	if (!dot)
		return false;
	name = xstrndup(text, dot - text);
	record = graph_find_string(g, name);
	free(name);
	if (record == UINT32_MAX)
		return false;
	fields = graph_fields(g, record);
	for (i = 0; i < fields.nr; i++)
		if (!strcmp(graph_string(g, fields.first[i].name), dot + 1))
			return fields.first[i].kind == FIELD_POINTER &&
			       fields.first[i].type == record;
	return false;
}

/* As points_to_own(), which takes its time. */
static bool may_link(struct lists *l, uint32_t slot)
{
	uint32_t known = slot ? u64map_get(&l->own, slot) : 1;

	if (!known) {
		known = points_to_own(l->r->g, slot) ? 2 : 1;
		u64map_put(&l->own, slot, known);
	}
	return known == 2;
}

/* Is the last step of a path, which begins with @op, a link? */
static bool is_link(const struct lists *l, uint32_t path, char op)
{
	const struct place p = { .path = path };

	return (op == '>' || op == '|') &&
	       u64map_get(&l->links, resolver_slot(l->r, &p));
}

bool lists_is_link(const struct lists *l, const struct place *p)
{
	char op;

	resolver_head(l->r, p->path, &op);
	return is_link(l, p->path, op);
}

static struct place strip(const struct lists *l, struct place p)
{
	uint32_t head;
	char op;

	while (head = resolver_head(l->r, p.path, &op),
	       is_link(l, p.path, op)) {
		p.addr = op == '|';
		p.path = head;
	}
	return p;
}

/* Links do not become more once a place is asked for. */
struct place lists_strip(struct lists *l, struct place p)
{
	uint32_t path = p.path, known;

	if (!path)
		return p;
	known = u64map_get(&l->stripped, path);
	if (!known) {
		p = strip(l, p);
		known = (p.path << 1 | p.addr) + 1;
		u64map_put(&l->stripped, path, known);
	} else if ((known - 1) >> 1 != path) {
		p.path = (known - 1) >> 1;
		p.addr = (known - 1) & 1;
	}
	return p;
}

uint32_t lists_slot(const struct lists *l, const struct place *p)
{
	return resolver_slot(l->r, p);
}

/* ---- what puts an object into a list ---- */

static bool is_whole(const struct place *p)
{
	return !p->path && !p->addr &&
	       (p->kind == VALUE_PARAM || p->kind == VALUE_LOCAL);
}

/* Links that a function sets in an object, remembered when @add is set. */
static bool sets_links(struct lists *l, uint32_t fn, const struct place *item,
		       bool add)
{
	struct graph_assign_range range = graph_assigns_in(l->r->g, fn);
	bool any = false;
	uint32_t i;

	for (i = 0; i < range.nr; i++) {
		const struct graph_assign *a = &range.first[i];

		if (!may_link(l, a->slot) ||
		    (item &&
		     (a->lhs.kind != item->kind || a->lhs.base != item->base ||
		      strcmp(graph_string(l->r->g, a->lhs.path) + 1,
			     graph_string(l->r->g, a->slot)))))
			continue;
		any = true;
		if (!add)
			break;
		u64map_put(&l->links, a->slot, 1);
	}
	return any;
}

/* `list = object` in a function that also sets a link of the object. */
static void find_insert(struct lists *l, const struct graph_assign *a)
{
	struct list_end e = { .fn = a->func, .item_fn = a->func };
	struct places values = { 0 };
	uint32_t i;

	e.list = resolver_place(l->r, &a->lhs);
	resolver_values(l->r, a->func, resolver_place(l->r, &a->rhs), &values);
	for (i = 0; i < values.nr; i++) {
		e.item = values.list[i];
		if (is_whole(&e.item) &&
		    (e.item.kind != e.list.kind ||
		     e.item.base != e.list.base) &&
		    sets_links(l, a->func, &e.item, true))
			lists_add_end(l, &l->inserts, &e);
	}
	places_release(&values);
}

/* ---- where objects are put at all ---- */

/*
 * A function that is handed the list as such, and not what it is part of. Who
 * calls it says which field, and that is the last one, however far up the list
 * comes from. Only lists in such fields need be looked at by those who go
 * through them; with all of them most of the time would go there.
 */
static void note_field(struct lists *l, struct list_ends *bare, uint32_t fn,
		       const struct place *list)
{
	struct list_end e = { .fn = fn, .item_fn = GRAPH_NONE };
	uint32_t slot;

	e.list = lists_strip(l, *list);
	slot = lists_slot(l, &e.list);
	if (slot)
		u64map_put(&l->heads, slot, 1);
	else if (e.list.kind == VALUE_PARAM)
		lists_add_end(l, bare, &e);
}

static void note_argument(struct lists *l, struct list_ends *bare,
			  const struct graph_call *c, const struct place *list)
{
	struct places values = { 0 };
	struct place arg;
	uint32_t i;

	if (!lists_in_caller(l, c, list, &arg))
		return;
	if (arg.path || arg.kind != VALUE_LOCAL) {
		note_field(l, bare, c->caller, &arg);
		return;
	}
	resolver_values(l->r, c->caller, arg, &values);
	for (i = 0; i < values.nr; i++)
		note_field(l, bare, c->caller, &values.list[i]);
	places_release(&values);
}

static void note_fields(struct lists *l)
{
	struct list_ends bare = { 0 };
	struct graph_list calls;
	uint32_t i, k;

	for (i = 0; i < l->inserts.nr; i++)
		note_field(l, &bare, l->inserts.list[i].fn,
			   &l->inserts.list[i].list);
	for (i = 0; i < bare.nr; i++) {
		struct list_end e = bare.list[i];

		calls = graph_calls_to(l->r->g, e.fn);
		for (k = 0; k < calls.nr; k++)
			note_argument(l, &bare,
				      graph_call(l->r->g, calls.first[k]),
				      &e.list);
	}
	free(bare.list);
}

void lists_find_inserts(struct lists *l)
{
	uint32_t nr = graph_nr_assigns(l->r->g), last = GRAPH_NONE, i;
	bool links = false;

	for (i = 0; i < nr; i++) {
		const struct graph_assign *a = graph_assign(l->r->g, i);

		if (a->func == GRAPH_NONE || a->rhs.path ||
		    (a->rhs.kind != VALUE_PARAM &&
		     a->rhs.kind != VALUE_LOCAL) ||
		    !((a->lhs.kind == VALUE_PARAM && a->lhs.path) ||
		      a->lhs.kind == VALUE_GLOBAL))
			continue;
		/* what a function does stands together */
		if (a->func != last)
			links = sets_links(l, a->func, NULL, false);
		last = a->func;
		if (links)
			find_insert(l, a);
	}
	/* only now all links are known */
	for (i = 0; i < l->inserts.nr; i++)
		l->inserts.list[i].list =
			lists_strip(l, l->inserts.list[i].list);
	note_fields(l);
}
