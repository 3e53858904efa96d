// SPDX-License-Identifier: GPL-2.0-only
/* Functions in fields: see slot.h. */
#include <string.h>

#include "rules/slot.h"

enum { MAX_DEPTH = 6 };

struct search {
	struct resolver *r;
	void (*fn)(const struct slot_use *use, void *data);
	void *data;
	struct u64map seen; /* hash of (function, value) being followed */
	uint32_t index; /* of the assignment being followed */
	int depth;
};

/* Path without its last field step (and what follows it). */
static uint32_t path_without_slot(struct resolver *r, const char *path)
{
	size_t len = strlen(path);
	uint32_t ret;
	char *text;

	while (len && !strchr(">|", path[len - 1]))
		len--;
	/* "*x>" or "x>": what is left is the pointer, and then its object */
	text = xstrndup(path, len ? len - 1 : 0);
	ret = resolver_path(r, text);
	free(text);
	return ret;
}

struct place slot_holder(struct resolver *r, struct place p)
{
	const char *path = place_path(r, &p);
	size_t len = strlen(path);

	while (len && !strchr(">|", path[len - 1]))
		len--;
	/* behind '|' stands a field of the object, so its address is meant;
	 * behind '>' what points to it is a value already */
	p.addr = len && path[len - 1] == '|';
	p.path = path_without_slot(r, path);
	return p;
}

static void follow(struct search *s, uint32_t fn, struct place value,
		   struct place holder, bool indirect);

/* A parameter's values: what callers pass, with what they pass as holder. */
static void follow_param(struct search *s, uint32_t fn,
			 const struct place *value, const struct place *holder,
			 bool indirect)
{
	struct graph_list calls = graph_calls_to(s->r->g, fn);
	uint32_t i, k, h;

	for (i = 0; i < calls.nr; i++) {
		const struct graph_call *c =
			graph_call(s->r->g, calls.first[i]);
		struct graph_arg_range args = graph_args(s->r->g, c);
		struct place outer = *holder;

		if (holder->kind == VALUE_PARAM) {
			outer.kind = VALUE_NONE;
			for (h = 0; h < args.nr; h++) {
				struct place arg;

				if (args.first[h].pos != holder->base)
					continue;
				arg = resolver_place(s->r,
						     &args.first[h].value);
				outer = resolver_compose(
					s->r, &arg, holder->path, holder->addr);
				break;
			}
		}
		for (k = 0; k < args.nr; k++) {
			struct place arg;

			if (args.first[k].pos != value->base)
				continue;
			arg = resolver_place(s->r, &args.first[k].value);
			follow(s, c->caller,
			       resolver_compose(s->r, &arg, value->path,
						value->addr),
			       outer, indirect);
		}
	}
}

/* The value is what another field holds: that field's functions. */
static void follow_slot(struct search *s, uint32_t slot,
			const struct place *holder)
{
	struct graph_list list = graph_assigns_to_slot(s->r->g, slot);
	uint32_t i;

	for (i = 0; i < list.nr; i++) {
		const struct graph_assign *a =
			graph_assign(s->r->g, list.first[i]);

		follow(s, a->func, resolver_place(s->r, &a->rhs), *holder,
		       true);
	}
}

static void report(struct search *s, uint32_t target, uint32_t in_fn,
		   const struct place *holder, bool indirect)
{
	struct slot_use use = {
		.fn = target,
		.in_fn = in_fn,
		.holder = *holder,
		.index = s->index,
		.indirect = indirect,
	};
	struct places objects = { 0 };
	uint32_t i;

	/* a holder that is a local pointer: which object is it? */
	resolver_values(s->r, in_fn, *holder, &objects);
	for (i = 0; i < objects.nr; i++) {
		use.holder = objects.list[i];
		s->fn(&use, s->data);
	}
	places_release(&objects);
}

static void follow_value(struct search *s, uint32_t fn,
			 const struct place *value, const struct place *holder,
			 bool indirect)
{
	uint32_t slot;

	if (value->kind == VALUE_FUNC && !*place_path(s->r, value)) {
		report(s, value->base, fn, holder, indirect);
		return;
	}
	if (value->kind == VALUE_PARAM && !*place_path(s->r, value)) {
		follow_param(s, fn, value, holder, indirect);
		return;
	}
	slot = slot_of_path(s->r->g, place_path(s->r, value));
	if (slot != GRAPH_NONE && !value->addr)
		follow_slot(s, slot, holder);
}

