/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which units of too many are analysed again first: those that findings go
 * through, then those whose text names what the patch changes.
 */
#ifndef PROBEWALK_GATE_RANK_H
#define PROBEWALK_GATE_RANK_H

#include "gate/patch.h"
#include "report/report.h"

struct rank;

/* @tree: absolute; both outlive it. */
struct rank *rank_new(const char *tree, const struct patch_set *set);
void rank_free(struct rank *rank);

/* The findings before the patch. */
void rank_findings(struct rank *rank, const struct report *report);

/* Of a source, relative to the tree: the smaller, the sooner. */
uint32_t rank_of(const struct rank *rank, const char *file);

/**
 * rank_same_code() - whether two texts differ in comments and blanks only
 * @lines: and each word stands in the line where it stood
 *
 * They come from strangers: what is not certain to be a comment is none.
 */
bool rank_same_code(const struct strbuf *a, const struct strbuf *b, bool lines);

#endif
