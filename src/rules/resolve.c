// SPDX-License-Identifier: GPL-2.0-only
/* What a value may be: see resolve.h. */
#include <string.h>

#include "rules/resolve.h"

/* Enough for any chain a reader could follow, and an end to every loop. */
enum { MAX_DEPTH = 8, MAX_PLACES = 256 };

void resolver_init(struct resolver *r, const struct graph *g)
{
	r->g = g;
	interner_init(&r->paths);
}

void resolver_release(struct resolver *r)
{
	interner_release(&r->paths);
}

const char *place_path(const struct resolver *r, const struct place *p)
{
	return interner_get(&r->paths, p->path);
}

bool place_equal(const struct place *a, const struct place *b)
{
	return a->kind == b->kind && a->addr == b->addr && a->base == b->base &&
	       a->path == b->path;
}

uint32_t resolver_path(struct resolver *r, const char *text)
{
	return interner_addstr(&r->paths, text);
}

struct place resolver_place(struct resolver *r, const struct graph_value *v)
{
	return (struct place){
		.kind = v->kind,
		.addr = v->addr,
		.base = v->base,
		.path = resolver_path(r, graph_string(r->g, v->path)),
	};
}

void places_add(struct places *list, struct place p)
{
	uint32_t i;

	for (i = 0; i < list->nr; i++)
		if (place_equal(&list->list[i], &p))
			return;
	if (list->nr == MAX_PLACES)
		return;
	ALLOC_GROW(list->list, list->nr + 1, list->alloc);
	list->list[list->nr++] = p;
}

void places_release(struct places *list)
{
	free(list->list);
	memset(list, 0, sizeof(*list));
}

struct place resolver_compose(struct resolver *r, const struct place *pointer,
			      uint32_t path, uint8_t addr)
{
	const char *steps = interner_get(&r->paths, path);
	struct place p = *pointer;
	struct strbuf sb = STRBUF_INIT;

	if (!*steps)
		return p;
	strbuf_addstr(&sb, place_path(r, pointer));
	if (pointer->addr && *steps == '>') {
		/* through the address of a place is the place */
		strbuf_addch(&sb, '|');
		steps++;
	} else if (pointer->addr && *steps == '*') {
		steps++;
	}
	strbuf_addstr(&sb, steps);
	p.path = resolver_path(r, sb.buf);
	p.addr = addr;
	strbuf_release(&sb);
	return p;
}

/*
 * Where the value of a variable is used as a pointer: the part of a path before
 * it names the variable's own memory, the rest leads away from there. "[]" of a
 * variable that is an array is its memory, of a pointer it leads away.
 */
static size_t own_part(const struct resolver *r, const struct place *p)
{
	const char *s = place_path(r, p);
	bool is_array = p->kind == VALUE_GLOBAL &&
			(graph_symbol(r->g, p->base)->attrs & ATTR_ARRAY);
	const char *end = s;

	while (*end && *end != '>' && *end != '*') {
		if (end[0] == '[' && end == s && !is_array &&
		    p->kind == VALUE_GLOBAL &&
		    graph_symbol(r->g, p->base)->defined)
			break;
		end++;
	}
	return end - s;
}

struct walk {
	struct resolver *r;
	struct places *out;
	int depth;
};

static void walk_values(struct walk *w, uint32_t fn, struct place p);

static bool same_own_part(const struct resolver *r, uint32_t path,
			  const char *own, size_t len)
{
	const char *s = graph_string(r->g, path);

	if (strlen(s) == len && !memcmp(s, own, len))
		return true;
	/* an array used as a whole stands for any of its elements */
	return !len && !strcmp(s, "[]");
}

/* Go on from an assignment's right side, with what is left of the path. */
static void walk_assigned(struct walk *w, const struct graph_assign *a,
			  const struct place *p, size_t own)
{
	struct place rhs = resolver_place(w->r, &a->rhs);
	uint32_t rest = resolver_path(w->r, place_path(w->r, p) + own);

	w->depth++;
	walk_values(w, a->func, resolver_compose(w->r, &rhs, rest, p->addr));
	w->depth--;
}

