/* SPDX-License-Identifier: GPL-2.0-only */
/* Running make, never through a shell, and reading what it prints. */
#ifndef PROBEWALK_KBUILD_MAKE_H
#define PROBEWALK_KBUILD_MAKE_H

#include "util/strbuf.h"

/* Words of a command line; NULL-terminated once something was added. */
struct make_args {
	char **argv;
	int argc;
	size_t alloc;
};

void make_args_add(struct make_args *args, const char *fmt, ...) __printf(2, 3);
void make_args_release(struct make_args *args);

/**
 * make_run() - run make and wait for its end
 * @args: command line, argv[0] is the program
 * @line: called for every line of standard output, or NULL: then standard
 *	  output goes to @log with the rest, in the order printed
 * @data: for @line
 * @log: gets standard error
 *
 * Standard input is empty, messages are not translated, and nothing is passed
 * on of a make that may be running this program.
 *
 * Return: the exit status of make, 128 + N when signal N ended it, or -errno
 * when it could not be run.
 */
int make_run(const struct make_args *args,
	     void (*line)(void *data, const char *line, size_t len), void *data,
	     struct strbuf *log) __must_check;

#endif
