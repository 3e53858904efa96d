// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which headers a prefix header holds, and how it is compiled.
 *
 * They are chosen by what the sources include directly: no list of ours could
 * follow the kernel. More headers save more, until they get into each other's
 * way and the loading of the precompiled file costs more than it saves.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "indexer/directive.h"
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
	/* Units that must agree on a directory for it to be a shared one. */
	SHARED_PERCENT = 90,
	MAX_TRIES = 24,
};

bool is_own_define(const char *arg)
{
	return !strncmp(arg, "-DKBUILD_", 9) ||
	       !strncmp(arg, "-D__KBUILD_", 11);
}

/* ---- what the units share ---- */

/* The @nr-th -I of a command, or NULL. */
static const char *include_dir(const struct parse_args *args, uint32_t nr)
{
	int i;

	for (i = 0; i < args->argc; i++)
		if (is_include_dir(args->argv[i]) && !nr--)
			return args->argv[i];
	return NULL;
}

/*
 * What most units have as their next -I after @prefix->dirs, or NULL when they
 * do not agree. A majority is found by Boyer and Moore's vote and counted then.
 */
static const char *next_shared_dir(const struct prefix *prefix,
				   const struct prefix_unit *units, size_t nr)
{
	const char *lead = NULL;
	size_t i, votes = 0, count = 0;

	for (i = 0; i < nr; i++) {
		const char *dir = include_dir(units[i].args, prefix->nr_dirs);

		if (!votes)
			lead = dir;
		if (lead == dir || (lead && dir && !strcmp(lead, dir)))
			votes++;
		else
			votes--;
	}
	for (i = 0; lead && i < nr; i++) {
		const char *dir = include_dir(units[i].args, prefix->nr_dirs);

		count += dir && !strcmp(lead, dir);
	}
	return count * 100 >= nr * SHARED_PERCENT ? lead : NULL;
}

static void share_dirs(struct prefix *prefix, const struct prefix_unit *units,
		       size_t nr)
{
	const char *dir;
	size_t alloc = 0;

	while (nr && (dir = next_shared_dir(prefix, units, nr))) {
		ALLOC_GROW(prefix->dirs, prefix->nr_dirs + 1, alloc);
		prefix->dirs[prefix->nr_dirs++] = xstrdup(dir);
	}
}

static void share_args(struct prefix *prefix, const struct parse_args *args)
{
	uint32_t dirs = 0;
	int i;

	prefix->args.argv = xcalloc(args->argc + 1, sizeof(*prefix->args.argv));
	prefix->own = xcalloc(args->argc + 1, sizeof(*prefix->own));
	for (i = 0; i < args->argc; i++) {
		const char *arg = args->argv[i];

		if (is_own_define(arg))
			prefix->own[prefix->nr_own++] = xstrdup(arg);
		else if (!is_include_dir(arg) || dirs++ < prefix->nr_dirs)
			prefix->args.argv[prefix->args.argc++] = xstrdup(arg);
	}
	prefix->args.prefix_key = args->prefix_key;
}

/* ---- which headers ---- */

struct tally {
	struct interner names;
	uint32_t *count; /* units, by name */
	uint32_t *last; /* unit that counted it last, from 1 */
	size_t alloc_count, alloc_last;
};

struct choice {
	const char *name;
	uint32_t count;
};

static void count_include(struct tally *t, const char *rest, uint32_t unit)
{
	const char *close = strchr(rest, '>');
	uint32_t nr, old = t->names.nr;

	if (rest[0] != '<' || !close)
		return;
	nr = interner_add(&t->names, rest + 1, close - rest - 1);
	if (nr >= old) {
		ALLOC_GROW(t->count, nr + 1, t->alloc_count);
		ALLOC_GROW(t->last, nr + 1, t->alloc_last);
		t->count[nr] = 0;
		t->last[nr] = 0;
	}
	if (t->last[nr] != unit)
		t->count[nr]++;
	t->last[nr] = unit;
}

