/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The macros that are there before the first line of a source is read: the
 * compiler's own, the command line's and those of files it names with -include,
 * which in a kernel is its configuration.
 */
#ifndef PROBEWALK_INDEXER_MACRO_SET_H
#define PROBEWALK_INDEXER_MACRO_SET_H

#include <stdbool.h>

#include "util/hash.h"
#include "util/strbuf.h"

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

struct macro_set {
	struct interner names, values;
	uint32_t *value; /* by name: in values */
	size_t alloc;
};

void macro_set_init(struct macro_set *set);
void macro_set_release(struct macro_set *set);

/**
 * macro_set_ask() - ask libclang for all of them
 * @set: initialised; filled
 * @directory: that the command runs in
 * @args: its arguments
 *
 * The value of the compiler's own macros is not told, only that they are
 * there.
 *
 * Return: 0, or -EIO when libclang cannot say.
 */
int macro_set_ask(struct macro_set *set, const char *directory,
		  const struct parse_args *args) __must_check;

void macro_set_save(const struct macro_set *set, struct strbuf *out);
void macro_set_load(struct macro_set *set, const char *data, size_t len);

bool macro_set_empty(const struct macro_set *set);

/* What a name, @len bytes, stands for; NULL is never given: "" is undefined. */
const char *macro_set_value(const struct macro_set *set, const char *name,
			    size_t len);

#endif
