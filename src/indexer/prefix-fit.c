// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which units may use a prefix header. A header says something else when a name
 * that it tests was defined in front of it: `#define DEBUG` before
 * <linux/device.h>. With the prefix that definition comes too late, without any
 * diagnostic. Which names these are is read from the headers themselves.
 */
#include <string.h>

#include "indexer/directive.h"
#include "indexer/prefix-internal.h"
#include "indexer/tree-path.h"

/* ---- the names that headers test ---- */

static void add_identifiers(struct interner *names, const char *line)
{
	const char *word;
	size_t len;

	while ((word = identifier_next(&line, &len)))
		if (len != strlen("defined") || strncmp(word, "defined", len))
			interner_add(names, word, len);
}

/* Whether @line begins with the identifier @name. */
static bool begins_with(const char *line, const char *name)
{
	size_t len;
	const char *word = identifier_next(&line, &len);

	return word && strlen(name) == len && !strncmp(word, name, len);
}

/*
 * `#ifndef N`, `#define N ...`, `#endif`: a default, which a later definition
 * replaces just as an earlier one prevents it (pr_fmt in <linux/printk.h>).
 */
struct default_pattern {
	struct strbuf name;
	int seen; /* directives of it that came one after another */
};

static void end_pattern(struct default_pattern *pat, struct interner *names)
{
	if (pat->seen)
		add_identifiers(names, pat->name.buf);
	pat->seen = 0;
}

static void step_pattern(struct default_pattern *pat,
			 const struct directive_scan *scan,
			 struct interner *names)
{
	if (pat->seen == 1 && scan->kind == DIRECTIVE_DEFINE &&
	    begins_with(scan->rest.buf, pat->name.buf)) {
		pat->seen = 2;
		return;
	}
	if (pat->seen == 2 && scan->kind == DIRECTIVE_ENDIF) {
		pat->seen = 0;
		return;
	}
	end_pattern(pat, names);
	if (scan->kind != DIRECTIVE_IFNDEF)
		return;
	strbuf_reset(&pat->name);
	strbuf_addstr(&pat->name, scan->rest.buf);
	pat->seen = 1;
}

static void learn_text(struct interner *names, const struct strbuf *text)
{
	struct default_pattern pat = { .name = STRBUF_INIT };
	struct directive_scan scan;

	directive_scan_init(&scan, text->buf, text->len);
	while (directive_next(&scan)) {
		step_pattern(&pat, &scan, names);
		if (scan.kind == DIRECTIVE_IF || scan.kind == DIRECTIVE_ELIF ||
		    scan.kind == DIRECTIVE_IFDEF)
			add_identifiers(names, scan.rest.buf);
	}
	end_pattern(&pat, names);
	directive_scan_release(&scan);
	strbuf_release(&pat.name);
}

void prefix_learn(struct prefix *prefix, const struct unit_facts *facts,
		  const char *tree, const char *objdir)
{
	struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;
	uint32_t i;

	for (i = 0; i < facts->nr_deps; i++) {
		strbuf_reset(&path);
		strbuf_reset(&text);
		tree_path_open(&path, tree, objdir,
			       interner_get(&facts->strings,
					    facts->deps[i].file));
		if (!strbuf_read_file(&text, path.buf))
			learn_text(&prefix->tested, &text);
	}
	strbuf_release(&path);
	strbuf_release(&text);
}

/* ---- what a text does to them ---- */

/* Whether @line begins with a name that the prefix's headers test. */
static bool is_tested(const struct prefix *prefix, const char *line)
{
	size_t len;
	const char *word = identifier_next(&line, &len);
	bool ret;
	char *name;

	if (!word)
		return false;
	name = xstrndup(word, len);
	ret = interner_find(&prefix->tested, name) != UINT32_MAX;
	free(name);
	return ret;
}

static bool changes_name(const struct prefix *prefix,
			 const struct directive_scan *scan)
{
	return (scan->kind == DIRECTIVE_DEFINE ||
		scan->kind == DIRECTIVE_UNDEF) &&
	       is_tested(prefix, scan->rest.buf);
}

/*
 * A source file can only harm what it includes afterwards; a header of the
 * unit's own also what the source includes behind it.
 */
static bool is_harmless(const struct prefix *prefix, const struct strbuf *text,
			bool is_source)
{
	struct directive_scan scan;
	bool changed = false, harm = false;

	directive_scan_init(&scan, text->buf, text->len);
	while (!harm && directive_next(&scan)) {
		if (changes_name(prefix, &scan))
			changed = true;
		harm = changed &&
		       (!is_source || scan.kind == DIRECTIVE_INCLUDE);
	}
	directive_scan_release(&scan);
	return !harm;
}

static bool file_is_harmless(const struct prefix *prefix, const char *path,
			     bool is_source)
{
	struct strbuf text = STRBUF_INIT;
	bool ret = !strbuf_read_file(&text, path) &&
		   is_harmless(prefix, &text, is_source);

	strbuf_release(&text);
	return ret;
}

/* Its own directories must come last, or they could hide a shared header. */
static bool dirs_fit(const struct prefix *prefix, const struct parse_args *args)
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

bool prefix_fits(const struct prefix *prefix, const struct prefix_unit *unit)
{
	return dirs_fit(prefix, unit->args) &&
	       defines_fit(prefix, unit->args) &&
	       file_is_harmless(prefix, unit->cmd->file, true);
}

/* ---- the headers a unit read beside the prefix ---- */

/* A kernel-wide header must not depend on what is included in front of it. */
static bool is_shared_file(const struct prefix *prefix, const char *path)
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
		known = is_shared_file(prefix, path) ||
					file_is_harmless(prefix, path, false)
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

/* ---- guards ---- */

/* `#ifndef N`, `#if !defined(N)`: the name N, else an empty string. */
static void guard_name(const struct directive_scan *scan, struct strbuf *name)
{
	const char *line = scan->rest.buf, *word;
	size_t len;

	strbuf_reset(name);
	if (scan->kind != DIRECTIVE_IFNDEF &&
	    (scan->kind != DIRECTIVE_IF || line[0] != '!'))
		return;
	word = identifier_next(&line, &len);
	if (word && scan->kind == DIRECTIVE_IF)
		word = identifier_next(&line, &len);
	if (word)
		strbuf_add(name, word, len);
}

bool is_guarded(const char *path)
{
	struct strbuf text = STRBUF_INIT, name = STRBUF_INIT;
	struct directive_scan scan;
	bool ret = false;

	/* what cannot be read is empty, and nothing guards that */
	if (strbuf_read_file(&text, path))
		strbuf_reset(&text);
	directive_scan_init(&scan, text.buf, text.len);
	if (directive_next(&scan)) {
		guard_name(&scan, &name);
		if (scan.kind == DIRECTIVE_PRAGMA)
			ret = begins_with(scan.rest.buf, "once");
		else
			ret = name.len && directive_next(&scan) &&
			      scan.kind == DIRECTIVE_DEFINE &&
			      begins_with(scan.rest.buf, name.buf);
	}
	directive_scan_release(&scan);
	strbuf_release(&name);
	strbuf_release(&text);
	return ret;
}
