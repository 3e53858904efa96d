/* SPDX-License-Identifier: GPL-2.0-only */
/* Options of a kbuild run, checked and with absolute paths: struct kbuild_job.
 */
#ifndef PROBEWALK_KBUILD_JOB_H
#define PROBEWALK_KBUILD_JOB_H

#include <stdbool.h>

#include "kbuild/kbuild.h"
#include "kbuild/make.h"

struct kbuild_job {
	const struct kbuild_options *opt;
	char *tree; /* absolute, symbolic links resolved */
	char *objdir; /* absolute */
	char **dirs; /* relative to the tree, clean */
	char *config; /* target or absolute path, NULL as in the options */
	bool config_is_file;
	/* Toolchain: LLVM=, or a GNU one with its prefix. */
	char *llvm; /* NULL when GNU */
	char *cross; /* CROSS_COMPILE, "" for this machine's */
	char *cc; /* when not just $(CROSS_COMPILE)gcc: "gcc-12"; or NULL */
};

/**
 * kbuild_job_init() - check the options
 * @job: filled; to be released whatever is returned
 * @opt: options
 * @err: gets the reason
 *
 * Return: 0 or -EINVAL.
 */
int kbuild_job_init(struct kbuild_job *job, const struct kbuild_options *opt,
		    struct strbuf *err) __must_check;
void kbuild_job_release(struct kbuild_job *job);

/* "make -C DIR ARCH=... LLVM=...", to which the caller adds. */
void kbuild_job_make(const struct kbuild_job *job, const char *dir,
		     struct make_args *args);

/*
 * Symbols for which the top makefile has `prepare` make things for users or for
 * the link, which no kernel source includes: installed headers, objtool,
 * resolve_btfids. They cost more than the rest. The list ends with NULL.
 */
extern const char *const kbuild_unneeded[];

/* Have make go without them. */
void kbuild_job_light(struct make_args *args);

/* For make -j. */
int kbuild_job_jobs(const struct kbuild_job *job);

/* The value of "NAME = value" at the beginning of a line, "" when empty; or
 * NULL. To be freed. */
char *kbuild_makefile_value(const char *text, const char *name);

/* The ARCH in the head of a .config, "# Linux/arm64 6.12.1 Kernel ..."; or
 * NULL. To be freed. */
char *kbuild_config_arch(const char *path);

/* Directory below arch/ of an ARCH=: x86 for x86_64. */
const char *kbuild_srcarch(const char *arch);

bool kbuild_exists(const char *dir, const char *name);

/* The value of a variable given by the user for make, or NULL. */
const char *kbuild_job_var(const struct kbuild_job *job, const char *name);

#endif
