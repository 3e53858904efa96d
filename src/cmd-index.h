/* SPDX-License-Identifier: GPL-2.0-only */
/* What `scan` shares with `index`: one configuration indexed, told about. */
#ifndef PROBEWALK_CMD_INDEX_H
#define PROBEWALK_CMD_INDEX_H

#include "indexer/index.h"

/**
 * index_default_config() - a name for the configuration of a database
 * @db: its commands
 * @path: where it stands
 *
 * Return: "ARCH/DIR", a new string.
 */
char *index_default_config(const struct compdb *db, const char *path);

/**
 * index_default_jobs() - one worker for each CPU that this process may use
 */
int index_default_jobs(void);

/**
 * index_one() - index one configuration, with progress and a summary on stderr
 * @cmd: name of the command, for messages
 * @path: file that @db came from, for messages
 * @opt: options; ->progress is set here
 * @db: compile commands
 *
 * Return: EXIT_CLEAN; EXIT_INCOMPLETE when units failed; EXIT_USAGE when
 * nothing could be indexed; 128 and the signal's number when interrupted.
 */
int index_one(const char *cmd, const char *path, struct index_options *opt,
	      const struct compdb *db);

#endif
