/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A tree that is a Makefile of a few lines and behaves as the kernel's does,
 * with compilers that do nothing.
 */
#ifndef PROBEWALK_TESTS_KBUILD_TREE_H
#define PROBEWALK_TESTS_KBUILD_TREE_H

/* That of the tree. */
extern const char kbuild_makefile[];

/* The tree in "@/tree", "@/my.config", and commands in $PATH. */
int kbuild_tree_make(void **state);
int kbuild_tree_remove(void **state);

/* A program or a file, by its name below "@". */
void put(const char *name, const char *text);
void make_dir(const char *name);
/* "@" is the directory of the test; NULL is NULL. */
char *expand(const char *s);

#endif
