// SPDX-License-Identifier: GPL-2.0-only
/*
 * The quick way through a compilation database. The commands of a kernel are
 * three million words in ninety megabytes, and one differs from the one before
 * it in some ten words out of 130: a word is first compared with the one that
 * stood in its place there, and only when it is another one looked at byte by
 * byte. What is out of the ordinary (an escape but \" \\ \/, a byte beyond
 * ASCII, an unknown member, an @file, any error) is left to Jansson.
 */
#include <stdbool.h>
#include <string.h>

#include "util/shell.h"

#include "indexer/compdb-internal.h"

enum member {
	MEMBER_DIRECTORY = 1 << 0,
	MEMBER_FILE = 1 << 1,
	MEMBER_OUTPUT = 1 << 2,
	MEMBER_ARGUMENTS = 1 << 3,
	MEMBER_COMMAND = 1 << 4,
};

static const struct {
	const char *raw;
	enum member member;
} members[] = {
	{ "\"directory\"", MEMBER_DIRECTORY },
	{ "\"file\"", MEMBER_FILE },
	{ "\"output\"", MEMBER_OUTPUT },
	{ "\"arguments\"", MEMBER_ARGUMENTS },
	{ "\"command\"", MEMBER_COMMAND },
};

void compdb_scan_init(struct compdb_scan *s, struct compdb *db)
{
	memset(s, 0, sizeof(*s));
	s->db = db;
	strbuf_init(&s->text);
}

void compdb_scan_release(struct compdb_scan *s)
{
	free(s->now.v);
	free(s->before.v);
	free(s->words);
	strbuf_release(&s->text);
}

static char skip_space(struct compdb_scan *s)
{
	while (*s->p == ' ' || *s->p == '\n' || *s->p == '\t' || *s->p == '\r')
		s->p++;
	return *s->p;
}

static void add_word(struct compdb_scan *s, const char *raw, size_t len,
		     char *word)
{
	struct scan_words *now = &s->now;

	ALLOC_GROW(now->v, (size_t)now->nr + 1, now->alloc);
	now->v[now->nr++] = (struct scan_word){ raw, len, word };
	ALLOC_GROW(s->words, (size_t)s->nr + 2, s->alloc);
	s->words[s->nr++] = word;
	s->words[s->nr] = NULL;
}

/* ---- words that are the same as before ---- */

static const struct scan_word *match(const struct compdb_scan *s, int at)
{
	const struct scan_word *w;

	if (at < 0 || at >= s->before.nr)
		return NULL;
	w = &s->before.v[at];
	/* strncmp() stops at the end of the text */
	if (!w->len || strncmp(s->p, w->raw, w->len))
		return NULL;
	if (s->now.command && s->p[w->len] && s->p[w->len] != ' ')
		return NULL;
	return w;
}

/* At the same place, or one on when a word was left out or put in. */
static bool take_known(struct compdb_scan *s, int *at)
{
	static const int steps[] = { 0, 1, -1 };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(steps); i++) {
		const struct scan_word *w = match(s, *at + steps[i]);

		if (!w)
			continue;
		*at += steps[i] + 1;
		add_word(s, w->raw, w->len, w->word);
		s->p += w->len;
		return true;
	}
	(*at)++;
	return false;
}

/* ---- strings ---- */

/* @s->p stands at the quote; s->text gets what is between it and the next. */
static bool scan_string(struct compdb_scan *s)
{
	const char *p = s->p + 1, *from = p;

	if (*s->p != '"')
		return false;
	strbuf_reset(&s->text);
	while (*p != '"') {
		if (*p < ' ' || *p == 0x7f) /* and what is not ASCII */
			return false;
		if (*p++ != '\\')
			continue;
		if (*p != '"' && *p != '\\' && *p != '/')
			return false;
		strbuf_add(&s->text, from, p - 1 - from);
		from = p++;
	}
	strbuf_add(&s->text, from, p - from);
	s->p = p + 1;
	return true;
}

static bool scan_argument(struct compdb_scan *s)
{
	const char *raw = s->p;

	if (!scan_string(s) || (s->text.buf[0] == '@' && s->text.buf[1]))
		return false;
	add_word(s, raw, s->p - raw,
		 compdb_word(s->db, s->text.buf, s->text.len));
	return true;
}

