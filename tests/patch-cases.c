// SPDX-License-Identifier: GPL-2.0-only
/* All patches for the tree of patch-tree.c, as if they were one list. */
#include "patch-cases.h"
#include "util/alloc.h"

static const struct patch_case_list *const lists[] = {
	&patch_cases_applied, &patch_cases_renamed, &patch_cases_series,
	&patch_cases_mails,   &patch_cases_refused, &patch_cases_hostile,
};

size_t nr_patch_cases(void)
{
	size_t i, nr = 0;

	for (i = 0; i < ARRAY_SIZE(lists); i++)
		nr += lists[i]->nr;
	return nr;
}

const struct patch_case *patch_case(size_t nr)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(lists); i++) {
		if (nr < lists[i]->nr)
			return &lists[i]->cases[nr];
		nr -= lists[i]->nr;
	}
	return NULL;
}
