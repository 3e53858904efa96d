// SPDX-License-Identifier: GPL-2.0-only
/* Assignments of a Makefile, word by word: see makefile.h. */
#include <string.h>

#include "gate/makefile.h"
#include "util/strbuf.h"

void makefile_release(struct makefile *m)
{
	while (m->nr) {
		free(m->list[--m->nr].var);
		free(m->list[m->nr].word);
	}
	free(m->list);
	*m = (struct makefile)MAKEFILE_INIT;
}

/* ---- lines ---- */

/* Bytes of a backslash and the end of its line. */
static size_t continuation(const char *p)
{
	if (p[0] != '\\')
		return 0;
	if (p[1] == '\n')
		return 2;
	return p[1] == '\r' && p[2] == '\n' ? 3 : 0;
}

/* The next one, continuation lines joined and the comment cut off. */
static bool next_line(const char **text, struct strbuf *line)
{
	const char *p = *text;

	strbuf_reset(line);
	if (!*p)
		return false;
	for (; *p && *p != '\n'; p++) {
		size_t skip = continuation(p);

		if (skip) {
			strbuf_addch(line, ' ');
			p += skip - 1;
			continue;
		}
		if (p[0] == '\\' && p[1] == '#')
			p++;
		else if (*p == '#')
			strbuf_addch(line, '\0');
		strbuf_addch(line, *p);
	}
	*text = p + (*p == '\n');
	strbuf_setlen(line, strlen(line->buf));
	return true;
}

/* Behind a "$(...)" or "${...}" that begins at @p; else NULL. */
static const char *skip_reference(const char *p)
{
	int depth = 0;

	if (p[0] != '$' || (p[1] != '(' && p[1] != '{'))
		return NULL;
	for (p++; *p; p++) {
		depth += *p == '(' || *p == '{';
		depth -= *p == ')' || *p == '}';
		if (!depth)
			return p + 1;
	}
	return p;
}

/* Bytes of the word at @p; blanks within a reference are part of it. */
static size_t word_len(const char *p, const char *stop)
{
	const char *start = p;

	while (*p && !strchr(stop, *p)) {
		const char *next = skip_reference(p);

		p = next ? next : p + 1;
	}
	return p - start;
}

static void add_word(struct makefile *m, const char *var, size_t var_len,
		     const char *word, size_t len)
{
	ALLOC_GROW(m->list, m->nr + 1, m->alloc);
	m->list[m->nr].var = xstrndup(var, var_len);
	m->list[m->nr++].word = xstrndup(word, len);
}

#define BLANKS " \t\r"

/* "VAR = words", with ":", "+", "?" before the "=". */
static void read_line(struct makefile *m, const char *line)
{
	const char *var = line + strspn(line, BLANKS), *p;
	size_t var_len, len;

	/* a recipe; an assignment may be indented by a tab all the same */
	if (!strncmp(var, "export ", 7))
		var += 7 + strspn(var + 7, BLANKS);
	var_len = word_len(var, BLANKS "=+:?");
	p = var + var_len + strspn(var + var_len, BLANKS);
	p += strspn(p, ":+?");
	if (!var_len || *p++ != '=')
		return;
	for (p += strspn(p, BLANKS); *p; p += len + strspn(p + len, BLANKS)) {
		len = word_len(p, BLANKS);
		add_word(m, var, var_len, p, len);
	}
}

void makefile_read(struct makefile *m, const char *text)
{
	struct strbuf line = STRBUF_INIT;

	while (next_line(&text, &line))
		read_line(m, line.buf);
	strbuf_release(&line);
}

/* ---- words ---- */

static bool ends_with(const char *s, const char *end)
{
	size_t len = strlen(s), n = strlen(end);

	return len > n && !strcmp(s + len - n, end);
}

bool makefile_lists_objects(const char *var)
{
	static const char *const others[] = { "hostprogs",   "userprogs",
					      "always",	     "targets",
					      "clean-files", "dtb",
					      "asflags",     "ldflags" };
	size_t i;

	if (strstr(var, "flags-") || strstr(var, "FLAGS"))
		return false;
	for (i = 0; i < ARRAY_SIZE(others); i++)
		if (!strncmp(var, others[i], strlen(others[i])))
			return false;
	return ends_with(var, "-y") || ends_with(var, "-m") ||
	       ends_with(var, "-objs") || strstr(var, "-$(");
}

bool makefile_is_object(const char *word)
{
	return !strpbrk(word, "$%*") &&
	       (ends_with(word, ".o") || ends_with(word, "/"));
}

bool makefile_has(const struct makefile *m, const char *var, const char *word)
{
	size_t i;

	for (i = 0; i < m->nr; i++) {
		const struct makefile_word *w = &m->list[i];

		if (strcmp(w->word, word))
			continue;
		if (var ? !strcmp(w->var, var) : makefile_lists_objects(w->var))
			return true;
	}
	return false;
}
