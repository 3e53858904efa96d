/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the graph says of a function, and of the way between two: for a reader
 * who doubts a finding, or the lack of one. The answer is one JSON value,
 * described in Documentation/explain.md; text is made of the same value, so
 * that the two cannot tell different things.
 */
#ifndef PROBEWALK_EXPLAIN_EXPLAIN_H
#define PROBEWALK_EXPLAIN_EXPLAIN_H

#include <stdio.h>

#include <jansson.h>

#include "callgraph/graph.h"
#include "rules/finding.h"
#include "rules/rule.h"

struct explain;

/**
 * explain_new() - get ready to answer
 * @g: linked graph of a configuration
 * @rule: says which functions register, what is dispatched to, what is a
 *	  barrier; of kind TARGET_REGISTRATION
 * @least: edges that are less sure are left out; calls through fields are
 *	   resolved over the whole tree with CONFIDENCE_LOW only
 * @max: how many of everything are listed
 */
struct explain *explain_new(const struct graph *g, const struct rule *rule,
			    enum confidence least, uint32_t max);
void explain_free(struct explain *x);

/**
 * explain_find() - the function that a name stands for
 * @g: linked graph
 * @name: "function", or "file:function", where the file may be the end of a
 *	  path
 * @fn: gets the function
 * @note: gets a sentence when it is not just that function (a macro's), or NULL
 * @err: gets what is wrong: several functions of that name, or the names that
 *	 are spelled nearly like it
 *
 * Return: 0, -ENOENT, or -ENOTUNIQ.
 */
int explain_find(const struct graph *g, const char *name, uint32_t *fn,
		 struct strbuf *note, struct strbuf *err) __must_check;

/* All about one function. */
json_t *explain_function(struct explain *x, uint32_t fn);
/* The ways from one to another; its "paths" are none when there is none. */
json_t *explain_between(struct explain *x, uint32_t from, uint32_t to);

/* The fields whose functions are probes: what a walk starts from. */
json_t *explain_slots(struct explain *x);

/* As text, a line each, to be read by people and editors. */
void explain_print_function(const json_t *answer, FILE *out);
void explain_print_between(const json_t *answer, FILE *out);
void explain_print_slots(const json_t *answer, FILE *out);

#endif
