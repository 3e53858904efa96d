// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls through a field of an object that can be told after all: the one that
 * a caller hands in, the one that a pointer is set to, the one that stands
 * beside a device id in the driver's own table.
 */
#include <string.h>

#include "rules/edges-internal.h"
#include "rules/slot.h"

enum handed { HANDED_UNSURE = 1, HANDED_KNOWN };

/* A call through a field, while its functions are looked for. */
struct finder {
	struct field_edges *f;
	const struct field_call *call;
	uint32_t file, modules; /* that it stands in */
	bool found; /* something */
	bool lost; /* there may be others */
};

/*
 * One value of the pointer that is called. A known object whose field was never
 * set is none, and that is known, too.
 */
static bool take(struct field_edges *f, uint32_t call, enum edge_kind kind,
		 const struct place *v, bool *found)
{
	if (v->kind == VALUE_FUNC && !v->path) {
		field_edges_add(f, call, v->base, kind, REACH_FIELD);
		*found = true;
		return true;
	}
	return v->kind == VALUE_GLOBAL && !strchr(place_path(f->r, v), '>');
}

/* ---- the object is a parameter: what do callers hand in? ---- */

static bool handed_down(struct field_edges *f, uint32_t fn,
			const struct place *target, int depth);

/* Whether it is known what one argument brings. */
static bool handed_value(struct field_edges *f, uint32_t number,
			 const struct graph_value *arg,
			 const struct place *target, int depth)
{
	uint32_t caller = graph_call(f->r->g, number)->caller, i;
	struct place p = resolver_place(f->r, arg);
	struct places values = { 0 };
	bool known = true, found;

	if (arg->kind == VALUE_NULL)
		return true;
	resolver_values(f->r, caller,
			resolver_compose(f->r, &p, target->path, target->addr),
			&values);
	for (i = 0; i < values.nr; i++) {
		const struct place *v = &values.list[i];

		if (!take(f, number, EDGE_CALLBACK, v, &found) &&
		    (v->kind != VALUE_PARAM || !v->path ||
		     !handed_down(f, caller, v, depth + 1)))
			known = false;
	}
	places_release(&values);
	return known;
}

static bool handed_by(struct field_edges *f, uint32_t number,
		      const struct place *target, int depth)
{
	const struct graph_call *c = graph_call(f->r->g, number);
	struct graph_arg_range args = graph_args(f->r->g, c);
	bool known = true, named = false;
	uint32_t i;

	for (i = 0; i < args.nr; i++) {
		if (args.first[i].pos != target->base)
			continue;
		named = true;
		known &= handed_value(f, number, &args.first[i].value, target,
				      depth);
	}
	return known && named;
}

/* Whether all callers say which function stands in the field of a parameter. */
static bool handed_down(struct field_edges *f, uint32_t fn,
			const struct place *target, int depth)
{
	struct graph_list calls = graph_calls_to(f->r->g, fn);
	uint64_t key = hash64_u64(fn, target->base), have;
	bool known = calls.nr > 0;
	uint32_t i;

	if (depth > MAX_HANDED_DEPTH || calls.nr > MAX_HANDING_CALLERS)
		return false;
	/* how far it still goes is part of the answer, whoever asks first */
	key = hash64_u64(target->path, hash64_u64(depth, key));
	have = u64map_get(&f->handed, key);
	if (have)
		return have == HANDED_KNOWN;
	u64map_put(&f->handed, key, HANDED_UNSURE);
	for (i = 0; i < calls.nr; i++)
		known &= handed_by(f, calls.first[i], target, depth);
	if (known)
		u64map_put(&f->handed, key, HANDED_KNOWN);
	return known;
}

/* ---- tables of device ids ---- */

/* Is a field one of a struct that embeds the driver core's, or of that? */
static bool is_driver_field(struct field_edges *f, uint32_t slot)
{
	const char *text = graph_string(f->r->g, slot);
	const char *dot = strrchr(text, '.');
	struct strbuf path = STRBUF_INIT;
	char *record;
	bool ret;

	if (!dot)
		return false;
	record = xstrndup(text, dot - text);
	ret = !strcmp(record, f->driver) ||
	      slot_embedded(f->r->g, record, f->driver, &path);
	strbuf_release(&path);
	free(record);
	return ret;
}

/* An array that a driver points to: what it drives, and with which data. */
static bool is_id_table(struct field_edges *f, uint32_t var)
{
	struct graph_list uses;
	uint32_t known = u64map_get(&f->id_tables, (uint64_t)var + 1), i;

	if (known || !f->driver ||
	    !(graph_symbol(f->r->g, var)->attrs & ATTR_ARRAY))
		return known == 2;
	uses = graph_assigns_of(f->r->g, var);
	for (i = 0, known = 1; i < uses.nr && known == 1; i++)
		if (is_driver_field(f,
				    graph_assign(f->r->g, uses.first[i])->slot))
			known = 2;
	u64map_put(&f->id_tables, (uint64_t)var + 1, known);
	return known == 2;
}

static bool is_match(struct field_edges *f, const struct graph_assign *a)
{
	return a->lhs.kind == VALUE_GLOBAL && is_id_table(f, a->lhs.base);
}

/* Is a variable's address beside a device id? */
static bool is_match_data(struct field_edges *f, uint32_t var)
{
	struct graph_list uses = graph_assigns_of(f->r->g, var);
	uint32_t i;

	for (i = 0; i < uses.nr; i++)
		if (is_match(f, graph_assign(f->r->g, uses.first[i])))
			return true;
	return false;
}

static bool is_match_of(struct field_edges *f, const struct graph_assign *a,
			enum match_kind kind)
{
	if (kind == MATCH_ENTRY)
		return is_match(f, a);
	return a->lhs.kind == VALUE_GLOBAL && a->rhs.kind == VALUE_FUNC &&
	       !a->rhs.path && is_match_data(f, a->lhs.base);
}

