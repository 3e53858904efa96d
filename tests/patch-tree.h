/* SPDX-License-Identifier: GPL-2.0-only */
/* A small made-up tree for tests of patches, and whether it stayed as it was.
 */
#ifndef PROBEWALK_TESTS_PATCH_TREE_H
#define PROBEWALK_TESTS_PATCH_TREE_H

#include <stddef.h>
#include <stdint.h>

struct patch_tree {
	char *dir; /* holds the other two */
	char *tree;
	char *tmp; /* $TMPDIR while a test runs */
};

/* drivers/a.c of lines a1 to a12, links, a pipe: see the .c. 0 or -1. */
int patch_tree_make(struct patch_tree *t);
void patch_tree_remove(struct patch_tree *t);

/* A number for all names, modes, times and contents below a directory. */
uint64_t patch_tree_hash(const char *dir);
/* How many names stand in a directory. */
size_t patch_tree_count(const char *dir);

int patch_tree_write(const char *dir, const char *name, const void *text,
		     size_t len);

#endif
