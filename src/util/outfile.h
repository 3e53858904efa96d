/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A file that appears as a whole or not at all: written beside its place, then
 * renamed. When anything fails, what was there before is left alone.
 */
#ifndef PROBEWALK_UTIL_OUTFILE_H
#define PROBEWALK_UTIL_OUTFILE_H

#include <stdio.h>

#include "util/strbuf.h"

struct outfile {
	FILE *f; /* write here */
	char *path; /* NULL for standard output */
	char *tmp; /* NULL when written in place: a pipe, a terminal */
};

/**
 * outfile_open() - begin to write
 * @out: filled
 * @path: file, or NULL or "-" for standard output. A symbolic link stays one:
 *	  the file that it names is replaced.
 * @err: gets one sentence with the reason and the cure
 *
 * Return: 0 or -errno; then there is nothing to abort.
 */
int outfile_open(struct outfile *out, const char *path,
		 struct strbuf *err) __must_check;

/**
 * outfile_commit() - put the file into its place
 * @out: released, also on failure
 * @err: as above
 *
 * Return: 0 or -errno: of any write since outfile_open().
 */
int outfile_commit(struct outfile *out, struct strbuf *err) __must_check;

/* Give up: nothing is left behind. */
void outfile_abort(struct outfile *out);

#endif
