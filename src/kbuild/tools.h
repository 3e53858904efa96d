/* SPDX-License-Identifier: GPL-2.0-only */
/* Which commands kbuild needs, and which Debian packages have them. */
#ifndef PROBEWALK_KBUILD_TOOLS_H
#define PROBEWALK_KBUILD_TOOLS_H

#include "kbuild/job.h"

/**
 * kbuild_check_tools() - look for the commands kbuild needs
 * @job: says which compiler
 * @err: gets one message that names every missing command and its package
 *
 * Return: 0 or -ENOPKG.
 */
int kbuild_check_tools(const struct kbuild_job *job,
		       struct strbuf *err) __must_check;

/**
 * kbuild_explain_log() - say why make failed
 * @log: what it printed
 * @out: gets the last lines of @log, and the packages that are missing where
 *	 the messages tell
 */
void kbuild_explain_log(const char *log, struct strbuf *out);

/**
 * kbuild_make_failed() - the message for a make that failed
 * @err: gets it
 * @what: what make was to do: "prepare the build directory"
 * @status: as make_run() returned it
 * @log: what make printed
 *
 * Return: -EIO.
 */
int kbuild_make_failed(struct strbuf *err, const char *what, int status,
		       const struct strbuf *log);

#endif
