// SPDX-License-Identifier: GPL-2.0-only
/* Messages on stderr. */
#include <stdarg.h>
#include <stdio.h>

#include "util/log.h"

bool log_quiet;

static void say(const char *kind, const char *fmt, va_list ap)
{
	flockfile(stderr);
	fprintf(stderr, "probewalk: %s", kind);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	funlockfile(stderr);
}

#define SAY(kind, fmt)                                                         \
	do {                                                                   \
		va_list ap;                                                    \
		va_start(ap, fmt);                                             \
		say(kind, fmt, ap);                                            \
		va_end(ap);                                                    \
	} while (0)

void pw_error(const char *fmt, ...)
{
	SAY("", fmt);
}

void pw_warn(const char *fmt, ...)
{
	SAY("warning: ", fmt);
}

void pw_info(const char *fmt, ...)
{
	if (!log_quiet)
		SAY("", fmt);
}
