/* SPDX-License-Identifier: GPL-2.0-only */
/* The macros that are there before the first line of a source is read. */
#ifndef PROBEWALK_INDEXER_BUILTIN_H
#define PROBEWALK_INDEXER_BUILTIN_H

#include "util/hash.h"

#include "indexer/flags.h"

/**
 * builtin_macros() - the compiler's own macros, and those of the command line
 * @args: arguments; what they would include is not read
 * @names: gets the names
 *
 * Return: 0, or -EIO when libclang cannot say, and then @names is incomplete.
 */
int builtin_macros(const struct parse_args *args,
		   struct interner *names) __must_check;

#endif
