// SPDX-License-Identifier: GPL-2.0-only
/*
 * Finding #embed without lexing C: a lexer that is a little simpler than the
 * compiler's can be led to see a comment where there is none (raw strings, for
 * one). A directive needs its name behind a '#' in one of its three spellings,
 * and between the two there may be blanks and comments; no more is looked at.
 */
#include <ctype.h>
#include <string.h>

#include "gate/embed.h"
#include "util/strbuf.h"

/* A backslash, blanks and the end of a line: how long; 0 for none. */
static size_t splice_len(const char *p, const char *end)
{
	const char *q = p;

	if (*q++ != '\\')
		return 0;
	while (q < end && *q != '\n' && isspace((unsigned char)*q))
		q++;
	return q < end && *q == '\n' ? q + 1 - p : 0;
}

static void add_spliced(struct strbuf *out, const char *p, const char *end)
{
	while (p < end) {
		size_t skip = splice_len(p, end);

		if (skip) {
			p += skip;
			continue;
		}
		/* a NUL would end the search for a word */
		strbuf_addch(out, *p ? *p : ' ');
		p++;
	}
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* May what ends before @p be a '#', or a comment behind one? */
static bool follows_hash(const char *text, const char *p)
{
	static const char *const ends[] = { "#", "%:", "?\?=", "*/" };
	size_t i;

	while (p > text && isspace((unsigned char)p[-1]))
		p--;
	for (i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		size_t len = strlen(ends[i]);

		if ((size_t)(p - text) >= len && !memcmp(p - len, ends[i], len))
			return true;
	}
	return false;
}

bool embeds_file(const char *text, size_t len)
{
	static const char has[] = "__has_", word[] = "embed";
	struct strbuf s = STRBUF_INIT;
	bool ret = false;
	const char *p;

	add_spliced(&s, text, text + len);
	p = s.buf;
	while (!ret && (p = strstr(p, word))) {
		const char *from = p;

		p += strlen(word);
		if (is_word(*p))
			continue;
		if ((size_t)(from - s.buf) >= strlen(has) &&
		    !memcmp(from - strlen(has), has, strlen(has)))
			ret = true;
		else
			ret = follows_hash(s.buf, from);
	}
	strbuf_release(&s);
	return ret;
}
