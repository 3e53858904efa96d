// SPDX-License-Identifier: GPL-2.0-only
/*
 * Places and their paths. Paths are joined step by step, because steps undo
 * each other: container_of(&p->field) is p, and the field of container_of(x) is
 * *x.
 */
#include <string.h>

#include "rules/resolve.h"

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

/* One that a fact has; its number is faster found than its text. */
static uint32_t own_path(struct resolver *r, uint32_t path)
{
	uint32_t own = u64map_get(&r->own, path);

	if (!own) {
		own = resolver_path(r, graph_string(r->g, path)) + 1;
		u64map_put(&r->own, path, own);
	}
	return own - 1;
}

struct place resolver_place(struct resolver *r, const struct graph_value *v)
{
	struct place p = {
		.kind = v->kind,
		.addr = v->addr,
		.base = v->base,
	};

	/* most values have none */
	if (v->path)
		p.path = own_path(r, v->path);
	return p;
}

static struct path_end *end_of(struct resolver *r, uint32_t path)
{
	size_t nr = r->nr_ends;

	if (path >= nr) {
		ALLOC_GROW(r->ends, r->paths.nr, r->nr_ends);
		memset(r->ends + nr, 0, (r->nr_ends - nr) * sizeof(*r->ends));
	}
	return &r->ends[path];
}

uint32_t resolver_slot(struct resolver *r, const struct place *p)
{
	struct path_end *end;

	if (!p->path)
		return 0;
	end = end_of(r, p->path);
	if (!end->slot)
		end->slot = graph_path_slot(r->g, place_path(r, p)) + 1;
	return end->slot - 1;
}

/* What a step begins with. */
#define STEPS ">|*[<"

/* Where the last step begins: at the end when there is none. */
static size_t last_step(const char *path)
{
	size_t len = strlen(path), at = len;

	while (at && !strchr(STEPS, path[at - 1]))
		at--;
	return at ? at - 1 : len;
}

uint32_t resolver_head(struct resolver *r, uint32_t path, char *op)
{
	struct path_end *end = end_of(r, path);
	const char *text;
	uint32_t head;
	size_t at;

	if (!end->head) {
		text = interner_get(&r->paths, path);
		at = last_step(text);
		end->op = text[at];
		/* a copy: the strings of paths move when one is added */
		strbuf_reset(&r->joined);
		strbuf_add(&r->joined, text, at);
		head = interner_add(&r->paths, r->joined.buf, at);
		end = end_of(r, path);
		end->head = head + 1;
	}
	*op = end->op;
	return end->head - 1;
}

void places_add(struct places *list, struct place p)
{
	uint32_t i;

	for (i = 0; i < list->nr; i++)
		if (place_equal(&list->list[i], &p))
			return;
	if (list->nr == PLACES_MAX)
		return;
	ALLOC_GROW(list->list, list->nr + 1, list->alloc);
	list->list[list->nr++] = p;
}

void places_release(struct places *list)
{
	free(list->list);
	memset(list, 0, sizeof(*list));
}

/*
 * A function that calls itself with a field of its parameter makes a path that
 * has no end. No driver is found behind more steps than these.
 */
enum { MAX_STEPS = 12 };

/* A path while steps are added to it. */
struct route {
	struct strbuf *path;
	bool addr; /* the address of what it leads to is what goes on */
	bool lost; /* nothing that can be named */
};

/* Is the last step `@op`, to the field that @step names? */
static bool ends_with(const struct strbuf *path, char op, const char *step,
		      size_t len)
{
	const char *last;

	if (path->len < len)
		return false;
	last = path->buf + path->len - len;
	return *last == op && !memcmp(last + 1, step + 1, len - 1);
}

static bool ends_in_container(const struct strbuf *path)
{
	const char *last = strrchr(path->buf, '<');

	return last && !last[1 + strcspn(last + 1, STEPS)];
}

/* What a pointer points to, when that is all that is known of it. */
static void add_star(struct route *to)
{
	/* the address of the object that a step before led to */
	if (!ends_in_container(to->path))
		strbuf_addch(to->path, '*');
}

/* From a pointer to a field to the object around it. */
static void add_container(struct route *to, const char *step, size_t len)
{
	struct strbuf *path = to->path;

	if (!to->addr || ends_in_container(path)) {
		strbuf_add(path, step, len);
	} else if (ends_with(path, '|', step, len)) {
		strbuf_setlen(path, path->len - len);
	} else if (ends_with(path, '>', step, len)) {
		strbuf_setlen(path, path->len - len);
		add_star(to);
	} else {
		to->lost = true;
	}
	to->addr = true;
}

static void add_field(struct route *to, const char *step, size_t len)
{
	struct strbuf *path = to->path;
	char op = to->addr ? '|' : *step;

	to->addr = false;
	if (op == '|' && ends_with(path, '<', step, len)) {
		/* the object around a field, and that field again */
		strbuf_setlen(path, path->len - len);
		add_star(to);
		return;
	}
	if (op == '|' && path->len && path->buf[path->len - 1] == '*') {
		strbuf_setlen(path, path->len - 1);
		op = '>';
	}
	strbuf_addch(path, op);
	strbuf_add(path, step + 1, len - 1);
}