static void follow(struct search *s, uint32_t fn, struct place value,
		   struct place holder, bool indirect)
{
	struct places values = { 0 };
	uint64_t key = hash64_u64(fn, value.kind);
	uint32_t i;

	key = hash64_u64(value.base, key);
	key = hash64_u64(value.path, key);
	key = hash64_u64(holder.base, key);
	key = hash64_u64(holder.path, key);
	if (s->depth >= MAX_DEPTH || !u64map_add(&s->seen, key, 1))
		return;
	s->depth++;
	resolver_values(s->r, fn, value, &values);
	for (i = 0; i < values.nr; i++)
		follow_value(s, fn, &values.list[i], &holder, indirect);
	s->depth--;
	places_release(&values);
}

void slot_functions(struct resolver *r, uint32_t slot,
		    void (*fn)(const struct slot_use *use, void *data),
		    void *data)
{
	struct graph_list list = graph_assigns_to_slot(r->g, slot);
	struct search s = { .r = r, .fn = fn, .data = data };
	uint32_t i;

	u64map_init(&s.seen);
	for (i = 0; i < list.nr; i++) {
		const struct graph_assign *a =
			graph_assign(r->g, list.first[i]);

		s.index = a->index;
		follow(&s, a->func, resolver_place(r, &a->rhs),
		       slot_holder(r, resolver_place(r, &a->lhs)), false);
	}
	u64map_release(&s.seen);
}

struct slot_store {
	uint32_t slot;
	uint32_t fn; /* where these stand: whoever passes them, or the store */
	struct place field, value;
};

static void add_store(struct slot_stores *stores, const struct slot_store *s)
{
	ALLOC_GROW(stores->list, (size_t)stores->nr + 1, stores->alloc);
	stores->list[stores->nr++] = *s;
}

/* The argument of a call, or false when it is none that is followed. */
static bool argument(struct resolver *r, const struct graph_call *c,
		     uint32_t pos, struct place *out)
{
	struct graph_arg_range args = graph_args(r->g, c);
	uint32_t i;

	for (i = 0; i < args.nr; i++) {
		if (args.first[i].pos != pos)
			continue;
		*out = resolver_place(r, &args.first[i].value);
		return true;
	}
	return false;
}

/* `void set(fn_t *field, fn_t fn) { *field = fn; }`: what callers pass. */
static void find_passed(struct slot_stores *stores, struct resolver *r,
			struct slot_store s)
{
	struct graph_list calls = graph_calls_to(r->g, s.fn);
	uint32_t i, pos = s.field.base;
	struct place value = s.value;

	for (i = 0; i < calls.nr; i++) {
		const struct graph_call *c = graph_call(r->g, calls.first[i]);

		if (!argument(r, c, pos, &s.field) || !s.field.addr)
			continue;
		s.value = value;
		if (value.kind == VALUE_PARAM &&
		    !argument(r, c, value.base, &s.value))
			continue;
		s.fn = c->caller;
		s.slot = slot_of_path(r->g, place_path(r, &s.field));
		if (s.slot != GRAPH_NONE)
			add_store(stores, &s);
	}
}

static void find_store(struct slot_stores *stores, struct resolver *r,
		       const struct graph_assign *a)
{
	struct place pointer = { .kind = a->lhs.kind, .base = a->lhs.base };
	struct places fields = { 0 };
	uint32_t i;

	resolver_values(r, a->func, pointer, &fields);
	for (i = 0; i < fields.nr; i++) {
		struct slot_store s = {
			.slot = slot_of_path(r->g,
					     place_path(r, &fields.list[i])),
			.fn = a->func,
			.field = fields.list[i],
			.value = resolver_place(r, &a->rhs),
		};

		if (s.field.kind == VALUE_PARAM && !s.field.path)
			find_passed(stores, r, s);
		else if (s.field.addr && s.slot != GRAPH_NONE)
			add_store(stores, &s);
	}
	places_release(&fields);
}

/* `*p = f` with a function, or with a parameter that may be one */
static bool is_store(const struct resolver *r, const struct graph_assign *a)
{
	return (a->rhs.kind == VALUE_FUNC ||
		(a->rhs.kind == VALUE_PARAM && !a->rhs.path)) &&
	       a->lhs.path && !strcmp(graph_string(r->g, a->lhs.path), "*") &&
	       (a->lhs.kind == VALUE_LOCAL || a->lhs.kind == VALUE_PARAM);
}

