// SPDX-License-Identifier: GPL-2.0-only
/* What a value may be: see resolve.h. */
#include <string.h>

#include "rules/resolve.h"

/* Enough for any chain a reader could follow, and an end to every loop. */
enum { MAX_DEPTH = 8, MAX_PLACES = PLACES_MAX };

void resolver_init(struct resolver *r, const struct graph *g)
{
	memset(r, 0, sizeof(*r));
	r->g = g;
	interner_init(&r->paths);
	u64map_init(&r->own);
	u64map_init(&r->composed);
	strbuf_init(&r->joined);
	u64map_init(&r->named);
}

void resolver_release(struct resolver *r)
{
	interner_release(&r->paths);
	u64map_release(&r->own);
	u64map_release(&r->composed);
	free(r->ends);
	strbuf_release(&r->joined);
	u64map_release(&r->named);
}

/* A place in a function. */
struct step {
	uint32_t fn;
	struct place p;
};

struct walk {
	struct resolver *r;
	struct places *out;
	bool literals; /* wanted */
	struct step seen[MAX_PLACES];
	uint32_t nr_seen;
	int depth;
};

/* Whether it was new; few are ever looked at. */
static bool add_seen(struct walk *w, uint32_t fn, const struct place *p)
{
	uint32_t i;

	for (i = 0; i < w->nr_seen; i++)
		if (w->seen[i].fn == fn && place_equal(&w->seen[i].p, p))
			return false;
	if (w->nr_seen < MAX_PLACES)
		w->seen[w->nr_seen++] = (struct step){ fn, *p };
	return true;
}

static void walk_values(struct walk *w, uint32_t fn, struct place p);

static bool is_to(const struct graph_assign *a, const struct place *p)
{
	return a->lhs.base == p->base && a->lhs.kind == p->kind;
}

/*
 * How much of a path the left side of an assignment to the same variable
 * covers, or -1. What is left must begin a step of its own; an array assigned
 * element by element is covered when it is used as a whole.
 */
static int covered(const struct resolver *r, const struct graph_assign *a,
		   const struct place *p)
{
	const char *lhs, *path = place_path(r, p);
	size_t len;

	/* most are the variable itself */
	if (!a->lhs.path)
		return p->addr && (!*path || *path == '|') ? -1 : 0;
	lhs = graph_string(r->g, a->lhs.path);
	len = strlen(lhs);
	/* most differ in the first character already */
	if (*path != *lhs || strncmp(path, lhs, len))
		return !strcmp(lhs, "[]") ? 0 : -1;
	if (path[len] && !strchr(">|*[<", path[len]))
		return -1;
	/* the address of the very place that is assigned to is no load */
	if (p->addr && (!path[len] || path[len] == '|'))
		return -1;
	return len;
}

/* The assignments that may say what a place holds. */
struct candidates {
	struct graph_assign_range in; /* in the function, or */
	struct graph_list list; /* to the variable, and */
	struct graph_assign_range literals; /* in the one or to the other */
	uint32_t nr;
};

static struct candidates candidates_of(const struct walk *w, uint32_t fn,
				       const struct place *p)
{
	const struct graph *g = w->r->g;
	struct candidates c = { .nr = 0 };
	uint32_t owner = GRAPH_NONE;

	if (p->kind == VALUE_GLOBAL) {
		owner = p->base;
		c.list = graph_assigns_to_global(g, owner);
	} else if (p->kind == VALUE_LOCAL || p->kind == VALUE_PARAM) {
		owner = fn;
		c.in = graph_assigns_in(g, owner);
	}
	if (w->literals)
		c.literals = graph_literals(g, owner);
	c.nr = c.in.nr + c.list.nr + c.literals.nr;
	return c;
}

static const struct graph_assign *
candidate(const struct walk *w, const struct candidates *c, uint32_t i)
{
	if (i < c->in.nr)
		return &c->in.first[i];
	if (i < c->list.nr)
		return graph_assign(w->r->g, c->list.first[i]);
	return &c->literals.first[i - c->in.nr - c->list.nr];
}

/* Of all candidates those count that cover most of a place. */
struct cover {
	int most; /* -1: none does */
	uint32_t first, last; /* that cover as much */
};

static void look_at(struct cover *best, const struct walk *w,
		    const struct graph_assign *a, uint32_t i,
		    const struct place *p)
{
	int len;

	if (!is_to(a, p))
		return;
	len = covered(w->r, a, p);
	if (len < 0 || len < best->most)
		return;
	if (len > best->most)
		best->first = i;
	best->most = len;
	best->last = i;
}