static void add_step(struct route *to, const char *step, size_t len)
{
	switch (*step) {
	case '<':
		add_container(to, step, len);
		return;
	case '>':
	case '|':
		add_field(to, step, len);
		return;
	case '*':
		/* through the address of a place is the place */
		if (!to->addr)
			strbuf_addch(to->path, '*');
		break;
	default:
		strbuf_add(to->path, step, len);
	}
	to->addr = false;
}

static bool is_long(const struct strbuf *path)
{
	const char *p = path->buf;
	int nr = 0;

	if (path->len < 4 * MAX_STEPS)
		return false;
	for (; *(p += strcspn(p, STEPS)); p++)
		nr++;
	return nr > MAX_STEPS;
}

static void add_steps(struct route *to, const char *steps)
{
	size_t len;

	for (; *steps && !to->lost; steps += len) {
		len = *steps == '[' ? 2 : 1 + strcspn(steps + 1, STEPS);
		add_step(to, steps, len);
	}
}

/* The path of a composed place and its addr; COMPOSED_LOST: it is no place. */
enum { COMPOSED_ADDR = 1, COMPOSED_LOST = 2, COMPOSED_BITS = 2 };

static uint32_t compose(struct resolver *r, const struct place *pointer,
			uint32_t path, uint8_t addr)
{
	struct strbuf *sb = &r->joined;
	struct route to = { sb, pointer->addr, false };

	strbuf_reset(sb);
	strbuf_addstr(sb, place_path(r, pointer));
	add_steps(&to, interner_get(&r->paths, path));
	if (to.lost || is_long(sb))
		return COMPOSED_LOST;
	/* the address of what a pointer points to is the pointer */
	if (addr && sb->len && sb->buf[sb->len - 1] == '*') {
		strbuf_setlen(sb, sb->len - 1);
		addr = 0;
	}
	return interner_add(&r->paths, sb->buf, sb->len) << COMPOSED_BITS |
	       (addr ? COMPOSED_ADDR : 0);
}

struct place resolver_compose(struct resolver *r, const struct place *pointer,
			      uint32_t path, uint8_t addr)
{
	struct place p = *pointer;
	uint64_t key = (uint64_t)pointer->path << 33 | (uint64_t)path << 2 |
		       !!pointer->addr << 1 | !!addr;
	uint32_t made;

	if (!path)
		return p;
	made = u64map_get(&r->composed, key);
	if (!made) {
		made = compose(r, pointer, path, addr) + 1;
		u64map_put(&r->composed, key, made);
	}
	made--;
	if (made & COMPOSED_LOST)
		return (struct place){ 0 };
	p.path = made >> COMPOSED_BITS;
	p.addr = made & COMPOSED_ADDR;
	return p;
}

/* What was described so far is a field of the object meant. */
static const char *describe_container(const char *s, struct strbuf *out)
{
	char *inner = xstrdup(out->buf);

	strbuf_reset(out);
	strbuf_addf(out, "container_of(%s)", inner);
	free(inner);
	return s + 1 + strcspn(s + 1, ">|[*<");
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
	if (*s == '<')
		return describe_container(s, out);
	end = s + 1 + strcspn(s + 1, ">|[*<");
	/* "rec@path.c.field": the field is behind the last dot */
	for (dot = p = s; p < end; p++)
		if (*p == '.')
			dot = p;
	if (dot > s) {
		/* container_of(x) and f() are pointers */
		strbuf_addstr(out, *s == '>' || out->buf[out->len - 1] == ')'
					   ? "->"
					   : ".");
		strbuf_add(out, dot + 1, end - dot - 1);
	}
	return end;
}

/* A static local of f is called "f.name": the reader knows it as name. */
static const char *symbol_name(const struct graph *g, uint32_t symbol)
{
	const char *name = graph_name(g, symbol);
	const char *dot = strrchr(name, '.');

	return dot ? dot + 1 : name;
}

static void describe_base(const struct resolver *r, const struct place *p,
			  struct strbuf *out)
{
	switch ((enum value_kind)p->kind) {
	case VALUE_PARAM:
		strbuf_addf(out, "argument %u", p->base + 1);
		break;
	case VALUE_LOCAL:
		strbuf_addstr(out, graph_string(r->g, p->base));
		break;
	case VALUE_GLOBAL:
	case VALUE_FUNC:
		strbuf_addstr(out, symbol_name(r->g, p->base));
		break;
	case VALUE_CALL:
		strbuf_addf(out, "%s()", graph_name(r->g, p->base));
		break;
	case VALUE_STRING:
	case VALUE_NONE:
	case VALUE_RETURN:
	case VALUE_NULL:
	case VALUE_INT:
		strbuf_addstr(out, "?");
		break;
	}
}

void place_describe(const struct resolver *r, const struct place *p,
		    struct strbuf *out)
{
	const char *s = place_path(r, p);
	struct strbuf text = STRBUF_INIT;

	describe_base(r, p, &text);
	while (*s)
		s = describe_step(s, &text);
	strbuf_add(out, text.buf, text.len);
	strbuf_release(&text);
}
