/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What state a build directory is in, and whose it is. A directory that
 * somebody configured by hand is worth more than our convenience: it is never
 * configured anew. One of ours carries a file that says what it was made for.
 */
#ifndef PROBEWALK_KBUILD_OBJDIR_H
#define PROBEWALK_KBUILD_OBJDIR_H

#include "kbuild/job.h"

enum objdir_state {
	OBJDIR_NEW, /* not configured, or ours for something else */
	OBJDIR_CONFIGURED, /* somebody's .config, not prepared */
	OBJDIR_READY, /* prepared for this job */
};

/**
 * objdir_state() - look at the build directory
 * @job: what it shall be used for
 * @state: set
 * @err: gets the reason
 *
 * Return: 0, or -EEXIST when it is somebody's and made for something else, or
 * when it is for another architecture.
 */
int objdir_state(const struct kbuild_job *job, enum objdir_state *state,
		 struct strbuf *err) __must_check;

/**
 * objdir_mark() - write down what the directory is for
 * @job: job
 * @done: false before make runs, true when it is prepared
 * @err: gets the reason
 */
int objdir_mark(const struct kbuild_job *job, bool done,
		struct strbuf *err) __must_check;

/**
 * objdir_partial() - say that somebody's directory is being prepared
 * @job: job
 * @partial: true before make runs, false after it
 * @err: gets the reason
 *
 * What kbuild leaves when it is interrupted looks the same as when it is done.
 */
int objdir_partial(const struct kbuild_job *job, bool partial,
		   struct strbuf *err) __must_check;

/**
 * objdir_lock() - keep others out of the directory
 * @job: job
 * @err: gets the reason
 *
 * Return: a descriptor to be closed, or -EBUSY; -1 when it cannot be locked,
 * which does no harm.
 */
int objdir_lock(const struct kbuild_job *job, struct strbuf *err) __must_check;

/* Make the directory with all above it. */
int objdir_create(const struct kbuild_job *job,
		  struct strbuf *err) __must_check;

/* Copy the configuration file of the job to .config. */
int objdir_copy_config(const struct kbuild_job *job,
		       struct strbuf *err) __must_check;

#endif
