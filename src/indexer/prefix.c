// SPDX-License-Identifier: GPL-2.0-only
/* Making a prefix header: what its units' commands share, and compiling it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "indexer/prefix-internal.h"

enum {
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

/* The units may be gone before the prefix. */
static void add_arg(struct parse_args *args, const char *word)
{
	args->made[args->nr_made++] = xstrdup(word);
	args->argv[args->argc++] = args->made[args->nr_made - 1];
}

static void share_args(struct prefix *prefix, const struct parse_args *args)
{
	uint32_t dirs = 0;
	int i;

	prefix->args.argv = xcalloc(args->argc + 1, sizeof(*prefix->args.argv));
	prefix->args.made = xcalloc(args->argc + 1, sizeof(*prefix->args.made));
	prefix->own = xcalloc(args->argc + 1, sizeof(*prefix->own));
	for (i = 0; i < args->argc; i++) {
		const char *arg = args->argv[i];

		if (is_own_define(arg))
			prefix->own[prefix->nr_own++] = xstrdup(arg);
		else if (!is_include_dir(arg) || dirs++ < prefix->nr_dirs)
			add_arg(&prefix->args, arg);
	}
	prefix->args.prefix_key = args->prefix_key;
}

struct prefix *prefix_alloc(enum prefix_kind kind, struct prefix *parent,
			    const char *stem)
{
	struct prefix *prefix = xcalloc(1, sizeof(*prefix));

	interner_init(&prefix->files);
	macro_names_init(&prefix->macros, parent ? &parent->macros : NULL);
	interner_init(&prefix->seen);
	u64map_init(&prefix->verdict);
	prefix->kind = kind;
	prefix->parent = parent;
	prefix->file = xasprintf("%s.h", stem);
	prefix->pch = xasprintf("%s.pch", stem);
	return prefix;
}

