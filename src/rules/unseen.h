/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a rule would need to see and the database does not hold. With a part of
 * a tree indexed, the functions that register drivers may be missing: nothing
 * can be inferred of them, and finding nothing then means nothing.
 */
#ifndef PROBEWALK_RULES_UNSEEN_H
#define PROBEWALK_RULES_UNSEEN_H

#include "rules/rule.h"

struct walker;

/**
 * walker_unseen() - functions that a rule needs and that have no definition
 * @w: walker of the graph
 * @rule: rule; outlives the walker
 * @names: gets their names, some perhaps twice: what the rule names as its
 *	   target, and whatever is handed a driver's struct
 *
 * What several rules miss in common is named for the first of them.
 */
void walker_unseen(struct walker *w, const struct rule *rule,
		   struct string_list *names);

#endif
