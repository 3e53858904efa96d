/* SPDX-License-Identifier: GPL-2.0-only */
/* Private to prefix.c and prefix-fit.c. */
#ifndef PROBEWALK_INDEXER_PREFIX_INTERNAL_H
#define PROBEWALK_INDEXER_PREFIX_INTERNAL_H

#include "indexer/prefix.h"

struct prefix {
	char *directory; /* its units' commands run there */
	char *header, *pch; /* paths */
	struct parse_args args; /* what its units share */
	char **names; /* headers, as between < and > */
	uint32_t nr_names;
	char **dirs; /* "-IDIR" that all begin with, NULL-terminated */
	uint32_t nr_dirs;
	char **own; /* KBUILD_* names that each unit defines its own way */
	uint32_t nr_own;
	struct interner tested; /* names that change what the headers say */
	struct interner seen; /* headers that a unit has read beside them */
	struct u64map verdict; /* by number in seen: 1 harmless, 2 not */
};

/* Whether an argument is one of those in which the units of a group differ. */
static inline bool is_include_dir(const char *arg)
{
	return arg[0] == '-' && arg[1] == 'I';
}

bool is_own_define(const char *arg);
/* Whether a header can be included twice, as far as its beginning tells. */
bool is_guarded(const char *path);

#endif
