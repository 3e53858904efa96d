// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which headers a prefix header holds. They are chosen by what the sources
 * include directly: no list of ours could follow the kernel. More headers save
 * more, until they get into each other's way and the loading of the precompiled
 * file costs more than it saves.
 */
#include <stdio.h>
#include <string.h>

#include "indexer/directive.h"
#include "indexer/overlay.h"
#include "indexer/prefix-internal.h"

enum {
	/*
	 * Measured on 1,500 units of 17 directories, in CPU seconds a unit:
	 * 60 headers used by 3 % of the units 0.105, 200 by 1 % 0.052, 400 by
	 * 1 % 0.054. What is not used is hardly loaded at all.
	 */
	MAX_HEADERS = 200,
	/* Units that include a header directly: percent, and how many. */
	MIN_SHARE = 1,
	MIN_UNITS = 2,
	/* Sources that are looked at; spread evenly over the group. */
	MAX_SAMPLE = 2000,
	/* Units that must begin alike, percent of the group. */
	LEAD_PERCENT = 85,
};

/* A header that units include. */
struct candidate {
	char *path; /* NULL: found nowhere */
	char *spelling;
	uint32_t count; /* units */
	uint32_t last; /* unit that counted it last, from 1 */
	uint64_t place; /* sum of its places among the units' includes */
	bool shared; /* stands in a directory of all units */
};

struct tally {
	struct prefix *prefix;
	struct interner
		names; /* as spelled; a private one with its directory */
	struct candidate *all; /* by name */
	size_t alloc;
	uint32_t unit, place; /* being looked at, both from 1 */
};

/* ---- where a header is ---- */

/* Path of @name below @dir (absolute, or relative to the prefix's), or NULL. */
static char *find_below(const struct prefix *prefix, const char *dir,
			const char *name)
{
	char *rel = xasprintf("%s/%s", dir, name);
	char *path = path_normalise(prefix->directory, rel);

	free(rel);
	if (overlay_readable(path))
		return path;
	free(path);
	return NULL;
}

static char *find_shared(const struct prefix *prefix, const char *name)
{
	uint32_t i;

	for (i = 0; i < prefix->nr_dirs; i++) {
		char *path = find_below(prefix, prefix->dirs[i] + 2, name);

		if (path)
			return path;
	}
	return NULL;
}

/* Where the compiler would find `#include "name"` of a file in @dir. */
static char *find_quoted(const struct prefix *prefix, const char *dir,
			 const char *name)
{
	char *path = find_below(prefix, dir, name);

	return path ? path : find_shared(prefix, name);
}

/* ---- counting ---- */

static char *dir_of(const char *file)
{
	const char *slash = strrchr(file, '/');

	return slash ? xstrndup(file, slash - file) : xstrdup(".");
}

/* The name between its delimiters; NULL when it is a macro's. */
static char *included_name(const char *rest, bool *quoted)
{
	const char *close;

	*quoted = rest[0] == '"';
	if (!*quoted && rest[0] != '<')
		return NULL;
	close = strchr(rest + 1, *quoted ? '"' : '>');
	return close ? xstrndup(rest + 1, close - rest - 1) : NULL;
}

/* Whether it is read already by what this prefix stands on. */
static bool is_in_parents(const struct prefix *prefix, const char *path)
{
	for (; prefix; prefix = prefix->parent)
		if (interner_find(&prefix->files, path) != UINT32_MAX)
			return true;
	return false;
}

/*
 * A header that may be included many times means something else each time, and
 * it would be read again by the unit.
 */
static void resolve(struct tally *t, struct candidate *c, const char *name,
		    const char *dir, bool quoted)
{
	const struct prefix *prefix = t->prefix;
	char *path = quoted ? find_quoted(prefix, dir, name)
			    : find_shared(prefix, name);

	memset(c, 0, sizeof(*c));
	if (!path || is_in_parents(prefix->parent, path) || !is_guarded(path)) {
		free(path);
		return;
	}
	c->path = path;
	c->shared = prefix_is_shared(prefix, path);
	c->spelling = quoted ? xasprintf("\"%s\"", path)
			     : xasprintf("<%s>", name);
}

/*
 * Without a prefix header to stand on, a private one would come before what it
 * takes for granted, for the kernel-wide ones are not all known yet.
 */
