/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Between the files that make conditions on parameters:
 *
 *   visit-param.c    an expression that is a parameter
 *   visit-test.c     an expression that tests something
 *   visit-cond.c     what tests say of parameters, and of which calls
 *   visit-case.c     what a switch says of one
 */
#ifndef PROBEWALK_INDEXER_VISIT_COND_H
#define PROBEWALK_INDEXER_VISIT_COND_H

#include "indexer/visit.h"

/* visit-param.c */

/* A parameter, by its own name or by that of a local that is a copy of it. */
struct param_ref {
	uint32_t index;
	uint64_t decl, copy; /* keys; copy: of the local, or 0 */
};

/* Through parentheses and what the compiler converts by itself. */
CXCursor bare(struct visit *v, CXCursor expr);
bool is_number(CXType type);
/* Is @expr a parameter, its value unchanged? */
bool param_of(struct visit *v, CXCursor expr, struct param_ref *ref);
/* What a parameter is compared with, if it is constant: a number, or NULL. */
bool comparand(struct visit *v, CXCursor expr, uint32_t *value);

/* visit-test.c */

/*
 * An expression as a test: without what only turns it round, and its operands
 * when there are two.
 */
struct test {
	CXCursor expr, left, right;
	char op[4]; /* "" when it is none of two operands */
	bool truth; /* whether it is to be true */
};

struct test read_test(struct visit *v, CXCursor expr, bool truth);
/* The operator of two and nothing else, or "". */
void operator_text(struct visit *v, CXCursor left, CXCursor right, char op[4]);

/* visit-cond.c */

/* A part of a condition: end_parts() is to come. */
void add_cond(struct visit *v, const struct param_ref *ref, enum cond_kind kind,
	      uint32_t value);
/* What was added since @first is one condition, if it is one at all. */
void end_parts(struct visit *v, uint32_t first, bool ok);

#endif
