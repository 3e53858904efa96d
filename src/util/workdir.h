/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Temporary directories that are gone when the program is, however it ends: a
 * small process waits for that and tidies up, so that no signal handler has to,
 * and SIGKILL leaves nothing either.
 */
#ifndef PROBEWALK_UTIL_WORKDIR_H
#define PROBEWALK_UTIL_WORKDIR_H

#include "util/strbuf.h"

/**
 * workdir_make() - make a directory that only this user can look into
 * @stem: how its name begins
 * @avoid: absolute path of a directory that it must not stand in, or NULL
 * @path: gets its absolute path, without symbolic links
 * @err: gets the reason and the cure
 *
 * In $TMPDIR, else /tmp, else /var/tmp. Forks: cheap while the program is
 * small.
 *
 * Return: 0 or -errno.
 */
int workdir_make(const char *stem, const char *avoid, char **path,
		struct strbuf *err) __must_check;

/* Remove it with all that is in it, and free the path; NULL is fine. */
void workdir_remove(char *path);

#endif
