/* SPDX-License-Identifier: GPL-2.0-only */
/* Sources that a build makes before it compiles them, and how to get them. */
#ifndef PROBEWALK_KBUILD_GENERATED_H
#define PROBEWALK_KBUILD_GENERATED_H

#include "util/hash.h"

#include "kbuild/job.h"

struct generated {
	const struct kbuild_job *job;
	struct interner names; /* relative to the build directory */
};

void generated_init(struct generated *g, const struct kbuild_job *job);
void generated_release(struct generated *g);

/**
 * generated_line() - look at one line that "make -n --trace" printed
 * @g: gets the file when it is a source that is missing or out of date
 * @line: the line without its newline
 *
 * Return: whether it was a line of --trace, and so no part of a recipe.
 */
bool generated_line(struct generated *g, const char *line);

/**
 * generated_make() - have kbuild make the files that were found
 * @g: files
 * @err: gets a note when some cannot be made
 *
 * Nothing else is built but the programs that make them.
 *
 * Return: how many are still missing.
 */
size_t generated_make(const struct generated *g, struct strbuf *err);

#endif
