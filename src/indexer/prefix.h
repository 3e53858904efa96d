/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Prefix headers: what most units of a configuration include anyway, compiled
 * once and used by all of them. Nearly all of a parse is headers, so this is
 * where an index run's time is saved; and because a header can be made to say
 * something else by what stands in front of it, half of the work is to tell
 * which units must not use one (prefix-fit.c).
 */
#ifndef PROBEWALK_INDEXER_PREFIX_H
#define PROBEWALK_INDEXER_PREFIX_H

#include <stdbool.h>

#include "indexer/compdb.h"
#include "indexer/unit.h"

/* A unit that may share a prefix header: all have the same args->prefix_key. */
struct prefix_unit {
	const struct compile_cmd *cmd;
	const struct parse_args *args;
};

struct prefix;

enum prefix_kind {
	/* What many units include, whatever the order: most used first. */
	PREFIX_COMMON,
	/* The same for a directory, on top of another prefix header. */
	PREFIX_CHILD,
	/*
	 * Begins just as the units do. For directories whose first header
	 * changes what the others say, as <xfs.h> does by defining DEBUG.
	 */
	PREFIX_LEAD,
};

/**
 * prefix_new() - choose the headers that a group of units has in common
 * @kind: how
 * @parent: for PREFIX_CHILD: the built prefix to stand on, which must outlive
 *	    this one; else NULL
 * @units: the group
 * @nr: how many
 * @stem: path of the files to make, without their endings
 *
 * Looks at what the sources include directly.
 *
 * Return: a prefix to be built, or NULL when they have nothing in common.
 */
struct prefix *prefix_new(enum prefix_kind kind, struct prefix *parent,
			  const struct prefix_unit *units, size_t nr,
			  const char *stem);
void prefix_free(struct prefix *prefix);

/**
 * prefix_build() - write the header and precompile it
 * @prefix: loses the headers that do not compile together with the others
 * @parser: libclang, in a process of its own
 * @facts: filled with the facts of all its headers
 *
 * Return: 0, or -errno when there is no prefix header to be had; facts->detail
 * says why.
 */
int prefix_build(struct prefix *prefix, struct unit_parser *parser,
		 struct unit_facts *facts) __must_check;

/**
 * prefix_learn() - learn by which macros the prefix's headers can be changed
 * @prefix: prefix
 * @facts: what prefix_build() gave
 * @tree: absolute path of the tree
 * @objdir: absolute path of the build directory, or NULL
 */
void prefix_learn(struct prefix *prefix, const struct unit_facts *facts,
		  const char *tree, const char *objdir);

/**
 * prefix_is_harmless() - whether the order of the prefix's headers is no matter
 * @prefix: learned
 *
 * Its units may include them in another order, so none of those that are not
 * kernel-wide may define what others test.
 */
bool prefix_is_harmless(const struct prefix *prefix);

/**
 * prefix_fits() - whether a unit may use the prefix, by command and source
 * @prefix: learned
 * @unit: unit of its group
 */
bool prefix_fits(const struct prefix *prefix, const struct prefix_unit *unit);

/**
 * prefix_fits_facts() - whether it was right to, by the headers that it read
 * @prefix: learned
 * @unit: unit of its group
 * @facts: its facts, as parsed with the prefix
 * @tree: absolute path of the tree
 * @objdir: absolute path of the build directory, or NULL
 */
bool prefix_fits_facts(struct prefix *prefix, const struct prefix_unit *unit,
		       const struct unit_facts *facts, const char *tree,
		       const char *objdir);

/**
 * prefix_save() - what prefix_fits() and prefix_fits_facts() go by, as bytes
 * @prefix: learned; stands on no other one
 * @out: added to
 */
void prefix_save(const struct prefix *prefix, struct strbuf *out);

/**
 * prefix_load() - a prefix as it was saved
 * @data: from prefix_save()
 * @len: bytes of it
 * @stem: as for prefix_new(): whoever uses it puts the precompiled header there
 *
 * Return: a learned prefix, or NULL when @data makes no sense.
 */
struct prefix *prefix_load(const char *data, size_t len, const char *stem);

/* Whether it includes <NAME> itself. */
bool prefix_includes(const struct prefix *prefix, const char *name);

/* The precompiled header, for unit_parse(). */
const char *prefix_pch(const struct prefix *prefix);

/* The text of the prefix header, for tests. */
void prefix_text(const struct prefix *prefix, struct strbuf *out);

#endif