static bool scan_arguments(struct compdb_scan *s)
{
	int at = 0;

	if (*s->p != '[')
		return false;
	do {
		s->p++;
		skip_space(s);
		if (!take_known(s, &at) && !scan_argument(s))
			return false;
	} while (skip_space(s) == ',');
	return *s->p++ == ']';
}

/* ---- a command line ---- */

/* Length of a word that stands for itself, or 0. */
static size_t plain_word(const char *p)
{
	size_t len = strcspn(p, " \t\r\v\f\n'\"\\$`");

	return !p[len] || p[len] == ' ' ? len : 0;
}

static bool scan_line_word(struct compdb_scan *s, struct strbuf *word)
{
	size_t len = plain_word(s->p);
	char *pooled;

	if (len) {
		pooled = compdb_word(s->db, s->p, len);
		s->p += len;
		add_word(s, pooled, len, pooled);
	} else {
		if (shell_next(&s->p, SHELL_PLAIN, word) != SHELL_WORD)
			return false;
		pooled = compdb_word(s->db, word->buf, word->len);
		add_word(s, NULL, 0, pooled);
	}
	return pooled[0] != '@' || !pooled[1];
}

static bool scan_line(struct compdb_scan *s)
{
	struct strbuf word = STRBUF_INIT;
	bool good = true;
	int at = 0;

	for (;;) {
		s->p += strspn(s->p, " ");
		if (!*s->p || !good)
			break;
		if (!take_known(s, &at))
			good = scan_line_word(s, &word);
	}
	strbuf_release(&word);
	return good && s->nr;
}

static bool scan_command(struct compdb_scan *s)
{
	struct strbuf line = STRBUF_INIT;
	const char *end;
	bool good;

	if (!scan_string(s))
		return false;
	end = s->p;
	line = s->text;
	strbuf_init(&s->text);
	s->p = line.buf;
	good = scan_line(s);
	strbuf_release(&line);
	s->p = end;
	return good;
}

/* ---- an entry ---- */

static enum member scan_name(struct compdb_scan *s)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(members); i++) {
		size_t len = strlen(members[i].raw);

		if (strncmp(s->p, members[i].raw, len))
			continue;
		s->p += len;
		if (skip_space(s) != ':')
			return 0;
		s->p++;
		skip_space(s);
		return members[i].member;
	}
	return 0;
}

static bool is_words(enum member member)
{
	return member == MEMBER_ARGUMENTS || member == MEMBER_COMMAND;
}

static bool scan_value(struct compdb_scan *s, enum member member)
{
	if (is_words(member)) {
		s->now.command = member == MEMBER_COMMAND;
		if (s->now.command != s->before.command)
			s->before.nr = 0;
	}
	if (member == MEMBER_ARGUMENTS)
		return scan_arguments(s);
	if (member == MEMBER_COMMAND)
		return scan_command(s);
	if (!scan_string(s) || !s->text.len)
		return false;
	if (member == MEMBER_DIRECTORY)
		s->directory = compdb_word(s->db, s->text.buf, s->text.len);
	else if (member == MEMBER_FILE)
		s->file = compdb_word(s->db, s->text.buf, s->text.len);
	return true;
}

/* Each member once, and either form of the command. */
static bool scan_members(struct compdb_scan *s)
{
	unsigned int seen = 0;

	do {
		enum member member;

		s->p++;
		skip_space(s);
		member = scan_name(s);
		if (!member || (seen & member) ||
		    (is_words(member) &&
		     (seen & (MEMBER_ARGUMENTS | MEMBER_COMMAND))))
			return false;
		if (!scan_value(s, member))
			return false;
		seen |= member;
	} while (skip_space(s) == ',');
	return *s->p == '}' && s->directory && s->file && s->nr;
}

const char *compdb_scan_entry(struct compdb_scan *s, const char *text)
{
	struct scan_words old;

	s->p = text;
	s->directory = s->file = NULL;
	s->nr = 0;
	s->now.nr = 0;
	if (*text != '{' || !scan_members(s))
		return NULL;
	old = s->before;
	s->before = s->now;
	s->now = old;
	return s->p + 1;
}