void slot_stores_find(struct slot_stores *stores, struct resolver *r)
{
	uint32_t nr = graph_nr_assigns(r->g), i;

	memset(stores, 0, sizeof(*stores));
	for (i = 0; i < nr; i++) {
		const struct graph_assign *a = graph_assign(r->g, i);

		if (is_store(r, a))
			find_store(stores, r, a);
	}
}

void slot_stores_release(struct slot_stores *stores)
{
	free(stores->list);
	memset(stores, 0, sizeof(*stores));
}

void slot_functions_stored(struct resolver *r, const struct slot_stores *stores,
			   uint32_t slot,
			   void (*fn)(const struct slot_use *use, void *data),
			   void *data)
{
	struct search s = {
		.r = r, .fn = fn, .data = data, .index = GRAPH_NONE
	};
	uint32_t i;

	u64map_init(&s.seen);
	for (i = 0; i < stores->nr; i++)
		if (stores->list[i].slot == slot)
			follow(&s, stores->list[i].fn, stores->list[i].value,
			       slot_holder(r, stores->list[i].field), true);
	u64map_release(&s.seen);
}

uint32_t slot_of_path(const struct graph *g, const char *path)
{
	size_t end = strlen(path), start;
	uint32_t slot;
	char *text;

	while (end && strchr("*[]", path[end - 1]))
		end--;
	for (start = end; start && !strchr(">|", path[start - 1]); start--)
		;
	if (!start)
		return GRAPH_NONE;
	text = xstrndup(path + start, end - start);
	slot = graph_find_string(g, text);
	free(text);
	return slot;
}

static const struct graph_field *
find_field(const struct graph *g, const char *record, const char *name)
{
	uint32_t rec = graph_find_string(g, record), i;
	struct graph_field_range fields;

	if (rec == UINT32_MAX)
		return NULL;
	fields = graph_fields(g, rec);
	for (i = 0; i < fields.nr; i++)
		if (!strcmp(graph_string(g, fields.first[i].name), name))
			return &fields.first[i];
	return NULL;
}

const char *field_type(const struct graph *g, uint32_t slot)
{
	const struct graph_field *field;
	const char *text, *dot;
	char *record;

	if (slot == GRAPH_NONE)
		return NULL;
	text = graph_string(g, slot);
	dot = strrchr(text, '.');
	if (!dot)
		return NULL;
	record = xstrndup(text, dot - text);
	field = find_field(g, record, dot + 1);
	free(record);
	return field && field->kind == FIELD_RECORD
		       ? graph_string(g, field->type)
		       : NULL;
}

bool slot_record_is(const struct graph *g, uint32_t slot, const char *record)
{
	const char *s = graph_string(g, slot);
	size_t len = record ? strlen(record) : 0;

	return len && !strncmp(s, record, len) && s[len] == '.';
}

enum { MAX_EMBEDDED = 3 };

/*
 * The fields that lead from one record to another one inside of it. A path is
 * made of them only once there is one: most records hold none.
 */
static int find_embedded(const struct graph *g, uint32_t record, uint32_t inner,
			 const struct graph_field **way, int depth)
{
	struct graph_field_range fields = graph_fields(g, record);
	uint32_t i;
	int nr;

	if (depth == MAX_EMBEDDED)
		return 0;
	for (i = 0; i < fields.nr; i++) {
		if (fields.first[i].kind != FIELD_RECORD)
			continue;
		way[depth] = &fields.first[i];
		if (fields.first[i].type == inner)
			return depth + 1;
		nr = find_embedded(g, fields.first[i].type, inner, way,
				   depth + 1);
		if (nr)
			return nr;
	}
	return 0;
}

bool slot_embedded(const struct graph *g, const char *record, const char *inner,
		   struct strbuf *path)
{
	const struct graph_field *way[MAX_EMBEDDED];
	uint32_t from = graph_find_string(g, record);
	uint32_t to = graph_find_string(g, inner);
	int nr = 0, i;

	if (from != UINT32_MAX && to != UINT32_MAX)
		nr = find_embedded(g, from, to, way, 0);
	for (i = 0; i < nr; i++)
		strbuf_addf(path, "%c%s.%s", i ? '|' : '>',
			    graph_string(g, way[i]->record),
			    graph_string(g, way[i]->name));
	return nr;
}