static void find_matches(struct field_edges *f, uint32_t slot,
			 enum match_kind kind, struct id_matches *m)
{
	const struct graph *g = f->r->g;
	struct graph_list list = graph_assigns_to_slot(g, slot);
	uint32_t i;

	for (i = 0; i < list.nr; i++) {
		const struct graph_assign *a = graph_assign(g, list.first[i]);

		if (!is_match_of(f, a, kind))
			continue;
		ALLOC_GROW(m->list, (size_t)m->nr + 1, m->alloc);
		m->list[m->nr++] = (struct id_match){
			list.first[i], modules_at(f->modules, a->file, a->func)
		};
	}
}

/*
 * Assignments to a field that device ids tell of. Thousands are made to the
 * fields that all drivers have, and each call through one asks for them.
 */
static struct id_matches matches_of(struct field_edges *f, uint32_t slot,
				    enum match_kind kind)
{
	struct id_matches m = { .known = true };

	/* as long as no driver is known, no table is one of ids */
	if (!f->driver)
		return m;
	if (field_slot_get(f, slot)->matches[kind].known)
		return field_slot_get(f, slot)->matches[kind];
	find_matches(f, slot, kind, &m);
	field_slot_get(f, slot)->matches[kind] = m;
	return m;
}

/* Does an assignment stand in the file of the call, or in its module? */
static bool is_near(const struct finder *in, const struct id_match *m)
{
	struct modules *modules = in->f->modules;

	return modules_meet(modules, in->modules, m->modules) != MODULES_NONE ||
	       graph_assign(in->f->r->g, m->assign)->file == in->file;
}

/*
 * The object comes from somewhere that is not seen, but there are such objects
 * beside the device ids of this very module.
 */
static void by_match_data(struct finder *in)
{
	const struct graph *g = in->f->r->g;
	struct id_matches m = matches_of(in->f, in->call->slot, MATCH_OBJECT);
	uint32_t i;

	for (i = 0; i < m.nr; i++) {
		if (!is_near(in, &m.list[i]))
			continue;
		field_edges_add(in->f, in->call->call,
				graph_assign(g, m.list[i].assign)->rhs.base,
				in->call->kind, REACH_FIELD);
		in->found = true;
	}
}

/* ---- the object is what a field points to: what is that field told? ---- */

/* The path up to the last step through a pointer, and that step. */
static bool split(struct resolver *r, const struct place *target,
		  struct place *pointer, uint32_t *step)
{
	const char *path = place_path(r, target);
	const char *last = strrchr(path, '>');
	char *head, *tail;

	if (!last || last == path)
		return false;
	head = xstrndup(path, last - path);
	tail = xstrdup(last);
	*pointer = *target;
	pointer->addr = 0;
	pointer->path = resolver_path(r, head);
	*step = resolver_path(r, tail);
	free(head);
	free(tail);
	return true;
}

/* What one assignment puts into the pointer: the functions of that object. */
static void add_object(struct finder *in, const struct graph_assign *a,
		       uint32_t step)
{
	struct resolver *r = in->f->r;
	struct place rhs = resolver_place(r, &a->rhs);
	struct places values = { 0 };
	uint32_t i;

	resolver_values(r, a->func, resolver_compose(r, &rhs, step, 0),
			&values);
	for (i = 0; i < values.nr; i++)
		in->lost |= !take(in->f, in->call->call, in->call->kind,
				  &values.list[i], &in->found);
	places_release(&values);
}

/* All that is ever put into the pointer. */
static void add_all(struct finder *in, uint32_t slot, uint32_t step)
{
	const struct graph *g = in->f->r->g;
	struct graph_list list = graph_assigns_to_slot(g, slot);
	uint32_t i;

	for (i = 0; i < list.nr; i++)
		add_object(in, graph_assign(g, list.first[i]), step);
}

/* What the module's own device ids put there; returns whether there is any. */
static bool add_near(struct finder *in, uint32_t slot, uint32_t step)
{
	struct id_matches m = matches_of(in->f, slot, MATCH_ENTRY);
	bool any = false;
	uint32_t i;

	for (i = 0; i < m.nr; i++) {
		if (!is_near(in, &m.list[i]))
			continue;
		add_object(in, graph_assign(in->f->r->g, m.list[i].assign),
			   step);
		any = true;
	}
	return any;
}

/* Where the pointer is of a kind that says: its objects. */
static bool by_pointer(struct finder *in)
{
	struct field_edges *f = in->f;
	struct place pointer;
	uint32_t slot, step;

	if (!split(f->r, &in->call->target, &pointer, &step))
		return false;
	slot = slot_of_path(f->r->g, place_path(f->r, &pointer));
	if (slot == GRAPH_NONE)
		return false;
	if (!field_slot_is_closed(f, slot, in->file, in->modules))
		return add_near(in, slot, step) && !in->lost;
	add_all(in, slot, step);
	return graph_assigns_to_slot(f->r->g, slot).nr && !in->lost;
}

bool field_edges_by_object(struct field_edges *f, const struct field_call *call)
{
	const struct graph_call *c = graph_call(f->r->g, call->call);
	struct finder in = {
		.f = f,
		.call = call,
		.file = c->file,
	};

	if (call->target.kind == VALUE_PARAM &&
	    handed_down(f, c->caller, &call->target, 0))
		return true;
	in.modules = modules_at(f->modules, c->file, c->caller);
	if (by_pointer(&in))
		return true;
	if (field_slot_is_closed(f, call->slot, in.file, in.modules))
		return false;
	in.found = false;
	by_match_data(&in);
	return in.found;
}
