// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who puts what into a field. A struct of operations that only one file fills,
 * or only the files of one module, can hold nothing else when that file calls
 * through it. Of one that is filled all over the kernel that is not known, even
 * where the same file happens to fill one as well.
 */
#include <string.h>

#include "rules/edges-internal.h"

/* More functions than that in one field say nothing of a call. */
enum { MAX_FUNCTIONS = 32, MAX_SETTERS = 128, MAX_DEPTH = 4 };

/* Is it known who puts all there is into the field? */
static bool is_somebodys(const struct field_slot *s)
{
	return s->file != GRAPH_NONE || s->modules != MODULES_NONE;
}

static void add_setter(struct field_edges *f, struct field_slot *s,
		       uint32_t file, uint32_t fn)
{
	if (file == s->file)
		return;
	s->file = GRAPH_NONE;
	if (s->modules != MODULES_NONE)
		s->modules = modules_meet(f->modules, s->modules,
					  modules_at(f->modules, file, fn));
}

static void find_setters(struct field_edges *f, struct field_slot *s,
			 struct graph_list list)
{
	const struct graph_assign *a = graph_assign(f->r->g, list.first[0]);
	uint32_t i;

	s->file = a->file;
	s->modules = modules_at(f->modules, a->file, a->func);
	for (i = 1; i < list.nr && is_somebodys(s); i++) {
		a = graph_assign(f->r->g, list.first[i]);
		add_setter(f, s, a->file, a->func);
	}
}

struct field_slot *field_slot_get(struct field_edges *f, uint32_t slot)
{
	struct graph_list list = graph_assigns_to_slot(f->r->g, slot);
	uint32_t number = u64map_get(&f->slots, slot);

	if (number)
		return &f->slot[number - 1];
	ALLOC_GROW(f->slot, (size_t)f->nr_slots + 1, f->alloc_slots);
	memset(&f->slot[f->nr_slots], 0, sizeof(*f->slot));
	if (list.nr)
		find_setters(f, &f->slot[f->nr_slots], list);
	u64map_put(&f->slots, slot, ++f->nr_slots);
	return &f->slot[f->nr_slots - 1];
}

/* ---- functions ---- */

struct collecting {
	struct field_edges *f;
	struct field_slot *slot;
	struct u64map seen; /* fields and parameters that are gone through */
	int depth;
};

static void collect_slot(struct collecting *c, uint32_t slot);

/* @user: where it stands, as @file; some come by way of a setter. */
static void take(struct collecting *c, uint32_t fn, uint32_t user,
		 uint32_t file)
{
	struct field_slot *s = c->slot;
	uint32_t i;

	if (s->cut)
		return;
	for (i = 0; i < s->nr && s->fn[i] != fn; i++)
		;
	add_setter(c->f, s, file, user);
	if (i < s->nr)
		return;
	if (s->nr == MAX_FUNCTIONS) {
		s->cut = true;
		return;
	}
	ALLOC_GROW(s->fn, (size_t)s->nr + 1, s->alloc);
	s->fn[s->nr++] = fn;
}

static void collect_param(struct collecting *c, uint32_t fn, uint32_t param);

/* What a value that stands in a function, or in an initialiser, may be. */
static void collect_value(struct collecting *c, uint32_t fn, uint32_t file,
			  const struct graph_value *v)
{
	struct resolver *r = c->f->r;
	struct places values = { 0 };
	uint32_t i, slot;

	if (v->kind == VALUE_FUNC) {
		if (!v->path)
			take(c, v->base, fn, file);
		return;
	}
	resolver_values(r, fn, resolver_place(r, v), &values);
	for (i = 0; i < values.nr && !c->slot->cut; i++) {
		const struct place *p = &values.list[i];

		slot = resolver_slot(r, p);
		if (p->kind == VALUE_FUNC && !p->path)
			take(c, p->base, fn, file);
		else if (slot && !p->addr)
			collect_slot(c, slot);
		else if (p->kind == VALUE_PARAM && !p->path)
			collect_param(c, fn, p->base);
	}
	places_release(&values);
}

/* A setter: what its callers hand in. */
static void collect_param(struct collecting *c, uint32_t fn, uint32_t param)
{
	const struct graph *g = c->f->r->g;
	struct graph_list calls = graph_calls_to(g, fn);
	uint32_t i, k;

	if (c->depth == MAX_DEPTH ||
	    !u64map_add(&c->seen, 1ULL << 63 | (uint64_t)fn << 8 | param, 1))
		return;
	c->depth++;
	for (i = 0; i < calls.nr && !c->slot->cut; i++) {
		const struct graph_call *call = graph_call(g, calls.first[i]);
		struct graph_arg_range args = graph_args(g, call);

		for (k = 0; k < args.nr; k++)
			if (args.first[k].pos == param)
				collect_value(c, call->caller, call->file,
					      &args.first[k].value);
	}
	c->depth--;
}

static void collect_slot(struct collecting *c, uint32_t slot)
{
	const struct graph *g = c->f->r->g;
	struct graph_list list = graph_assigns_to_slot(g, slot);
	uint32_t i;

	if (c->depth == MAX_DEPTH || !u64map_add(&c->seen, slot, 1))
		return;
	if (list.nr > MAX_SETTERS) {
		c->slot->cut = true;
		return;
	}
	c->depth++;
	for (i = 0; i < list.nr && !c->slot->cut; i++) {
		const struct graph_assign *a = graph_assign(g, list.first[i]);

		collect_value(c, a->func, a->file, &a->rhs);
	}
	c->depth--;
}

static void list_functions(struct field_edges *f, struct field_slot *s,
			   uint32_t slot)
{
	struct collecting c = { .f = f, .slot = s };

	s->listed = true;
	u64map_init(&c.seen);
	collect_slot(&c, slot);
	u64map_release(&c.seen);
	if (!s->cut)
		return;
	s->nr = 0;
	s->file = GRAPH_NONE;
	s->modules = MODULES_NONE;
}

const struct field_slot *field_slot_functions(struct field_edges *f,
					      uint32_t slot)
{
	struct field_slot *s = field_slot_get(f, slot);

	if (!s->listed)
		list_functions(f, s, slot);
	return s;
}

bool field_slot_is_closed(struct field_edges *f, uint32_t slot, uint32_t file,
			  uint32_t modules)
{
	struct field_slot *s = field_slot_get(f, slot);

	return s->file == file ||
	       modules_meet(f->modules, s->modules, modules) != MODULES_NONE;
}
