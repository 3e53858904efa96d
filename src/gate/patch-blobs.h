/* SPDX-License-Identifier: GPL-2.0-only */
/* Filling old/ and new/ from commits, by what git diff --raw -z lists. */
#ifndef PROBEWALK_GATE_PATCH_BLOBS_H
#define PROBEWALK_GATE_PATCH_BLOBS_H

#include "gate/patch-internal.h"

/* git in the user's tree, with bounds. */
struct git tree_git(const struct scratch *s);

/**
 * blobs_between() - old/ from the first commit and new/ from the second
 * @range: as the user wrote it, for messages
 * @raw: what diff-tree lists
 */
int blobs_between(struct scratch *s, const char *range,
		  const struct strbuf *raw) __must_check;

/**
 * blobs_state() - old/ from the working tree and new/ from a commit
 * @raw: what diff-index lists, from the commit to the working tree
 */
int blobs_state(struct scratch *s, const char *range,
		const struct strbuf *raw) __must_check;

#endif
