// SPDX-License-Identifier: GPL-2.0-only
/* Messages on stderr. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "util/log.h"
#include "util/strbuf.h"

bool log_quiet;

/*
 * Names in a message may be a stranger's, out of a patch: nothing of them
 * steers a terminal, and no line begins with something else than the program's
 * name, which the log of a CI could take for a command.
 */
static void put_plain(const char *kind, const char *s)
{
	for (; *s; s++) {
		unsigned char c = *s;

		if (c == '\n')
			fprintf(stderr, "\nprobewalk: %s", kind);
		else if ((c < 0x20 && c != '\t') || c >= 0x7f ||
			 !strncmp(s, "##[", 3))
			fprintf(stderr, "\\x%02x", c);
		else
			fputc(c, stderr);
	}
}

static void say(const char *kind, const char *fmt, va_list ap)
{
	struct strbuf sb = STRBUF_INIT;

	strbuf_vaddf(&sb, fmt, ap);
	while (sb.len && sb.buf[sb.len - 1] == '\n')
		strbuf_setlen(&sb, sb.len - 1);
	flockfile(stderr);
	fprintf(stderr, "probewalk: %s", kind);
	put_plain(kind, sb.buf);
	fputc('\n', stderr);
	funlockfile(stderr);
	strbuf_release(&sb);
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
