/* SPDX-License-Identifier: GPL-2.0-only */
/* Patches read in a small tree, which must be the same afterwards. */
#ifndef PROBEWALK_TESTS_PATCH_RUN_H
#define PROBEWALK_TESTS_PATCH_RUN_H

#include "gate/patch.h"

#include "patch-tree.h"

/* The tree of the test that runs. */
extern struct patch_tree t;

/* For cmocka. */
int patch_run_setup(void **state);
int patch_run_teardown(void **state);

/* The tree as it was, to the byte and the time, and nothing left in TMPDIR. */
void assert_untouched(void);
void assert_content(const struct patch_set *set, const char *path,
		    const char *expected);
/* "M drivers/a.c 3+1 7+2", a line each. */
void patch_describe(const struct patch_set *set, struct strbuf *out);
/* patch_read() of one file, which has this text. */
int patch_read_text(struct patch_set *set, const char *text,
		    const struct patch_limits *limits, struct strbuf *err);

#endif