static bool walk_global(struct walk *w, const struct place *p, size_t own)
{
	struct graph_list list = graph_assigns_to_global(w->r->g, p->base);
	bool found = false;
	uint32_t i;

	for (i = 0; i < list.nr; i++) {
		const struct graph_assign *a =
			graph_assign(w->r->g, list.first[i]);
		/* the resolver's text may move while it is read */
		char *text = xstrndup(place_path(w->r, p), own);

		if (same_own_part(w->r, a->lhs.path, text, own)) {
			walk_assigned(w, a, p, own);
			found = true;
		}
		free(text);
	}
	return found;
}

static bool walk_local(struct walk *w, uint32_t fn, const struct place *p,
		       size_t own)
{
	struct graph_assign_range range = graph_assigns_in(w->r->g, fn);
	bool found = false;
	uint32_t i;

	for (i = 0; i < range.nr; i++) {
		const struct graph_assign *a = &range.first[i];
		char *text;

		if (a->lhs.kind != VALUE_LOCAL || a->lhs.base != p->base)
			continue;
		text = xstrndup(place_path(w->r, p), own);
		if (same_own_part(w->r, a->lhs.path, text, own)) {
			walk_assigned(w, a, p, own);
			found = true;
		}
		free(text);
	}
	return found;
}

static void walk_values(struct walk *w, uint32_t fn, struct place p)
{
	size_t len = strlen(place_path(w->r, &p));
	size_t own = own_part(w->r, &p);
	bool found = false;

	/* the address of the variable's own memory is an answer already */
	if (w->depth < MAX_DEPTH && !(p.addr && own == len)) {
		if (p.kind == VALUE_GLOBAL)
			found = walk_global(w, &p, own);
		else if (p.kind == VALUE_LOCAL && fn != GRAPH_NONE)
			/* whether p[i] is an array's or a pointer's element
			 * shows in what is assigned */
			found = walk_local(w, fn, &p, own) ||
				(*place_path(w->r, &p) == '[' &&
				 walk_local(w, fn, &p, 0));
	}
	if (!found)
		places_add(w->out, p);
}

void resolver_values(struct resolver *r, uint32_t fn, struct place p,
		     struct places *out)
{
	struct walk w = { .r = r, .out = out };

	walk_values(&w, fn, p);
}

/* One step of a path into C: ">rec.field" -> "->field". Returns the rest. */
static const char *describe_step(const char *s, struct strbuf *out)
{
	const char *end, *dot, *p;

	if (*s == '[') {
		strbuf_addstr(out, "[]");
		return s + 2;
	}
	if (*s == '*')
		return s + 1;
	end = s + 1 + strcspn(s + 1, ">|[*");
	/* "rec@path.c.field": the field is behind the last dot */
	for (dot = p = s; p < end; p++)
		if (*p == '.')
			dot = p;
	if (dot > s) {
		strbuf_addstr(out, *s == '>' ? "->" : ".");
		strbuf_add(out, dot + 1, end - dot - 1);
	}
	return end;
}

void place_describe(const struct resolver *r, const struct place *p,
		    struct strbuf *out)
{
	const char *s = place_path(r, p);

	switch ((enum value_kind)p->kind) {
	case VALUE_PARAM:
		strbuf_addf(out, "argument %u", p->base + 1);
		break;
	case VALUE_LOCAL:
		strbuf_addstr(out, graph_string(r->g, p->base));
		break;
	case VALUE_GLOBAL:
	case VALUE_FUNC:
		strbuf_addstr(out, graph_name(r->g, p->base));
		break;
	case VALUE_CALL:
		strbuf_addf(out, "%s()", graph_name(r->g, p->base));
		break;
	case VALUE_STRING:
	case VALUE_NONE:
	case VALUE_RETURN:
		strbuf_addstr(out, "?");
		break;
	}
	while (*s)
		s = describe_step(s, out);
}