static bool is_looked_at(const struct prefix *prefix, bool quoted)
{
	return !quoted || prefix->kind != PREFIX_COMMON;
}

static void count_include(struct tally *t, const char *rest, const char *dir)
{
	uint32_t nr, old = t->names.nr;
	struct candidate *c;
	bool quoted;
	char *name = included_name(rest, &quoted), *key;

	if (!name)
		return;
	t->place++;
	if (!is_looked_at(t->prefix, quoted)) {
		free(name);
		return;
	}
	key = quoted ? xasprintf("%s/%s", dir, name) : xasprintf("<%s", name);
	nr = interner_addstr(&t->names, key);
	free(key);
	ALLOC_GROW(t->all, (size_t)nr + 1, t->alloc);
	c = &t->all[nr];
	if (nr >= old)
		resolve(t, c, name, dir, quoted);
	if (c->last != t->unit) {
		c->count++;
		c->place += t->place;
	}
	c->last = t->unit;
	free(name);
}

static void count_source(struct tally *t, const char *file)
{
	struct strbuf text = STRBUF_INIT;
	struct directive_scan scan;
	char *dir = dir_of(file);

	t->unit++;
	t->place = 0;
	if (!overlay_read(&text, file)) {
		directive_scan_init(&scan, text.buf, text.len);
		while (directive_next(&scan))
			if (scan.kind == DIRECTIVE_INCLUDE)
				count_include(t, scan.rest.buf, dir);
		directive_scan_release(&scan);
	}
	strbuf_release(&text);
	free(dir);
}

/* ---- choosing ---- */

/*
 * Kernel-wide headers first, most used first, for those are the basic ones.
 * Private ones as the units have them: many rely on what stands before them.
 * Names make it stable.
 */
static int by_use(const void *a, const void *b)
{
	const struct candidate *l = a, *r = b;
	uint64_t lp = l->place * r->count, rp = r->place * l->count;

	if (l->shared != r->shared)
		return l->shared ? -1 : 1;
	if (!l->shared && lp != rp)
		return lp < rp ? -1 : 1;
	if (l->count != r->count)
		return l->count < r->count ? 1 : -1;
	return strcmp(l->path, r->path);
}

static bool is_chosen(const struct prefix *prefix, const char *path)
{
	uint32_t i;

	for (i = 0; i < prefix->nr_headers; i++)
		if (!strcmp(prefix->headers[i].path, path))
			return true;
	return false;
}

static void add_header(struct prefix *prefix, const struct candidate *c)
{
	struct prefix_header *h;

	if (prefix->nr_headers == MAX_HEADERS || is_chosen(prefix, c->path))
		return;
	h = &prefix->headers[prefix->nr_headers++];
	h->spelling = xstrdup(c->spelling);
	h->path = xstrdup(c->path);
}

static void choose(struct tally *t)
{
	struct candidate *some = xcalloc(t->names.nr, sizeof(*some));
	uint32_t i, nr = 0;

	for (i = 1; i < t->names.nr; i++) {
		const struct candidate *c = &t->all[i];

		if (c->path && c->count >= MIN_UNITS &&
		    (uint64_t)c->count * 100 >= (uint64_t)t->unit * MIN_SHARE)
			some[nr++] = *c;
	}
	if (nr)
		qsort(some, nr, sizeof(*some), by_use);
	for (i = 0; i < nr; i++)
		add_header(t->prefix, &some[i]);
	free(some);
}

static void choose_common(struct prefix *prefix,
			  const struct prefix_unit *units, size_t nr)
{
	size_t step = (nr + MAX_SAMPLE - 1) / MAX_SAMPLE, i;
	struct tally t = { .prefix = prefix };

	interner_init(&t.names);
	for (i = 0; i < nr; i += step)
		count_source(&t, units[i].cmd->file);
	/* number 0 is the empty name, which nothing is */
	if (t.names.nr > 1)
		choose(&t);
	for (i = 1; i < t.names.nr; i++) {
		free(t.all[i].path);
		free(t.all[i].spelling);
	}
	interner_release(&t.names);
	free(t.all);
}

/* ---- how units begin ---- */

