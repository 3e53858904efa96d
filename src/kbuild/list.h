/* SPDX-License-Identifier: GPL-2.0-only */
/* Asking make what it would run. */
#ifndef PROBEWALK_KBUILD_LIST_H
#define PROBEWALK_KBUILD_LIST_H

#include "kbuild/job.h"

#include "indexer/compdb.h"

/**
 * list_commands() - the compile commands of a prepared build directory
 * @job: job
 * @db: gets the commands, in the order of their objects' names
 * @err: as kbuild_compdb()
 *
 * Also has the sources made that only their own directory's makefile makes.
 */
int list_commands(const struct kbuild_job *job, struct compdb *db,
		  struct strbuf *err) __must_check;

#endif
