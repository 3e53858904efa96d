// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which units may use a prefix header. A header says something else when a name
 * that it tests was defined in front of it: `#define DEBUG` before
 * <linux/device.h>. With the prefix that definition comes too late, without any
 * diagnostic. Which names these are is read from the headers themselves.
 */
#include <string.h>

#include "indexer/macro-set.h"
#include "indexer/overlay.h"
#include "indexer/prefix-internal.h"
#include "indexer/tree-path.h"

/* What is there before the first line, kernel or not. */
static void learn_builtins(struct prefix *prefix)
{
	struct interner *defined = &prefix->macros.defined;
	uint32_t i;

	prefix->macros.open = builtin_macros(&prefix->args, defined) != 0;
	for (i = 0; i < prefix->nr_own; i++)
		interner_add(defined, prefix->own[i] + 2,
			     strcspn(prefix->own[i] + 2, "="));
}

void prefix_learn(struct prefix *prefix, const struct unit_facts *facts,
		  const char *tree, const char *objdir)
{
	struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;
	struct macro_texts texts;
	uint32_t i;

	macro_texts_init(&texts);
	if (!prefix->parent)
		learn_builtins(prefix);
	for (i = 0; i < facts->nr_deps; i++) {
		uint32_t nr;

		strbuf_reset(&path);
		strbuf_reset(&text);
		tree_path_open(&path, tree, objdir,
			       interner_get(&facts->strings,
					    facts->deps[i].file));
		nr = interner_addstr(&prefix->files, path.buf);
		if (!overlay_read(&text, path.buf))
			macro_texts_add(&texts, &text, nr);
	}
	macro_names_learn(&prefix->macros, &texts);
	macro_texts_release(&texts);
	strbuf_release(&path);
	strbuf_release(&text);
}

/* ---- what a text does to them ---- */

/* The directives of a file that may be reached. */
struct live_scan {
	struct strbuf text;
	struct directive_scan scan;
	struct live live;
};

static int live_scan_init(struct live_scan *s, const struct prefix *prefix,
			  const char *path)
{
	int ret;

	strbuf_init(&s->text);
	ret = overlay_read(&s->text, path);
	directive_scan_init(&s->scan, s->text.buf, s->text.len);
	live_init(&s->live, macro_names_lookup, &prefix->macros);
	return ret;
}

static void live_scan_release(struct live_scan *s)
{
	directive_scan_release(&s->scan);
	strbuf_release(&s->text);
}

static bool live_next(struct live_scan *s)
{
	while (directive_next(&s->scan))
		if (live_step(&s->live, s->scan.kind, s->scan.rest.buf))
			return true;
	return false;
}

/*
 * Whether a directive changes a name that the prefix's headers test, those of
 * its parents included. @file is a file of @prefix, whose own tests do not
 * count, or 0.
 */
static bool changes_name(const struct prefix *prefix,
			 const struct directive_scan *scan, uint32_t file)
{
	const char *line = scan->rest.buf, *word;
	size_t len;

	if (scan->kind != DIRECTIVE_DEFINE && scan->kind != DIRECTIVE_UNDEF)
		return false;
	word = identifier_next(&line, &len);
	return word && macro_names_tested(&prefix->macros, word, len, file);
}

/* A source file can only harm what it includes afterwards. */
static bool source_is_harmless(const struct prefix *prefix, const char *path)
{
	bool changed = false, ret;
	struct live_scan s;

	ret = !live_scan_init(&s, prefix, path);
	while (ret && live_next(&s)) {
		changed = changed || changes_name(prefix, &s.scan, 0);
		ret = !changed || s.scan.kind != DIRECTIVE_INCLUDE;
	}
	live_scan_release(&s);
	return ret;
}

static bool defines(const struct directive_scan *scan, const char *name)
{
	const char *line = scan->rest.buf, *word;
	size_t len;

	if (scan->kind != DIRECTIVE_DEFINE)
		return false;
	word = identifier_next(&line, &len);
	return word && len == strlen(name) && !strncmp(word, name, len);
}

/*
 * A header also what the source includes behind it. @guarded: that another one
 * has the same guard is no matter.
 */
static bool header_text_is_harmless(const struct prefix *prefix,
				    const char *path, uint32_t file,
				    bool guarded)
{
	struct strbuf guard = STRBUF_INIT;
	struct live_scan s;
	bool ret;

	ret = !live_scan_init(&s, prefix, path);
	if (ret && guarded)
		find_guard(&s.text, &guard);
	while (ret && live_next(&s))
		ret = (guard.len && defines(&s.scan, guard.buf)) ||
		      !changes_name(prefix, &s.scan, file);
	live_scan_release(&s);
	strbuf_release(&guard);
	return ret;
}

