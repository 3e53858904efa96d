/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The sentence that a rule has for a finding, with words in braces:
 *   {start}	"foo_probe() of foo_driver", where the walk started
 *   {site}	"bar_init()", the function that the call stands in
 *   {callee}	"bar_register()", what is called there, as it is spelled
 *   {driver}	"bar_driver", the driver it is handed, or "a driver"
 */
#ifndef PROBEWALK_RULES_MESSAGE_H
#define PROBEWALK_RULES_MESSAGE_H

#include "rules/finding.h"

/* The words there are, for a reader. */
extern const char message_words[];

/**
 * message_check() - is a sentence well formed?
 *
 * Return: NULL, or where the first word stands that is not known.
 */
const char *message_check(const char *text);

/**
 * message_fill() - the sentence of a finding's rule, which must have one
 * @f: finding, all but its message
 *
 * Return: a new string.
 */
char *message_fill(const struct finding *f);

#endif
