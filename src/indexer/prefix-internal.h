/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to the prefix headers.
 *
 *   prefix.c         making, building, releasing one
 *   prefix-choose.c  which headers go into it
 *   prefix-names.c   which names change what its headers say
 *   prefix-fit.c     which units may use it
 *   prefix-save.c    keeping one for a later run
 */
#ifndef PROBEWALK_INDEXER_PREFIX_INTERNAL_H
#define PROBEWALK_INDEXER_PREFIX_INTERNAL_H

#include "indexer/condition.h"
#include "indexer/prefix.h"

struct prefix_header {
	char *spelling; /* as after #include: "<linux/a.h>", "\"/t/b.h\"" */
	char *path; /* absolute */
};

#define MANY_FILES UINT32_MAX

/*
 * What the preprocessor is told and asked in a prefix's files, as far as it may
 * get there. Files are numbers in prefix->files.
 */
struct macro_names {
	const struct macro_names *parent; /* what was said before, or NULL */
	struct interner defined; /* may be: nothing else is */
	bool open; /* other names may be, too */
	struct interner callable; /* of the defined: those with arguments */
	struct interner tested;
	/*
	 * By number in tested: the one file that tests it, or MANY_FILES. A
	 * header may well define what nothing but itself tests.
	 */
	uint32_t *tester;
	size_t alloc;
};

/* The directives of a prefix's files, one file after another. */
struct macro_texts {
	struct interner rest;
	struct line *lines;
	uint32_t nr;
	size_t alloc;
};

struct prefix {
	enum prefix_kind kind;
	struct prefix *parent; /* on whose precompiled header it is built */
	char *directory; /* its units' commands run there */
	char *file, *pch; /* paths of what is made */
	struct parse_args args; /* what its units share */
	struct prefix_header *headers;
	uint32_t nr_headers;
	char **dirs; /* "-IDIR" that all begin with, NULL-terminated */
	uint32_t nr_dirs;
	char **own; /* KBUILD_* names that each unit defines its own way */
	uint32_t nr_own;
	struct interner files; /* all that is read for it, absolute paths */
	struct macro_names macros;
	struct interner seen; /* headers that a unit has read beside them */
	struct u64map verdict; /* by number in seen: 1 harmless, 2 not */
};

/* Whether an argument is one of those in which the units of a group differ. */
static inline bool is_include_dir(const char *arg)
{
	return arg[0] == '-' && arg[1] == 'I';
}

bool is_own_define(const char *arg);

/* ---- prefix.c ---- */

/* One that holds nothing; the rest is as for prefix_new(). */
struct prefix *prefix_alloc(enum prefix_kind kind, struct prefix *parent,
			    const char *stem);

/* ---- prefix-choose.c ---- */

/**
 * prefix_choose() - fill prefix->headers from what the units include directly
 * @prefix: kind, parent, directory and shared directories are set
 * @units: its group
 * @nr: how many
 */
void prefix_choose(struct prefix *prefix, const struct prefix_unit *units,
		   size_t nr);

/**
 * prefix_lead_path() - which file a source includes at a place of its beginning
 * @prefix: prefix, for its directories
 * @file: source
 * @nr: place, from 0; no condition stands in front of it
 * @out: gets the absolute path
 *
 * Return: false when it includes nothing there.
 */
bool prefix_lead_path(const struct prefix *prefix, const char *file,
		      uint32_t nr, struct strbuf *out);

/* ---- prefix-names.c ---- */

void macro_texts_init(struct macro_texts *texts);
void macro_texts_add(struct macro_texts *texts, const struct strbuf *text,
		     uint32_t file);
void macro_texts_release(struct macro_texts *texts);

void macro_names_init(struct macro_names *macros,
		      const struct macro_names *parent);
void macro_names_release(struct macro_names *macros);

/**
 * macro_names_learn() - learn what texts define and test
 * @macros: ->defined holds what is defined before the first line
 * @texts: texts
 *
 * What no way leads to is left out: `#ifdef CREATE_TRACE_POINTS` where nothing
 * defines that. Then a unit that does define it changes a tested name.
 */
void macro_names_learn(struct macro_names *macros,
		       const struct macro_texts *texts);

/**
 * macro_names_lookup() - for conditions in files that are not of the prefix
 * @data: struct macro_names
 *
 * A name that is tested and not defined counts as undefined: a unit that
 * defines it cannot use the prefix anyway.
 */
enum truth macro_names_lookup(const void *data, const char *name, size_t len);

/* Whether a name is tested by another file than @file. */
bool macro_names_tested(const struct macro_names *macros, const char *name,
			size_t len, uint32_t file);

/* Whether a header can be included twice, as far as its beginning tells. */
bool is_guarded(const char *path);
/* The name that guards a text from being read twice; none for a pragma. */
bool find_guard(const struct strbuf *text, struct strbuf *name);

/* ---- prefix-fit.c ---- */

/*
 * Whether a command's -I begin with the prefix's: its own must come last, or
 * they could hide a shared header.
 */
bool prefix_dirs_fit(const struct prefix *prefix,
		     const struct parse_args *args);

/* Whether a file stands in a directory that all units share. */
bool prefix_is_shared(const struct prefix *prefix, const char *path);

#endif
