/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a rule would need to see and the database does not hold. With a part of
 * a tree indexed, the functions that register drivers may be missing: nothing
 * can be inferred of them, and finding nothing then means nothing.
 */
#ifndef PROBEWALK_RULES_UNSEEN_H
#define PROBEWALK_RULES_UNSEEN_H

#include "callgraph/graph.h"
#include "rules/rule.h"

/**
 * rule_unseen() - functions that a rule depends on and that have no definition
 * @g: linked graph
 * @rule: rule
 * @names: gets their names, some perhaps twice: what the rule names as its
 *	   target, and whatever is handed a driver's struct
 */
struct walker;

/* The same with what a walker knows; what several rules miss in common is named
 * for the first of them. */
void walker_unseen(struct walker *w, const struct rule *rule,
		   struct string_list *names);

void rule_unseen(const struct graph *g, const struct rule *rule,
		 struct string_list *names);

#endif
