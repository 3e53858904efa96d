/* SPDX-License-Identifier: GPL-2.0-only */
/* A directory of small files, there for the time of a test. */
#ifndef PROBEWALK_TESTS_SMALL_TREE_H
#define PROBEWALK_TESTS_SMALL_TREE_H

extern char tree[256];

/* @name tells whose it is while it is there. Return: as cmocka's setup. */
int tree_make(const char *name);
int tree_remove(void **state);

/* The absolute path of a file; for free(). */
char *in_tree(const char *name);
void write_file(const char *name, const char *text);
void make_dir(const char *name);
/* The directories that a file stands in, where they are not there. */
void make_parents(const char *name);

#endif
