/* SPDX-License-Identifier: GPL-2.0-only */
/* Text from source or from a path: no byte of it may steer a terminal. */
#ifndef PROBEWALK_REPORT_PLAIN_H
#define PROBEWALK_REPORT_PLAIN_H

#include <stdio.h>

#include "util/strbuf.h"

/* Plain ASCII, whatever is in @s. */
void plain_put(FILE *out, const char *s);
void plain_add(struct strbuf *out, const char *s);

#endif
