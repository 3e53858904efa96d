/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A little tree below small-tree.h's directory, indexed in two configurations,
 * and edits of it as a patch.
 */
#ifndef PROBEWALK_TESTS_GATE_TREE_H
#define PROBEWALK_TESTS_GATE_TREE_H

#include <stdint.h>

#include "gate/patch.h"

#include "small-tree.h"

enum { MAX_EDITS = 6, MAX_UNITS = 16 };

/* A source, and the flag of its Makefile or NULL. */
struct unit {
	const char *path, *flag;
};

/* What the tree compiles. */
extern const struct unit tree_units[];
extern const size_t nr_tree_units;

struct edit {
	const char *path;
	const char *text; /* NULL: deleted */
	const char *old_path; /* renamed */
};

/* For a test's setup. */
int gate_tree_make(void **state);

/* Write the tree to a directory of that name; what is there stays. */
void put_tree(const char *dir);
void put_file(const char *dir, const char *name, const char *text);
void remove_all(const char *dir);

/* Index a tree into DIR.db, as "first" and as "second". */
void index_both(const char *dir, const struct unit *units, size_t nr);
/* The tree as it is, in "tree" and "tree.db". */
void make_indexed_tree(void);

/**
 * make_set() - edits as a patch of "tree"
 * @edits: MAX_EDITS of them; one without a path is the end
 * @ranges: say that the second line is what each of them changes
 * @set: empty; gets them
 */
void make_set(const struct edit *edits, bool ranges, struct patch_set *set);

#endif
