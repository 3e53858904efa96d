/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The words that a Makefile of kbuild assigns, as they are written: a reader,
 * not a make. Conditions are not looked at and nothing is expanded, so that
 * what it gives is all that the file could say.
 */
#ifndef PROBEWALK_GATE_MAKEFILE_H
#define PROBEWALK_GATE_MAKEFILE_H

#include <stdbool.h>
#include <stddef.h>

struct makefile_word {
	char *var; /* "obj-$(CONFIG_FOO)" */
	char *word; /* "foo.o" */
};

struct makefile {
	struct makefile_word *list; /* as they stand in the text */
	size_t nr, alloc;
};

#define MAKEFILE_INIT                                                          \
	{                                                                      \
		0                                                              \
	}

/* Add what a text assigns. */
void makefile_read(struct makefile *m, const char *text);
void makefile_release(struct makefile *m);

/* Is @word assigned to @var; with NULL: to any that lists objects? */
bool makefile_has(const struct makefile *m, const char *var, const char *word);

/* "obj-y", "foo-objs", "foo-$(CONFIG_BAR)": not flags, not host programs. */
bool makefile_lists_objects(const char *var);

/* "foo.o", "bar/": what can be told without a make. */
bool makefile_is_object(const char *word);

#endif
