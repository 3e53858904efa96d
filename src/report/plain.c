// SPDX-License-Identifier: GPL-2.0-only
/* Names for a terminal: see plain.h. */
#include <stdbool.h>
#include <string.h>

#include "report/plain.h"

/* "##[" anywhere in a line is a command to some runners of CI jobs. */
static bool is_spelled_out(const char *s)
{
	unsigned char c = *s;

	return c < 0x20 || c >= 0x7f || !strncmp(s, "##[", 3);
}

void plain_put(FILE *out, const char *s)
{
	for (; *s; s++) {
		if (is_spelled_out(s))
			fprintf(out, "\\x%02x", (unsigned char)*s);
		else
			putc(*s, out);
	}
}

void plain_add(struct strbuf *out, const char *s)
{
	for (; *s; s++) {
		if (is_spelled_out(s))
			strbuf_addf(out, "\\x%02x", (unsigned char)*s);
		else
			strbuf_addch(out, *s);
	}
}