struct prefix *prefix_new(enum prefix_kind kind, struct prefix *parent,
			  const struct prefix_unit *units, size_t nr,
			  const char *stem)
{
	struct prefix *prefix;

	if (!nr)
		return NULL;
	prefix = prefix_alloc(kind, parent, stem);
	prefix->directory = xstrdup(units[0].cmd->directory);
	share_dirs(prefix, units, nr);
	share_args(prefix, units[0].args);
	if (!parent || prefix_dirs_fit(parent, &prefix->args))
		prefix_choose(prefix, units, nr);
	if (prefix->nr_headers)
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

static void free_header(struct prefix_header *header)
{
	free(header->spelling);
	free(header->path);
}

void prefix_free(struct prefix *prefix)
{
	if (!prefix)
		return;
	while (prefix->nr_headers)
		free_header(&prefix->headers[--prefix->nr_headers]);
	free(prefix->headers);
	free_strings(prefix->dirs, prefix->nr_dirs);
	free_strings(prefix->own, prefix->nr_own);
	parse_args_release(&prefix->args);
	macro_names_release(&prefix->macros);
	interner_release(&prefix->files);
	interner_release(&prefix->seen);
	u64map_release(&prefix->verdict);
	free(prefix->directory);
	free(prefix->file);
	free(prefix->pch);
	free(prefix);
}

const char *prefix_pch(const struct prefix *prefix)
{
	return prefix->pch;
}

bool prefix_includes(const struct prefix *prefix, const char *name)
{
	char *spelling = xasprintf("<%s>", name);
	bool found = false;
	uint32_t i;

	for (i = 0; !found && i < prefix->nr_headers; i++)
		found = !strcmp(prefix->headers[i].spelling, spelling);
	free(spelling);
	return found;
}

/* ---- building ---- */

/*
 * What each unit defines its own way is a placeholder here, so that inline
 * functions in headers can name it. It is no name that a fact would keep, and
 * tells what to put there where the unit itself uses it.
 */
static void add_placeholder(struct strbuf *out, const char *define)
{
	const char *name = define + 2; /* -D */
	const char *value = strchr(name, '=');
	int len = value ? (int)(value - name) : (int)strlen(name);

	if (value && value[1] == '"')
		strbuf_addf(out, "#define %.*s \"<%.*s>\"\n", len, name, len,
			    name);
	else
		strbuf_addf(out, "#define %.*s x\n", len, name);
}

/*
 * Clang forgets a macro with arguments of one precompiled header in the next
 * one on top where that uses the name for something else: `int min;` in a
 * struct, and min() is an undeclared function from there on. As if defined
 * again, it is kept. What is not defined stays so.
 */
static void keep_macros(const struct macro_names *macros, struct strbuf *out)
{
	uint32_t i;

	for (; macros; macros = macros->parent) {
		for (i = 1; i < macros->callable.nr; i++) {
			const char *name = interner_get(&macros->callable, i);

			strbuf_addf(out,
				    "#pragma push_macro(\"%s\")\n"
				    "#pragma pop_macro(\"%s\")\n",
				    name, name);
		}
	}
}

static void text_of_first(const struct prefix *prefix, uint32_t nr,
			  struct strbuf *out)
{
	uint32_t i;

	for (i = 0; !prefix->parent && i < prefix->nr_own; i++)
		add_placeholder(out, prefix->own[i]);
	for (i = 0; i < nr; i++)
		strbuf_addf(out, "#include %s\n", prefix->headers[i].spelling);
	keep_macros(prefix->macros.parent, out);
}

void prefix_text(const struct prefix *prefix, struct strbuf *out)
{
	text_of_first(prefix, prefix->nr_headers, out);
}

/* Compile a prefix header of the first @nr headers. */
static int build_first(const struct prefix *prefix, uint32_t nr,
		       struct unit_parser *parser, struct unit_facts *facts)
{
	struct strbuf text = STRBUF_INIT;
	int ret;

	text_of_first(prefix, nr, &text);
	ret = unit_build_pch(parser, prefix->directory, prefix->file, &text,
			     &prefix->args,
			     prefix->parent ? prefix->parent->pch : NULL,
			     prefix->pch, facts);
	strbuf_release(&text);
	return ret;
}

static void drop_header(struct prefix *prefix, uint32_t at)
{
	/* what all units begin with goes up to here */
	while (prefix->kind == PREFIX_LEAD && prefix->nr_headers > at + 1)
		free_header(&prefix->headers[--prefix->nr_headers]);
	free_header(&prefix->headers[at]);
	prefix->nr_headers--;
	memmove(&prefix->headers[at], &prefix->headers[at + 1],
		(prefix->nr_headers - at) * sizeof(*prefix->headers));
}

/* The chosen header that the error message blames, or nr_headers for none. */
static uint32_t blamed(const struct prefix *prefix, const char *detail)
{
	size_t len = strcspn(detail, ":");
	uint32_t i;

	for (i = 0; i < prefix->nr_headers; i++) {
		const char *path = prefix->headers[i].path;
		size_t n = strlen(path);

		/* the message names it relative to the tree */
		if (n > len && path[n - len - 1] == '/' &&
		    !strncmp(path + n - len, detail, len))
			return i;
	}
	return prefix->nr_headers;
}

/*
 * The error stands in a file that one of ours includes: find the header that
 * makes it appear by halving.
 */
static int find_culprit(const struct prefix *prefix, int *tries,
			struct unit_parser *parser, struct unit_facts *facts,
			uint32_t *culprit)
{
	uint32_t good = 0, bad = prefix->nr_headers;

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

	while (prefix->nr_headers && tries-- > 0) {
		uint32_t culprit;
		const char *detail;

		ret = build_first(prefix, prefix->nr_headers, parser, facts);
		if (ret != -EINVAL)
			return ret;
		detail = interner_get(&facts->strings, facts->detail);
		culprit = blamed(prefix, detail);
		if (culprit == prefix->nr_headers) {
			ret = find_culprit(prefix, &tries, parser, facts,
					   &culprit);
			if (ret)
				return ret;
		}
		drop_header(prefix, culprit);
	}
	return -EINVAL;
}
