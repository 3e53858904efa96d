/* SPDX-License-Identifier: GPL-2.0-only */
/* Text from source or from a path: no byte of it may steer a terminal. */
#ifndef PROBEWALK_REPORT_PLAIN_H
#define PROBEWALK_REPORT_PLAIN_H

#include <stdio.h>

/* Plain ASCII, whatever is in @s. */
void plain_put(FILE *out, const char *s);

#endif