static void add_path(const struct prefix *prefix, const char *file,
		     const char *rest, struct strbuf *out)
{
	char *dir = dir_of(file), *path = NULL;
	bool quoted;
	char *name = included_name(rest, &quoted);

	if (name)
		path = quoted ? find_quoted(prefix, dir, name)
			      : find_shared(prefix, name);
	strbuf_addstr(out, path ? path : "");
	free(path);
	free(name);
	free(dir);
}

/*
 * A condition ends what units have in common. Whether a definition does is for
 * prefix_fits() to say.
 */
static bool is_beginning(enum directive_kind kind)
{
	return kind == DIRECTIVE_INCLUDE || kind == DIRECTIVE_DEFINE ||
	       kind == DIRECTIVE_UNDEF || kind == DIRECTIVE_PRAGMA;
}

bool prefix_lead_path(const struct prefix *prefix, const char *file,
		      uint32_t nr, struct strbuf *out)
{
	struct strbuf text = STRBUF_INIT;
	struct directive_scan scan;
	bool ret = false;

	strbuf_reset(out);
	if (!overlay_read(&text, file)) {
		directive_scan_init(&scan, text.buf, text.len);
		while (directive_next(&scan) && is_beginning(scan.kind)) {
			if (scan.kind != DIRECTIVE_INCLUDE || nr--)
				continue;
			add_path(prefix, file, scan.rest.buf, out);
			ret = out->len > 0;
			break;
		}
		directive_scan_release(&scan);
	}
	strbuf_release(&text);
	return ret;
}

/* What most of the units that agree so far include next, or an empty string. */
static size_t vote_next(const struct prefix *prefix,
			const struct prefix_unit *units, const bool *agrees,
			size_t nr, struct strbuf *lead)
{
	struct strbuf path = STRBUF_INIT;
	size_t i, votes = 0, count = 0;

	strbuf_reset(lead);
	for (i = 0; i < nr; i++) {
		if (!agrees[i] || !prefix_lead_path(prefix, units[i].cmd->file,
						    prefix->nr_headers, &path))
			continue;
		if (!votes) {
			strbuf_reset(lead);
			strbuf_addstr(lead, path.buf);
		}
		votes += !strcmp(lead->buf, path.buf) ? 1 : -1;
	}
	for (i = 0; lead->len && i < nr; i++)
		count += agrees[i] &&
			 prefix_lead_path(prefix, units[i].cmd->file,
					  prefix->nr_headers, &path) &&
			 !strcmp(lead->buf, path.buf);
	strbuf_release(&path);
	return count;
}

static void keep_agreeing(const struct prefix *prefix,
			  const struct prefix_unit *units, bool *agrees,
			  size_t nr, const char *lead)
{
	struct strbuf path = STRBUF_INIT;
	size_t i;

	for (i = 0; i < nr; i++)
		if (agrees[i] &&
		    (!prefix_lead_path(prefix, units[i].cmd->file,
				       prefix->nr_headers, &path) ||
		     strcmp(lead, path.buf)))
			agrees[i] = false;
	strbuf_release(&path);
}

static void choose_lead(struct prefix *prefix, const struct prefix_unit *units,
			size_t nr)
{
	struct strbuf lead = STRBUF_INIT;
	bool *agrees = xcalloc(nr, sizeof(*agrees));
	size_t i;

	for (i = 0; i < nr; i++)
		agrees[i] = true;
	while (prefix->nr_headers < MAX_HEADERS &&
	       vote_next(prefix, units, agrees, nr, &lead) * 100 >=
		       nr * LEAD_PERCENT &&
	       is_guarded(lead.buf)) {
		struct prefix_header *h = &prefix->headers[prefix->nr_headers];

		keep_agreeing(prefix, units, agrees, nr, lead.buf);
		h->path = xstrdup(lead.buf);
		h->spelling = xasprintf("\"%s\"", lead.buf);
		prefix->nr_headers++;
	}
	free(agrees);
	strbuf_release(&lead);
}

void prefix_choose(struct prefix *prefix, const struct prefix_unit *units,
		   size_t nr)
{
	prefix->headers = xcalloc(MAX_HEADERS, sizeof(*prefix->headers));
	if (prefix->kind == PREFIX_LEAD)
		choose_lead(prefix, units, nr);
	else
		choose_common(prefix, units, nr);
}
