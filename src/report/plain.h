/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Text from source or from a path: no byte of it may steer a terminal, or the
 * log of a CI job.
 */
#ifndef PROBEWALK_REPORT_PLAIN_H
#define PROBEWALK_REPORT_PLAIN_H

#include <stdio.h>

#include "util/strbuf.h"

/* Plain ASCII, whatever is in @s. */
void plain_put(FILE *out, const char *s);
/* The same into a string. */
void plain_add(struct strbuf *out, const char *s);

#endif
