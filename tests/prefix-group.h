/* SPDX-License-Identifier: GPL-2.0-only */
/* Units in a small tree, for tests of the headers that they have in common. */
#ifndef PROBEWALK_TESTS_PREFIX_GROUP_H
#define PROBEWALK_TESTS_PREFIX_GROUP_H

#include "indexer/prefix.h"

#include "small-tree.h"

enum { MAX_UNITS = 8 };

struct group {
	struct compile_cmd cmds[MAX_UNITS];
	struct parse_args args[MAX_UNITS];
	struct prefix_unit units[MAX_UNITS];
	size_t nr;
	const char *dir; /* with a '/' at its end; NULL: the tree itself */
};

/* "-Iinc -DA -DKBUILD_MODNAME="m"": three words. */
extern char *plain_argv[3];

/* inc/ and drv/ with their headers; goes with tree_remove(). */
int prefix_tree_make(void **state);
/* One more unit, uN.c, that holds @text. */
void add_unit(struct group *g, const char *text, char **argv, int argc);
void group_release(struct group *g);
struct prefix *make_kind(struct group *g, enum prefix_kind kind,
			 struct prefix *parent);
struct prefix *make_prefix(struct group *g);

#endif
