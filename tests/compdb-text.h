/* SPDX-License-Identifier: GPL-2.0-only */
/* Compilation databases as text, below small-tree.h's directory. */
#ifndef PROBEWALK_TESTS_COMPDB_TEXT_H
#define PROBEWALK_TESTS_COMPDB_TEXT_H

#include "indexer/compdb.h"

#include "small-tree.h"

/* For a test's setup: the directory has no symbolic link in its path. */
int compdb_dir_make(void **state);

/* Read a database that says @text. Return: as compdb_load(). */
int load(struct compdb *db, const char *text, struct strbuf *err);

/* "directory|file|output|argv0|argv1...", a line a command; for free(). */
char *describe(const struct compdb *db);

/* In expectations and in input "%" is the directory of the tests; for free().
 */
char *with_dir(const char *s);

/*
 * A database of entries each of which leads the quick reader astray behind the
 * one before it. @more: members that each of them has besides; for free().
 */
char *all_entries(const char *more);
extern const size_t nr_entries;

#endif
