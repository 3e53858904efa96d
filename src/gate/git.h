/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Running git on what a stranger wrote: no shell, no configuration, hook,
 * filter or helper of anybody's, no terminal, and bounds on time, memory, file
 * size and output.
 */
#ifndef PROBEWALK_GATE_GIT_H
#define PROBEWALK_GATE_GIT_H

#include <stdbool.h>
#include <stdint.h>

#include "kbuild/make.h"

enum git_config {
	GIT_CONFIG_NONE, /* in a directory that is no git tree */
	/*
	 * In a git tree of the user's: what it says about where objects are
	 * must hold. What it would run is switched off.
	 */
	GIT_CONFIG_USER,
};

/* Variables that are set for --config-env=NAME=VARIABLE, to "" and "false". */
#define GIT_ENV_EMPTY "PROBEWALK_EMPTY"
#define GIT_ENV_FALSE "PROBEWALK_FALSE"

struct git {
	const char *dir; /* where it runs */
	enum git_config config;
	const char *index; /* GIT_INDEX_FILE, or NULL */
	const char *input; /* file for standard input, or NULL: nothing */
	int64_t deadline; /* of git_now(); 0: none */
	uint64_t max_output; /* bytes; 0: what an error message may have */
	uint64_t max_file; /* bytes of a file that it writes; 0: any */
	uint64_t max_memory; /* bytes; 0: any */
};

/* Milliseconds of a clock that only runs forward. */
int64_t git_now(void);

/**
 * git_run() - run git and wait for its end
 * @git: how
 * @args: command line behind "git"
 * @out: gets standard output, may be NULL
 * @msg: gets the first of its messages, or why it was stopped; without
 *	 "error: " and the like, safe to print
 * @log: gets all of standard error as it is, may be NULL
 *
 * Return: its exit status; -ENOENT without a git; -E2BIG when it was stopped
 * for going beyond a bound; another -errno.
 */
int git_run(const struct git *git, const struct make_args *args,
	    struct strbuf *out, struct strbuf *msg,
	    struct strbuf *log) __must_check;

#endif