static void count_source(struct tally *t, const char *file, uint32_t unit)
{
	struct strbuf text = STRBUF_INIT;
	struct directive_scan scan;

	if (!strbuf_read_file(&text, file)) {
		directive_scan_init(&scan, text.buf, text.len);
		while (directive_next(&scan))
			if (scan.kind == DIRECTIVE_INCLUDE)
				count_include(t, scan.rest.buf, unit);
		directive_scan_release(&scan);
	}
	strbuf_release(&text);
}

/* Path of a header in the shared directories, or NULL. */
static char *find_header(const struct prefix *prefix, const char *name)
{
	uint32_t i;

	for (i = 0; i < prefix->nr_dirs; i++) {
		char *rel = xasprintf("%s/%s", prefix->dirs[i] + 2, name);
		char *path = path_normalise(prefix->directory, rel);
		FILE *f = fopen(path, "re");

		free(rel);
		if (f) {
			fclose(f);
			return path;
		}
		free(path);
	}
	return NULL;
}

/*
 * A header that may be included many times means something else each time, and
 * it would be read again by the unit.
 */
static bool is_candidate(const struct prefix *prefix, const char *name)
{
	char *path = find_header(prefix, name);
	bool ret = path && is_guarded(path);

	free(path);
	return ret;
}

/* Most used first, for those are the basic ones; names make it stable. */
static int by_count(const void *a, const void *b)
{
	const struct choice *l = a, *r = b;

	if (l->count != r->count)
		return l->count < r->count ? 1 : -1;
	return strcmp(l->name, r->name);
}

static void choose(struct prefix *prefix, const struct tally *t,
		   uint32_t sampled)
{
	struct choice *all = xcalloc(t->names.nr, sizeof(*all));
	uint32_t i, nr = 0;

	for (i = 1; i < t->names.nr; i++) {
		if (t->count[i] < MIN_UNITS ||
		    (uint64_t)t->count[i] * 100 < (uint64_t)sampled * MIN_SHARE)
			continue;
		all[nr].name = interner_get(&t->names, i);
		all[nr++].count = t->count[i];
	}
	if (nr)
		qsort(all, nr, sizeof(*all), by_count);
	prefix->names = xcalloc(MAX_HEADERS, sizeof(*prefix->names));
	for (i = 0; i < nr && prefix->nr_names < MAX_HEADERS; i++)
		if (is_candidate(prefix, all[i].name))
			prefix->names[prefix->nr_names++] =
				xstrdup(all[i].name);
	free(all);
}

static void choose_headers(struct prefix *prefix,
			   const struct prefix_unit *units, size_t nr)
{
	size_t step = (nr + MAX_SAMPLE - 1) / MAX_SAMPLE, i;
	struct tally t = { 0 };
	uint32_t sampled = 0;

	interner_init(&t.names);
	for (i = 0; i < nr; i += step)
		count_source(&t, units[i].cmd->file, ++sampled);
	choose(prefix, &t, sampled);
	interner_release(&t.names);
	free(t.count);
	free(t.last);
}

struct prefix *prefix_new(const struct prefix_unit *units, size_t nr,
			  const char *stem)
{
	struct prefix *prefix;

	if (!nr)
		return NULL;
	prefix = xcalloc(1, sizeof(*prefix));
	interner_init(&prefix->tested);
	interner_init(&prefix->seen);
	u64map_init(&prefix->verdict);
	prefix->directory = xstrdup(units[0].cmd->directory);
	prefix->header = xasprintf("%s.h", stem);
	prefix->pch = xasprintf("%s.pch", stem);
	share_dirs(prefix, units, nr);
	share_args(prefix, units[0].args);
	choose_headers(prefix, units, nr);
	if (prefix->nr_names)
		return prefix;
	prefix_free(prefix);
	return NULL;
}

static void free_strings(char **strings, uint32_t nr)
{
	while (nr)
		free(strings[--nr]);
	free(strings);
}

void prefix_free(struct prefix *prefix)
{
	if (!prefix)
		return;
	free_strings(prefix->names, prefix->nr_names);
	free_strings(prefix->dirs, prefix->nr_dirs);
	free_strings(prefix->own, prefix->nr_own);
	parse_args_release(&prefix->args);
	interner_release(&prefix->tested);
	interner_release(&prefix->seen);
	u64map_release(&prefix->verdict);
	free(prefix->directory);
	free(prefix->header);
	free(prefix->pch);
	free(prefix);
}

