/* SPDX-License-Identifier: GPL-2.0-only */
/* Rule and graph in, findings out. */
#ifndef PROBEWALK_RULES_WALK_H
#define PROBEWALK_RULES_WALK_H

#include "callgraph/graph.h"
#include "rules/finding.h"

/**
 * rule_walk() - everything one rule finds in a graph
 * @g: linked graph, all configurations
 * @rule: rule; findings point to it
 * @findings: findings are added, merged over configurations and left unsorted
 */
void rule_walk(const struct graph *g, const struct rule *rule,
	       struct findings *findings);

#endif
