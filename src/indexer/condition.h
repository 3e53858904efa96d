/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Conditions of the preprocessor, as far as they can be told without
 * preprocessing: what is known to be true or false decides, everything else
 * counts as possible.
 */
#ifndef PROBEWALK_INDEXER_CONDITION_H
#define PROBEWALK_INDEXER_CONDITION_H

#include <stdbool.h>
#include <stddef.h>

#include "indexer/directive.h"

enum truth { TRUTH_NO, TRUTH_YES, TRUTH_UNKNOWN };

/* Whether a name, @len bytes, is defined. */
typedef enum truth (*macro_lookup)(const void *data, const char *name,
				   size_t len);

/**
 * condition_eval() - what an #if's expression says
 * @expr: what stands behind #if, one line
 * @lookup: tells whether a name is defined
 * @data: for @lookup
 *
 * Knows defined, IS_ENABLED(), !, &&, || and parentheses. The value of a macro
 * is never known, not even that of a number.
 */
enum truth condition_eval(const char *expr, macro_lookup lookup,
			  const void *data);

enum { LIVE_DEPTH = 64 };

/* Goes through the directives of a text and knows which may be reached. */
struct live {
	macro_lookup lookup;
	const void *data;
	int depth;
	struct live_level {
		bool outside; /* the #if itself may be reached */
		bool inside; /* the branch that is being read may be */
		enum truth taken; /* one of its branches was */
	} level[LIVE_DEPTH];
};

void live_init(struct live *live, macro_lookup lookup, const void *data);

/**
 * live_step() - go past a directive
 *
 * Return: whether the directive may be reached, and for a condition: whether it
 * may be looked at.
 */
bool live_step(struct live *live, enum directive_kind kind, const char *rest);

#endif