const char *prefix_pch(const struct prefix *prefix)
{
	return prefix->pch;
}

/* ---- building ---- */

/*
 * What each unit defines its own way is a placeholder here, so that inline
 * functions in headers can name it.
 */
static void add_placeholder(struct strbuf *out, const char *define)
{
	const char *name = define + 2; /* -D */
	const char *value = strchr(name, '=');
	int len = value ? (int)(value - name) : (int)strlen(name);

	strbuf_addf(out, "#define %.*s %s\n", len, name,
		    value && value[1] == '"' ? "\"x\"" : "x");
}

static void text_of_first(const struct prefix *prefix, uint32_t nr,
			  struct strbuf *out)
{
	uint32_t i;

	for (i = 0; i < prefix->nr_own; i++)
		add_placeholder(out, prefix->own[i]);
	for (i = 0; i < nr; i++)
		strbuf_addf(out, "#include <%s>\n", prefix->names[i]);
}

void prefix_text(const struct prefix *prefix, struct strbuf *out)
{
	text_of_first(prefix, prefix->nr_names, out);
}

static int write_file(const char *path, const struct strbuf *text)
{
	FILE *f = fopen(path, "we");
	int ret = 0;

	if (!f)
		return -errno;
	if (fwrite(text->buf, 1, text->len, f) != text->len)
		ret = -EIO;
	if (fclose(f) && !ret)
		ret = -errno;
	return ret;
}

/* Compile a prefix header of the first @nr headers. */
static int build_first(const struct prefix *prefix, uint32_t nr,
		       struct unit_parser *parser, struct unit_facts *facts)
{
	struct strbuf text = STRBUF_INIT;
	int ret;

	text_of_first(prefix, nr, &text);
	ret = write_file(prefix->header, &text);
	strbuf_release(&text);
	if (ret)
		return ret;
	return unit_build_pch(parser, prefix->directory, prefix->header,
			      &prefix->args, prefix->pch, facts);
}

static void drop_header(struct prefix *prefix, uint32_t at)
{
	free(prefix->names[at]);
	prefix->nr_names--;
	memmove(&prefix->names[at], &prefix->names[at + 1],
		(prefix->nr_names - at) * sizeof(*prefix->names));
}

/* The chosen header that the error message blames, or nr_names for none. */
static uint32_t blamed(const struct prefix *prefix, const char *detail)
{
	size_t len = strcspn(detail, ":");
	uint32_t i;

	for (i = 0; i < prefix->nr_names; i++) {
		size_t n = strlen(prefix->names[i]);

		if (len > n && detail[len - n - 1] == '/' &&
		    !strncmp(detail + len - n, prefix->names[i], n))
			return i;
	}
	return prefix->nr_names;
}

/*
 * The error stands in a file that one of ours includes: find the header that
 * makes it appear by halving.
 */
static int find_culprit(const struct prefix *prefix, int *tries,
			struct unit_parser *parser, struct unit_facts *facts,
			uint32_t *culprit)
{
	uint32_t good = 0, bad = prefix->nr_names;

	while (bad - good > 1 && --*tries > 0) {
		uint32_t mid = good + (bad - good) / 2;
		int ret = build_first(prefix, mid, parser, facts);

		if (!ret)
			good = mid;
		else if (ret == -EINVAL)
			bad = mid;
		else
			return ret;
	}
	*culprit = bad - 1;
	return 0;
}

int prefix_build(struct prefix *prefix, struct unit_parser *parser,
		 struct unit_facts *facts)
{
	int tries = MAX_TRIES, ret = -EINVAL;

	while (prefix->nr_names && tries-- > 0) {
		uint32_t culprit;
		const char *detail;

		ret = build_first(prefix, prefix->nr_names, parser, facts);
		if (ret != -EINVAL)
			return ret;
		detail = interner_get(&facts->strings, facts->detail);
		culprit = blamed(prefix, detail);
		if (culprit == prefix->nr_names) {
			ret = find_culprit(prefix, &tries, parser, facts,
					   &culprit);
			if (ret)
				return ret;
		}
		drop_header(prefix, culprit);
	}
	return -EINVAL;
}
