// SPDX-License-Identifier: GPL-2.0-only
/*
 * Words of a command line. What make -n prints of a whole kernel is beyond a
 * hundred megabytes, so runs of ordinary characters are copied at once.
 */
#include <stdbool.h>
#include <string.h>

#include "util/shell.h"

#define BLANKS	  " \t\r\v\f"
#define OPERATORS ";&|()<>\n"

struct scan {
	const char *s;
	enum shell_mode mode;
	struct strbuf *text;
};

/* Backslash and the character behind it, outside of quotes. */
static void scan_escape(struct scan *sc)
{
	sc->s++;
	if (*sc->s != '\n' && *sc->s)
		strbuf_addch(sc->text, *sc->s);
	else if (!*sc->s)
		strbuf_addch(sc->text, '\\');
	if (*sc->s)
		sc->s++;
}

static bool scan_single(struct scan *sc)
{
	const char *stop = sc->mode == SHELL_RESPONSE ? "'\\" : "'";
	size_t n;

	for (sc->s++;; sc->s++) {
		n = strcspn(sc->s, stop);
		strbuf_add(sc->text, sc->s, n);
		sc->s += n;
		if (!*sc->s)
			return false;
		if (*sc->s++ == '\'')
			return true;
		if (!*sc->s)
			return false;
		strbuf_addch(sc->text, *sc->s);
	}
}

/* Where the quotes that open at @s close, or NULL. */
static const char *end_of_quotes(const char *s)
{
	char quote = *s++;

	for (; *s && *s != quote; s++) {
		if (*s == '\\' && quote != '\'' && s[1])
			s++;
	}
	return *s ? s : NULL;
}

/* Where the $( that opens at @s closes, or NULL; quotes may hide brackets. */
static const char *end_of_brackets(const char *s)
{
	int depth = 0;

	for (s++; s && *s; s++) {
		if (*s == '(')
			depth++;
		else if (*s == ')' && !--depth)
			return s;
		else if (*s == '\\' && s[1])
			s++;
		else if (strchr("'\"`", *s) && !(s = end_of_quotes(s)))
			return NULL;
	}
	return NULL;
}

/* `cmd` or $(cmd), copied as it stands. */
static bool scan_substitution(struct scan *sc)
{
	const char *end = *sc->s == '`' ? end_of_quotes(sc->s)
					: end_of_brackets(sc->s);

	if (!end)
		return false;
	strbuf_add(sc->text, sc->s, end + 1 - sc->s);
	sc->s = end + 1;
	return true;
}

static bool at_substitution(const struct scan *sc)
{
	if (sc->mode != SHELL_SCRIPT)
		return false;
	return *sc->s == '`' || (sc->s[0] == '$' && sc->s[1] == '(');
}

static bool scan_double(struct scan *sc)
{
	sc->s++;
	for (;;) {
		size_t n = strcspn(sc->s, "\"\\$`");

		strbuf_add(sc->text, sc->s, n);
		sc->s += n;
		if (!*sc->s)
			return false;
		if (*sc->s == '"') {
			sc->s++;
			return true;
		}
		if (at_substitution(sc)) {
			if (!scan_substitution(sc))
				return false;
		} else if (*sc->s == '\\' && sc->s[1] &&
			   (sc->mode == SHELL_RESPONSE ||
			    strchr("$`\"\\\n", sc->s[1]))) {
			scan_escape(sc);
		} else {
			strbuf_addch(sc->text, *sc->s++);
		}
	}
}

/* One piece of a word: quoted, escaped or a run of ordinary characters. */
static bool scan_piece(struct scan *sc)
{
	size_t n;

	if (*sc->s == '\'')
		return scan_single(sc);
	if (*sc->s == '"')
		return scan_double(sc);
	if (at_substitution(sc))
		return scan_substitution(sc);
	if (*sc->s == '\\') {
		scan_escape(sc);
		return true;
	}
	n = strcspn(sc->s + 1, "'\"\\$`" BLANKS OPERATORS) + 1;
	strbuf_add(sc->text, sc->s, n);
	sc->s += n;
	return true;
}

static bool is_operator(const struct scan *sc)
{
	return sc->mode == SHELL_SCRIPT && *sc->s && strchr(OPERATORS, *sc->s);
}

static bool ends_word(const struct scan *sc)
{
	return !*sc->s || strchr(BLANKS "\n", *sc->s) || is_operator(sc);
}

static void skip_blanks(struct scan *sc)
{
	for (;;) {
		if (sc->s[0] == '\\' && sc->s[1] == '\n')
			sc->s += 2;
		else if (*sc->s && strchr(BLANKS, *sc->s))
			sc->s++;
		else if (*sc->s == '\n' && sc->mode != SHELL_SCRIPT)
			sc->s++;
		else if (*sc->s == '#' && sc->mode == SHELL_SCRIPT)
			sc->s += strcspn(sc->s, "\n");
		else
			return;
	}
}

static void scan_operator(struct scan *sc)
{
	char c = *sc->s++;

	strbuf_addch(sc->text, c);
	if ((*sc->s == c && strchr(";&|<>", c)) ||
	    (*sc->s == '&' && (c == '<' || c == '>')))
		strbuf_addch(sc->text, *sc->s++);
}

enum shell_token shell_next(const char **p, enum shell_mode mode,
			    struct strbuf *text)
{
	struct scan sc = { .s = *p, .mode = mode, .text = text };
	enum shell_token token = SHELL_WORD;

	strbuf_reset(text);
	skip_blanks(&sc);
	if (!*sc.s) {
		token = SHELL_END;
	} else if (is_operator(&sc)) {
		scan_operator(&sc);
		token = SHELL_OPERATOR;
	} else {
		while (token == SHELL_WORD && !ends_word(&sc)) {
			if (!scan_piece(&sc))
				token = SHELL_UNCLOSED;
		}
	}
	*p = sc.s;
	return token;
}
