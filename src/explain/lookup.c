// SPDX-License-Identifier: GPL-2.0-only
/*
 * From what a reader types to a function. Names are not unique (a kernel has
 * dozens of static probe()s), half of the well-known ones are macros, and
 * everybody mistypes.
 */
#include <errno.h>
#include <string.h>

#include "explain/explain.h"
#include "util/strbuf.h"

enum { MAX_LISTED = 20, MAX_NEAR = 5, MAX_NAME = 128 };

/* Is @tail all of a path, or its last parts? Nothing is the end of all. */
static bool is_path_end(const char *path, const char *tail, size_t len)
{
	size_t all = strlen(path);

	return !len || (all >= len && !strncmp(path + all - len, tail, len) &&
			(all == len || path[all - len - 1] == '/'));
}

struct functions {
	uint32_t *list;
	uint32_t nr;
	size_t alloc;
};

static void add_function(struct functions *f, uint32_t fn)
{
	uint32_t i;

	for (i = 0; i < f->nr; i++)
		if (f->list[i] == fn)
			return;
	ALLOC_GROW(f->list, f->nr + 1, f->alloc);
	f->list[f->nr++] = fn;
}

/* Those called @name, in a file that ends in the first @len bytes of @file. */
static void find_named(const struct graph *g, const char *name,
		       const char *file, size_t len, struct functions *found)
{
	struct graph_list list = graph_symbols_named(g, name);
	uint32_t i;

	for (i = 0; i < list.nr; i++) {
		const struct graph_symbol *sym = graph_symbol(g, list.first[i]);

		if (sym->kind == SYMBOL_FUNC &&
		    is_path_end(graph_string(g, sym->file), file, len))
			add_function(found, list.first[i]);
	}
}

/* What the calls that are spelled as this macro call. */
static void find_macro(const struct graph *g, const char *name,
		       struct functions *found)
{
	uint32_t macro = graph_find_string(g, name), nr = graph_nr_calls(g), i;

	if (macro == UINT32_MAX || !macro)
		return;
	for (i = 0; i < nr; i++) {
		const struct graph_call *c = graph_call(g, i);

		if (c->macro == macro && c->target.kind == VALUE_FUNC)
			add_function(found, c->target.base);
	}
}

static void list_functions(const struct graph *g, const struct functions *f,
			   struct strbuf *err)
{
	uint32_t i;

	for (i = 0; i < f->nr && i < MAX_LISTED; i++) {
		const struct graph_symbol *sym = graph_symbol(g, f->list[i]);
		const char *file = graph_string(g, sym->file);

		if (*file)
			strbuf_addf(err, "\n  %s:%s", file,
				    graph_name(g, f->list[i]));
		else
			strbuf_addf(err, "\n  %s", graph_name(g, f->list[i]));
	}
	if (f->nr > i)
		strbuf_addf(err, "\n  and %u more", f->nr - i);
}

/* ---- names that are spelled nearly so ---- */

static uint32_t min3(uint32_t a, uint32_t b, uint32_t c)
{
	uint32_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* Letters to change, to add or to leave out. */
static uint32_t edit_distance(const char *a, size_t na, const char *b,
			      size_t nb)
{
	uint32_t row[MAX_NAME + 1];
	size_t i, k;

	for (k = 0; k <= nb; k++)
		row[k] = k;
	for (i = 1; i <= na; i++) {
		uint32_t corner = row[0];

		row[0] = i;
		for (k = 1; k <= nb; k++) {
			uint32_t above = row[k];

			row[k] = min3(row[k] + 1, row[k - 1] + 1,
				      corner + (a[i - 1] != b[k - 1]));
			corner = above;
		}
	}
	return row[nb];
}

struct near {
	const char *name[MAX_NEAR];
	uint32_t cost[MAX_NEAR];
	uint32_t nr;
};

/* The nearest first, then as strcmp() has them; each once. */
static void add_near(struct near *near, const char *name, uint32_t cost)
{
	uint32_t at, i;

	for (at = 0; at < near->nr; at++) {
		int cmp = strcmp(name, near->name[at]);

		if (!cmp)
			return;
		if (cost < near->cost[at] ||
		    (cost == near->cost[at] && cmp < 0))
			break;
	}
	if (at == MAX_NEAR)
		return;
	if (near->nr < MAX_NEAR)
		near->nr++;
	for (i = near->nr - 1; i > at; i--) {
		near->name[i] = near->name[i - 1];
		near->cost[i] = near->cost[i - 1];
	}
	near->name[at] = name;
	near->cost[at] = cost;
}

/* A name that contains what was typed, or the other way, is near as well. */
static void find_near(const struct graph *g, const char *name,
		      struct near *near)
{
	size_t len = strlen(name), most = len / 4 + 1, n;
	uint32_t nr = graph_nr_symbols(g), i, cost;

	if (most > 4)
		most = 4;
	for (i = 0; i < nr && len && len <= MAX_NAME; i++) {
		const char *other = graph_name(g, i);

		if (graph_symbol(g, i)->kind != SYMBOL_FUNC)
			continue;
		n = strlen(other);
		if (n > MAX_NAME || !n)
			continue;
		if (n <= len + most && len <= n + most) {
			cost = edit_distance(name, len, other, n);
			if (cost <= most)
				add_near(near, other, cost);
		}
		if (len > 4 && n > len && n < 2 * len && strstr(other, name))
			add_near(near, other, most + (n - len));
	}
}

static void unknown(const struct graph *g, const char *name, const char *file,
		    size_t len, struct strbuf *err)
{
	struct near near = { .nr = 0 };
	uint32_t i;

	strbuf_addf(err, "there is no function '%s'", name);
	if (len)
		strbuf_addf(err, " in a file '%.*s'", (int)len, file);
	if (*graph_config(g))
		strbuf_addf(err, " in configuration %s", graph_config(g));
	find_near(g, name, &near);
	for (i = 0; i < near.nr; i++)
		strbuf_addf(err, "%s %s",
			    i ? "," : "; there is:", near.name[i]);
}

int explain_find(const struct graph *g, const char *name, uint32_t *fn,
		 struct strbuf *note, struct strbuf *err)
{
	const char *colon = strrchr(name, ':');
	const char *base = colon ? colon + 1 : name;
	size_t len = colon ? colon - name : 0;
	struct functions found = { 0 };
	bool macro = false;
	int ret = 0;

	find_named(g, base, name, len, &found);
	if (!found.nr && !colon) {
		find_macro(g, base, &found);
		macro = true;
	}
	if (found.nr == 1) {
		*fn = found.list[0];
		if (macro)
			strbuf_addf(note,
				    "%s() is a macro; what it calls is %s()",
				    base, graph_name(g, *fn));
	} else if (found.nr) {
		strbuf_addf(err,
			    macro ? "'%s' is a macro that calls %u functions; "
				    "name one of them:"
				  : "'%s' is the name of %u functions; name "
				    "one as FILE:FUNCTION:",
			    name, found.nr);
		list_functions(g, &found, err);
		ret = -ENOTUNIQ;
	} else {
		unknown(g, base, name, len, err);
		ret = -ENOENT;
	}
	free(found.list);
	return ret;
}
