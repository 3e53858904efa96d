/* SPDX-License-Identifier: GPL-2.0-only */
/* What the members of a rule file mean; between rule-file.c and rule-parse.c.
 */
#ifndef PROBEWALK_RULES_RULE_PARSE_H
#define PROBEWALK_RULES_RULE_PARSE_H

#include <jansson.h>

#include "rules/rule.h"

/**
 * rule_parse() - a rule from the JSON of its file
 * @rule: filled; empty on failure
 * @file: name for messages
 * @root: whole document
 * @err: gets a line for every mistake
 *
 * Return: 0 or -EINVAL.
 */
int rule_parse(struct rule *rule, const char *file, json_t *root,
	       struct strbuf *err) __must_check;

#endif
