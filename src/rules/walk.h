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
 * @g: linked graph; outlives the walker
 * @least: nothing that is less sure is looked for: calls through fields are
 *	   resolved over the whole tree, and findings joined by a bus alone,
 *	   with CONFIDENCE_LOW only
 *
 * Return: the walker, for walker_free().
 */
struct walker *walker_new_least(const struct graph *g, enum confidence least);

/**
 * walker_new() - walker_new_least() for medium confidence
 * @g: linked graph; outlives the walker
 *
 * Return: the walker, for walker_free().
 */
struct walker *walker_new(const struct graph *g);

/**
 * walker_free() - forget what was inferred
 * @walker: from walker_new(), or NULL. Neither its graph nor the rules it
 *	    was asked about go with it.
 */
void walker_free(struct walker *walker);

/**
 * walker_show_paths() - have findings tell of more than one way
 * @walker: walker
 * @nr: at most so many ways from a probe to what it reaches; 1 if never set
 */
void walker_show_paths(struct walker *walker, uint32_t nr);

/**
 * walker_name_cut() - where walks were ended before they had found all
 * @walker: walker, after its walks
 * @fields: gets fields that too many functions are put into
 * @nr: added to: functions with sites that more probes get to than are told of
 * @nr_given_up: added to: searches for ways, one or more, that were given up
 */
void walker_name_cut(struct walker *walker, struct string_list *fields,
		     uint32_t *nr, uint32_t *nr_given_up);

/**
 * walker_walk() - everything one rule finds in a graph
 * @walker: walker
 * @rule: rule; findings point to it, and so does @walker
 * @findings: findings are added, merged over configurations and left unsorted
 */
void walker_walk(struct walker *walker, const struct rule *rule,
		 struct findings *findings);

/* Edges that were looked at for ways, in all rules so far: a test counts them.
 */
uint64_t walker_nr_steps(const struct walker *walker);

#endif
