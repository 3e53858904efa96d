/* SPDX-License-Identifier: GPL-2.0-only */
/* Where the rules are that come with the program. */
#ifndef PROBEWALK_RULES_RULE_DIR_H
#define PROBEWALK_RULES_RULE_DIR_H

/**
 * rule_dir_find() - the rules to use when none are named
 *
 * $PROBEWALK_RULES; else rules.d of the source tree that the program was built
 * in; else the installed ones, looked for beside the program first, so that an
 * installation can be moved.
 *
 * Return: a new string, or NULL when there are none.
 */
char *rule_dir_find(void);

#endif
