/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Calls that cannot happen, because of what a function is given. A call may
 * stand under a condition on a parameter (struct fact_cond), and a caller may
 * hand in a constant that makes it false. What is known of the parameters of a
 * function on one way to it is a *given*, a number; 0 is nothing, and most are.
 * Only what forbids something is kept, so the same function is rarely met with
 * more than one.
 */
#ifndef PROBEWALK_RULES_GIVEN_H
#define PROBEWALK_RULES_GIVEN_H

#include "rules/edges.h"

enum { NO_GIVEN = 0 };

/* A pointer to some object: not 0, and nothing else is known. */
enum { GIVEN_OBJECT = -1 };

struct given_param {
	uint32_t param;
	int64_t value; /* or GIVEN_OBJECT */
};

struct givens {
	const struct graph *g;
	const uint8_t *matters; /* by symbol: calls of it do; NULL: of all */
	struct given_param *params;
	uint32_t nr_params;
	size_t alloc_params;
	struct given_list {
		uint32_t first, nr; /* in params */
	} * list; /* by given; that of NO_GIVEN is empty */
	uint32_t nr;
	size_t alloc;
	struct u64map known; /* hash of a list -> given */
	struct u64map forbidding; /* hash of a question -> 1 no, 2 yes */
};

void givens_init(struct givens *givens, const struct graph *g,
		 const uint8_t *matters);
void givens_release(struct givens *givens);

/* Whether a call can happen in a function that is given @given. */
bool givens_allow(const struct givens *givens, uint32_t given, uint32_t call);

/* And if it cannot, a parameter that is in the way. */
bool givens_forbid(const struct givens *givens, uint32_t given, uint32_t call,
		   struct given_param *cause);

/* What an edge's callee is given when its caller is given @given. */
uint32_t givens_enter(struct givens *givens, uint32_t given,
		      const struct edge *e);

#endif
