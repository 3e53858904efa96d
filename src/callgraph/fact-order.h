/* SPDX-License-Identifier: GPL-2.0-only */
/* Facts of one function in the order in which the database keeps them. */
#ifndef PROBEWALK_CALLGRAPH_FACT_ORDER_H
#define PROBEWALK_CALLGRAPH_FACT_ORDER_H

#include "indexer/facts.h"

/*
 * As strcmp(); 0 only for facts that say the same. Who calls or assigns is not
 * compared. All numbers must be in range.
 */
int fact_cmp_calls(const struct unit_facts *f, const struct fact_call *a,
		   const struct fact_call *b);
int fact_cmp_assigns(const struct unit_facts *f, const struct fact_assign *a,
		     const struct fact_assign *b);

#endif
