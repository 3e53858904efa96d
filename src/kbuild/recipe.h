/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Compile commands out of what "make -n" prints: every recipe is a shell line
 * with the compiler somewhere among echo, trap and fixdep.
 */
#ifndef PROBEWALK_KBUILD_RECIPE_H
#define PROBEWALK_KBUILD_RECIPE_H

#include "util/strbuf.h"

#include "indexer/compdb.h"

struct recipe {
	struct compdb *db; /* where commands go */
	const char *directory; /* absolute directory that make runs in */
	/* Relative to @directory, no slash at the end: only objects below these
	 * are taken. With none, all are. */
	char *const *dirs;
	int nr_dirs;
	size_t *taken; /* commands per directory; nr_dirs of them */
	size_t unreadable; /* compiler lines with a quote that never closes */
	struct strbuf line; /* a line that goes on, so far */
};

void recipe_init(struct recipe *r, struct compdb *db, const char *directory,
		 char *const *dirs, int nr_dirs);
void recipe_release(struct recipe *r);

/**
 * recipe_line() - take one line of what make printed
 * @r: where commands are collected
 * @line: the line without its newline
 * @len: bytes
 *
 * Kernel objects made of C are taken: a command with -c, -o, a .c file and
 * -D__KERNEL__. Programs for the build machine are not.
 */
void recipe_line(struct recipe *r, const char *line, size_t len);

/* What is left when the output ends inside a continued line. */
void recipe_end(struct recipe *r);

#endif