static struct cover find_cover(const struct walk *w, const struct candidates *c,
			       const struct place *p)
{
	struct cover best = { .most = -1 };
	uint32_t i;

	/* these are thousands for some, and mostly to other variables */
	for (i = 0; i < c->in.nr; i++)
		look_at(&best, w, &c->in.first[i], i, p);
	for (; i < c->nr; i++)
		look_at(&best, w, candidate(w, c, i), i, p);
	return best;
}

/* Go on from an assignment's right side, with what is left of the path. */
static void walk_assigned(struct walk *w, const struct graph_assign *a,
			  const struct place *p, int len)
{
	struct place rhs = resolver_place(w->r, &a->rhs);
	const char *rest = place_path(w->r, p) + len;
	bool is_left = *rest;
	uint32_t path = p->path;
	char *left;

	if (is_left && len) {
		/* a copy: the strings of paths move when one is added */
		left = xstrdup(rest);
		path = resolver_path(w->r, left);
		free(left);
	}
	if (is_left)
		rhs = resolver_compose(w->r, &rhs, path, p->addr);
	walk_values(w, a->func, rhs);
}

/*
 * Collect what @values hold where it means the same in every function; a local
 * or a parameter means something in its own only. Whether all of them did.
 */
static bool add_global_values(struct walk *w, struct places *values)
{
	bool all = values->nr > 0;
	uint32_t i;

	for (i = 0; i < values->nr; i++) {
		if (values->list[i].kind == VALUE_GLOBAL ||
		    values->list[i].kind == VALUE_FUNC)
			places_add(w->out, values->list[i]);
		else
			all = false;
	}
	places_release(values);
	return all;
}

static bool walk_local_assigns(struct walk *w, uint32_t fn,
			       const struct place *p);

/* A variable is set by any function: from what that one was given, too. */
static bool walk_assigns(struct walk *w, uint32_t fn, const struct place *p)
{
	struct places values = { 0 };
	struct places *out = w->out;

	if (p->kind != VALUE_GLOBAL)
		return walk_local_assigns(w, fn, p);
	w->out = &values;
	walk_local_assigns(w, fn, p);
	w->out = out;
	return add_global_values(w, &values);
}

static bool walk_local_assigns(struct walk *w, uint32_t fn,
			       const struct place *p)
{
	struct candidates c = candidates_of(w, fn, p);
	struct cover best = find_cover(w, &c, p);
	const struct graph_assign *a;
	uint32_t i;

	if (best.most < 0)
		return false;
	for (i = best.first; i <= best.last; i++) {
		a = candidate(w, &c, i);
		if (i == best.first || i == best.last ||
		    (is_to(a, p) && covered(w->r, a, p) == best.most))
			walk_assigned(w, a, p, best.most);
	}
	return true;
}

/*
 * What a function returns, where that is a variable or a function whoever
 * calls. Its own locals and parameters mean nothing to the caller.
 */
static bool walk_returned(struct walk *w, const struct place *p)
{
	struct graph_assign_range range = graph_assigns_in(w->r->g, p->base);
	struct places values = { 0 };
	uint32_t i;

	/* this one was counted already */
	if (!resolver_may_return(w->r, p->base, MAX_DEPTH + 1 - w->depth))
		return false;
	for (i = 0; i < range.nr; i++) {
		const struct graph_assign *a = &range.first[i];
		struct places *out = w->out;

		if (a->lhs.kind != VALUE_RETURN)
			continue;
		w->out = &values;
		walk_assigned(w, a, p, 0);
		w->out = out;
	}
	return add_global_values(w, &values);
}

static void walk_values(struct walk *w, uint32_t fn, struct place p)
{
	bool found = false;

	if (!add_seen(w, fn, &p))
		return;
	if (w->depth < MAX_DEPTH && w->nr_seen < MAX_PLACES) {
		w->depth++;
		if (p.kind == VALUE_CALL)
			found = walk_returned(w, &p);
		else
			found = walk_assigns(w, fn, &p);
		w->depth--;
	}
	/* a parameter keeps what the caller passed, whatever is assigned */
	if (!found || p.kind == VALUE_PARAM)
		places_add(w->out, p);
}

static void resolve(struct resolver *r, uint32_t fn, struct place p,
		    bool literals, struct places *out)
{
	struct walk w;

	/* not cleared: the list is long, and mostly next to empty */
	w.r = r;
	w.out = out;
	w.literals = literals;
	w.nr_seen = 0;
	w.depth = 0;
	walk_values(&w, fn, p);
}

void resolver_values(struct resolver *r, uint32_t fn, struct place p,
		     struct places *out)
{
	resolve(r, fn, p, false, out);
}

void resolver_values_and_literals(struct resolver *r, uint32_t fn,
				  struct place p, struct places *out)
{
	resolve(r, fn, p, true, out);
}
