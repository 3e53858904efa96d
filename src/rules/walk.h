/* SPDX-License-Identifier: GPL-2.0-only */
/* Rule and graph in, findings out. */
#ifndef PROBEWALK_RULES_WALK_H
#define PROBEWALK_RULES_WALK_H

#include "callgraph/graph.h"
#include "rules/finding.h"

/*
 * What is inferred of a graph once, whatever the rules are, and what rules have
 * in common.
 */
struct walker;

/**
 * walker_new_least() - infer what rules need
 * @g: linked graph
 * @least: nothing that is less sure is looked for: calls through fields are
 *	   resolved over the whole tree, and findings joined by a bus alone,
 *with CONFIDENCE_LOW only
 */
struct walker *walker_new_least(const struct graph *g, enum confidence least);
/* The same for medium confidence. */
struct walker *walker_new(const struct graph *g);
void walker_free(struct walker *walker);
/* How many ways from a probe to what it reaches a finding shows: 1 if not set.
 */
void walker_show_paths(struct walker *walker, uint32_t nr);

/**
 * walker_name_cut() - where a walk at low confidence was ended
 * @fields: gets fields that too many functions are put into
 * @nr: added to: functions with sites that more probes get to than are told of
 */
void walker_name_cut(const struct walker *walker, struct string_list *fields,
		     uint32_t *nr);

/**
 * walker_walk() - everything one rule finds in a graph
 * @rule: rule; findings point to it, and so does @walker
 * @findings: findings are added, merged over configurations and left unsorted
 */
void walker_walk(struct walker *walker, const struct rule *rule,
		 struct findings *findings);

/* Edges that were looked at for ways, in all rules so far: a test counts them.
 */
uint64_t walker_nr_steps(const struct walker *walker);

/**
 * rule_walk() - everything one rule finds in a graph
 * @g: linked graph of a configuration
 * @rule: rule; findings point to it
 * @findings: findings are added, merged over configurations and left unsorted
 */
void rule_walk(const struct graph *g, const struct rule *rule,
	       struct findings *findings);

#endif
