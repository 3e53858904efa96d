// SPDX-License-Identifier: GPL-2.0-only
/*
 * The word "include" is looked for and not the directive: half a gigabyte of
 * kernel is read this way after a first run, and a comment taken for an
 * #include costs nothing but a parse too many, should such a header ever
 * appear.
 */
#include <string.h>

#include "util/hash.h"

#include "indexer/watch-name.h"

struct name_scan {
	const char *text, *end;
	uint32_t **names, *nr;
	size_t *alloc;
	bool computed;
};

uint32_t watch_name_hash(const char *name, size_t len)
{
	return (uint32_t)hash64(name, len, 0) & ~(uint32_t)NAME_FLAGS;
}

static void add_number(struct name_scan *s, uint32_t number)
{
	ALLOC_GROW(*s->names, (size_t)*s->nr + 1, *s->alloc);
	(*s->names)[(*s->nr)++] = number;
}

/* "./x.h" is "x.h"; of a name with ".." in it, what follows the last one. */
static void add_name(struct name_scan *s, const char *name, size_t len,
		     bool quoted)
{
	uint32_t flags = quoted ? NAME_QUOTED : 0;
	const char *end = name + len, *p, *from = name;

	for (p = name; p < end; p++) {
		size_t left = end - p;
		bool begins = p == name || p[-1] == '/';

		if (begins && left > 2 && !strncmp(p, "../", 3)) {
			flags |= NAME_ANYWHERE;
			from = p + 3;
		} else if (begins && *p == '/') {
			flags |= p == name ? NAME_ANYWHERE : 0;
			from = p == from ? p + 1 : from;
		} else if (p == from && left > 1 && !strncmp(p, "./", 2)) {
			from = p + 2;
		}
	}
	if (from < end)
		add_number(s, watch_name_hash(from, end - from) | flags);
}

static const char *skip_blanks(const struct name_scan *s, const char *p)
{
	while (p < s->end) {
		if (*p == ' ' || *p == '\t')
			p++;
		else if (p[0] == '\\' && p[1] == '\n')
			p += 2;
		else
			break;
	}
	return p;
}

/* What stands behind "#include" or "__has_include(". */
static void take_name(struct name_scan *s, const char *p)
{
	char close = *p == '<' ? '>' : '"';
	const char *line;

	p = skip_blanks(s, p);
	close = *p == '<' ? '>' : '"';
	if (*p != '<' && *p != '"') {
		s->computed = true;
		return;
	}
	line = p + 1 + strcspn(p + 1, close == '>' ? ">\n" : "\"\n");
	if (*line == close)
		add_name(s, p + 1, line - p - 1, close == '"');
}

static bool after_hash(const struct name_scan *s, const char *word)
{
	while (word > s->text && (word[-1] == ' ' || word[-1] == '\t'))
		word--;
	return word > s->text && word[-1] == '#';
}

static bool after_has(const struct name_scan *s, const char *word)
{
	return word - s->text >= 6 && !strncmp(word - 6, "__has_", 6);
}

bool watch_names(const char *text, size_t len, uint32_t **names, uint32_t *nr,
		 size_t *alloc)
{
	struct name_scan s = { text, text + len, names, nr, alloc, false };
	const char *p = text;

	while ((p = memmem(p, s.end - p, "include", 7))) {
		const char *word = p;

		p += 7;
		if (!strncmp(p, "_next", 5))
			p += 5;
		if (after_hash(&s, word)) {
			take_name(&s, p);
		} else if (after_has(&s, word)) {
			p = skip_blanks(&s, p);
			if (*p == '(')
				take_name(&s, p + 1);
		}
	}
	return s.computed;
}
