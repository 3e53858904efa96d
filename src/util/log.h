/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Messages to the person at the terminal: one line each, on stderr, beginning
 * with "probewalk: ". Only the code of commands prints; what stands below them
 * fills a strbuf with the reason and returns an error.
 */
#ifndef PROBEWALK_UTIL_LOG_H
#define PROBEWALK_UTIL_LOG_H

#include <stdbool.h>

#include "util/alloc.h"

/* -q: what is not an error is kept back. */
extern bool log_quiet;

void pw_error(const char *fmt, ...) __printf(1, 2);
void pw_warn(const char *fmt, ...) __printf(1, 2);
void pw_info(const char *fmt, ...) __printf(1, 2);

#endif