bool prefix_dirs_fit(const struct prefix *prefix, const struct parse_args *args)
{
	uint32_t nr = 0;
	int i;

	for (i = 0; i < args->argc && nr < prefix->nr_dirs; i++) {
		if (!is_include_dir(args->argv[i]))
			continue;
		if (strcmp(args->argv[i], prefix->dirs[nr]))
			return false;
		nr++;
	}
	return nr == prefix->nr_dirs;
}

static bool same_name(const char *a, const char *b)
{
	size_t len = strcspn(a, "=");

	return len == strcspn(b, "=") && !strncmp(a, b, len);
}

/* It defines what the placeholders stand for, no more and no less. */
static bool defines_fit(const struct prefix *prefix,
			const struct parse_args *args)
{
	uint32_t nr = 0, j;
	int i;

	for (i = 0; i < args->argc; i++) {
		if (!is_own_define(args->argv[i]))
			continue;
		for (j = 0; j < prefix->nr_own; j++)
			if (same_name(prefix->own[j], args->argv[i]))
				break;
		if (j == prefix->nr_own)
			return false;
		nr++;
	}
	return nr == prefix->nr_own;
}

/* For PREFIX_LEAD: whether a source begins with its headers, in their order. */
static bool begins_alike(const struct prefix *prefix, const char *file)
{
	struct strbuf path = STRBUF_INIT;
	bool ret = true;
	uint32_t i;

	if (prefix->kind == PREFIX_LEAD)
		for (i = 0; ret && i < prefix->nr_headers; i++)
			ret = prefix_lead_path(prefix, file, i, &path) &&
			      !strcmp(path.buf, prefix->headers[i].path);
	strbuf_release(&path);
	return ret && (!prefix->parent || begins_alike(prefix->parent, file));
}

bool prefix_fits(const struct prefix *prefix, const struct prefix_unit *unit)
{
	return prefix_dirs_fit(prefix, unit->args) &&
	       defines_fit(prefix, unit->args) &&
	       begins_alike(prefix, unit->cmd->file) &&
	       source_is_harmless(prefix, unit->cmd->file);
}

/* ---- the headers a unit read beside the prefix ---- */

/* A kernel-wide header must not depend on what is included in front of it. */
bool prefix_is_shared(const struct prefix *prefix, const char *path)
{
	uint32_t i;

	for (i = 0; i < prefix->nr_dirs; i++) {
		char *dir =
			path_normalise(prefix->directory, prefix->dirs[i] + 2);
		bool found = path_below(path, dir) != NULL;

		free(dir);
		if (found)
			return true;
	}
	return false;
}

static bool header_is_harmless(struct prefix *prefix, const char *path)
{
	uint32_t nr = interner_addstr(&prefix->seen, path);
	uint32_t known = u64map_get(&prefix->verdict, nr);

	if (!known) {
		known = prefix_is_shared(prefix, path) ||
					header_text_is_harmless(prefix, path, 0,
								false)
				? 1
				: 2;
		u64map_put(&prefix->verdict, nr, known);
	}
	return known == 1;
}

bool prefix_fits_facts(struct prefix *prefix, const struct prefix_unit *unit,
		       const struct unit_facts *facts, const char *tree,
		       const char *objdir)
{
	struct strbuf path = STRBUF_INIT;
	bool fits = true;
	uint32_t i;

	for (i = 0; fits && i < facts->nr_deps; i++) {
		strbuf_reset(&path);
		tree_path_open(&path, tree, objdir,
			       interner_get(&facts->strings,
					    facts->deps[i].file));
		if (strcmp(path.buf, unit->cmd->file))
			fits = header_is_harmless(prefix, path.buf);
	}
	strbuf_release(&path);
	return fits;
}

bool prefix_is_harmless(const struct prefix *prefix)
{
	bool guarded;
	uint32_t i;

	/* it has them in the order of its units */
	if (prefix->kind == PREFIX_LEAD)
		return true;
	/*
	 * A common prefix has others only as parts of kernel-wide headers. Of
	 * two with one guard these choose which is read (<linux/libfdt.h> has
	 * one that stands in for another's), whatever the order of the units.
	 */
	guarded = prefix->kind == PREFIX_COMMON;
	for (i = 1; i < prefix->files.nr; i++) {
		const char *path = interner_get(&prefix->files, i);

		if (!prefix_is_shared(prefix, path) &&
		    !header_text_is_harmless(prefix, path, i, guarded))
			return false;
	}
	return true;
}
