/* SPDX-License-Identifier: GPL-2.0-only */
/* Makefiles of ours in place of scripts/Makefile.build: see lean.c. */
#ifndef PROBEWALK_KBUILD_LEAN_H
#define PROBEWALK_KBUILD_LEAN_H

#include "kbuild/job.h"

/* Can scripts/Makefile.build of the tree be replaced by ours? */
bool lean_fits(const struct kbuild_job *job);

/**
 * lean_write() - write a Makefile.build that reads less, and what it reads
 * @job: its build directory is prepared
 *
 * Return: the path of the makefile, to be freed; or NULL when the tree's is not
 * of the shape expected or nothing can be written: the tree's own does as well,
 * and only takes longer.
 */
char *lean_write(const struct kbuild_job *job);

/*
 * The beginning of all of them. tools/, which `prepare` may call, has a
 * variable
 * $(build) of its own: what it calls is none of ours, and is not needed.
 */
#define LEAN_HEAD                                                              \
	"ifeq ($(wildcard include/config/auto.conf),)\n"                       \
	"nothing: ;\n"                                                         \
	".DEFAULT: ;\n"                                                        \
	"else\n"
#define LEAN_FOOT "\nendif\n"

/**
 * lean_path() - where a makefile of ours belongs
 * @job: job; the directory is made if it is not there
 * @name: file name
 *
 * Return: a new string.
 */
char *lean_path(const struct kbuild_job *job, const char *name);

/* Remove all makefiles of ours, also what an interrupted run left. */
void lean_remove(const struct kbuild_job *job);

#endif
