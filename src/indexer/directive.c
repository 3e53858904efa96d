// SPDX-License-Identifier: GPL-2.0-only
/*
 * A scanner for preprocessor directives. It knows just enough of C's lexing not
 * to be fooled: comments, literals, lines continued by a backslash.
 */
#include <ctype.h>
#include <string.h>

#include "indexer/directive.h"

void directive_scan_init(struct directive_scan *scan, const char *text,
			 size_t len)
{
	scan->p = text;
	scan->end = text + len;
	scan->kind = DIRECTIVE_OTHER;
	strbuf_init(&scan->rest);
}

void directive_scan_release(struct directive_scan *scan)
{
	strbuf_release(&scan->rest);
}

static bool at(const struct directive_scan *s, const char *token)
{
	size_t len = strlen(token);

	return (size_t)(s->end - s->p) >= len && !memcmp(s->p, token, len);
}

/* Past a continued line's end, if one stands here. */
static bool skip_splice(struct directive_scan *s)
{
	if (at(s, "\\\n"))
		s->p += 2;
	else if (at(s, "\\\r\n"))
		s->p += 3;
	else
		return false;
	return true;
}

/* Past a comment, if one stands here; the end of a // comment's line stays. */
static bool skip_comment(struct directive_scan *s)
{
	if (at(s, "//")) {
		while (s->p < s->end && *s->p != '\n')
			if (!skip_splice(s))
				s->p++;
		return true;
	}
	if (!at(s, "/*"))
		return false;
	s->p += 2;
	while (s->p < s->end && !at(s, "*/"))
		s->p++;
	s->p += s->p < s->end ? 2 : 0;
	return true;
}

/* Past a literal; a quote that is never closed ends with its line. */
static void skip_literal(struct directive_scan *s)
{
	char quote = *s->p++;

	while (s->p < s->end && *s->p != '\n') {
		if (*s->p == quote) {
			s->p++;
			return;
		}
		if (*s->p == '\\' && s->p + 1 < s->end)
			s->p++;
		s->p++;
	}
}

static void skip_blanks(struct directive_scan *s)
{
	while (s->p < s->end) {
		if (*s->p != '\n' && isspace((unsigned char)*s->p))
			s->p++;
		else if (!skip_splice(s) && !skip_comment(s))
			return;
	}
}

/* To the end of the line; what is passed over goes to @out unless NULL. */
static void read_line(struct directive_scan *s, struct strbuf *out)
{
	while (s->p < s->end && *s->p != '\n') {
		const char *from = s->p;

		if (skip_splice(s))
			continue;
		if (skip_comment(s)) {
			if (out)
				strbuf_addch(out, ' ');
			continue;
		}
		if (*s->p == '"' || *s->p == '\'')
			skip_literal(s);
		else
			s->p++;
		if (out)
			strbuf_add(out, from, s->p - from);
	}
	if (s->p < s->end)
		s->p++;
}

static enum directive_kind kind_of(const char *name, size_t len)
{
	static const char *const names[] = {
		[DIRECTIVE_INCLUDE] = "include", [DIRECTIVE_DEFINE] = "define",
		[DIRECTIVE_UNDEF] = "undef",	 [DIRECTIVE_IF] = "if",
		[DIRECTIVE_IFDEF] = "ifdef",	 [DIRECTIVE_IFNDEF] = "ifndef",
		[DIRECTIVE_ELIF] = "elif",	 [DIRECTIVE_ELSE] = "else",
		[DIRECTIVE_ENDIF] = "endif",	 [DIRECTIVE_PRAGMA] = "pragma",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (strlen(names[i]) == len && !memcmp(names[i], name, len))
			return i;
	return DIRECTIVE_OTHER;
}

static void trim(struct strbuf *sb)
{
	while (sb->len && isspace((unsigned char)sb->buf[sb->len - 1]))
		sb->buf[--sb->len] = '\0';
}

static void read_directive(struct directive_scan *s)
{
	const char *name;

	s->p++; /* the '#' */
	skip_blanks(s);
	name = s->p;
	while (s->p < s->end && isalpha((unsigned char)*s->p))
		s->p++;
	s->kind = kind_of(name, s->p - name);
	skip_blanks(s);
	strbuf_reset(&s->rest);
	read_line(s, &s->rest);
	trim(&s->rest);
}

bool directive_next(struct directive_scan *s)
{
	while (s->p < s->end) {
		skip_blanks(s);
		if (s->p < s->end && *s->p == '#') {
			read_directive(s);
			return true;
		}
		read_line(s, NULL);
	}
	return false;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

const char *identifier_next(const char **p, size_t *len)
{
	const char *s = *p, *from;

	while (*s) {
		if (*s == '"' || *s == '\'') {
			const char *close = strchr(s + 1, *s);

			s = close ? close + 1 : s + 1;
			continue;
		}
		if (!is_word(*s)) {
			s++;
			continue;
		}
		for (from = s; is_word(*s); s++)
			;
		if (isdigit((unsigned char)*from))
			continue;
		*p = s;
		*len = s - from;
		return from;
	}
	*p = s;
	return NULL;
}
