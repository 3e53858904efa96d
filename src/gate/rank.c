// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is changed in a header has a name: a macro, a function, a record. A unit
 * that does not spell it may still get at it through other headers, but one
 * that does is the better bet when not all can be looked at.
 */
#include <ctype.h>
#include <string.h>

#include "gate/rank.h"
#include "util/hash.h"

enum {
	/* Names that are looked for: each is a pass over a text. */
	MAX_NAMES = 32,
	RANK_FINDING = 0,
	RANK_NAMED = 1,
	RANK_REST = 2,
};

struct rank {
	const char *tree;
	const struct patch_set *set;
	struct string_list names;
	struct u64map files; /* that findings go through */
};

/* ---- names ---- */

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static size_t word_len(const char *p)
{
	size_t n = 0;

	while (is_word(p[n]))
		n++;
	return n;
}

static char *word_at(const char *p)
{
	size_t n;

	p += strspn(p, " \t");
	n = word_len(p);
	return n && !isdigit((unsigned char)*p) ? xstrndup(p, n) : NULL;
}

/* "static inline int foo(int x)" -> "foo" */
static char *word_before(const char *line, const char *end)
{
	const char *start;

	while (end > line && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	for (start = end; start > line && is_word(start[-1]); start--)
		;
	return start < end ? xstrndup(start, end - start) : NULL;
}

/* What a line that begins in the first column defines or declares, or NULL. */
static char *name_of_line(const char *line)
{
	static const char *const records[] = { "struct ", "union ", "enum " };
	const char *paren;
	size_t i;

	if (*line == '#') {
		line += 1 + strspn(line + 1, " \t");
		return strncmp(line, "define", 6) ? NULL : word_at(line + 6);
	}
	if (!is_word(*line))
		return NULL;
	paren = strchr(line, '(');
	if (paren)
		return word_before(line, paren);
	for (i = 0; i < ARRAY_SIZE(records); i++)
		if (!strncmp(line, records[i], strlen(records[i])))
			return word_at(line + strlen(records[i]));
	return NULL;
}

static void add_name(struct rank *rank, const char *name)
{
	if (name && rank->names.nr < MAX_NAMES &&
	    !string_list_has(&rank->names, name))
		string_list_add(&rank->names, name);
}

static void find_names(struct rank *rank, const struct change *c,
		       const char *text)
{
	char *name = NULL, *line, *found;
	uint32_t nr = 1;

	for (; *text; nr++) {
		size_t len = strcspn(text, "\n");

		line = xstrndup(text, len);
		found = name_of_line(line);
		if (found) {
			free(name);
			name = found;
		}
		if (c->kind == CHANGE_ADDED || change_has_line(c, nr) ||
		    change_cuts_behind(c, nr))
			add_name(rank, name);
		/* what follows belongs to nothing */
		if (*line == '}') {
			free(name);
			name = NULL;
		}
		free(line);
		text += len + (text[len] == '\n');
	}
	free(name);
}

static bool is_source(const char *path)
{
	size_t len = strlen(path);

	return len > 2 && !strcmp(path + len - 2, ".c");
}

struct rank *rank_new(const char *tree, const struct patch_set *set)
{
	struct rank *rank = xcalloc(1, sizeof(*rank));
	size_t i;

	rank->tree = tree;
	rank->set = set;
	u64map_init(&rank->files);
	for (i = 0; i < set->nr; i++) {
		const struct change *c = &set->changes[i];
		struct strbuf text = STRBUF_INIT;

		if (c->content && !is_source(c->path) &&
		    !strbuf_read_regular(&text, c->content))
			find_names(rank, c, text.buf);
		strbuf_release(&text);
	}
	return rank;
}

void rank_free(struct rank *rank)
{
	if (!rank)
		return;
	string_list_release(&rank->names);
	u64map_release(&rank->files);
	free(rank);
}

/* ---- findings ---- */

static void add_file(struct rank *rank, const char *file)
{
	if (file)
		u64map_put(&rank->files, hash64_str(file, 0), 1);
}

void rank_findings(struct rank *rank, const struct report *report)
{
	size_t i, k;

	for (i = 0; i < report->findings.nr; i++) {
		const struct finding *f = &report->findings.list[i];

		add_file(rank, f->probe.file);
		add_file(rank, f->registration.file);
		for (k = 0; k < f->nr_path; k++)
			add_file(rank, f->path[k].file);
	}
}

/* ---- units ---- */

static bool names(const char *text, const char *name)
{
	size_t len = strlen(name);
	const char *p = text;

	while ((p = strstr(p, name))) {
		if ((p == text || !is_word(p[-1])) && !is_word(p[len]))
			return true;
		p += len;
	}
	return false;
}

static bool names_any(const struct rank *rank, const char *file)
{
	const struct change *c = patch_find(rank->set, file);
	char *path = c && c->content ? xstrdup(c->content)
				     : xasprintf("%s/%s", rank->tree, file);
	struct strbuf text = STRBUF_INIT;
	bool ret = false;
	size_t i;

	if (!strbuf_read_regular(&text, path))
		for (i = 0; !ret && i < rank->names.nr; i++)
			ret = names(text.buf, rank->names.item[i]);
	strbuf_release(&text);
	free(path);
	return ret;
}

uint32_t rank_of(const struct rank *rank, const char *file)
{
	if (patch_find(rank->set, file) ||
	    u64map_get(&rank->files, hash64_str(file, 0)))
		return RANK_FINDING;
	return names_any(rank, file) ? RANK_NAMED : RANK_REST;
}

/* ---- comments ---- */

/*
 * A line that goes on between two characters that are one to the compiler is
 * not read below: of such a text nothing is claimed. Nor of one with a NUL,
 * behind which nothing would be compared, and a trigraph may be a backslash.
 */
static bool is_tricky(const struct strbuf *text)
{
	const char *p = text->buf, *nl;

	if (text->len && memchr(p, '\0', text->len))
		return true;
	if (strstr(p, "?\?/"))
		return true;
	for (nl = p; (nl = strchr(nl, '\n')); nl++) {
		const char *end = nl;
		char before;

		while (end > p && strchr(" \t\r\v\f", end[-1]))
			end--;
		if (end == p || end[-1] != '\\')
			continue;
		before = end - 1 > p ? end[-2] : ' ';
		/* the compiler takes no notice of blanks behind it */
		if (end != nl || before == '\\')
			return true;
		if (before == '/' && nl[1] && strchr("/*\\", nl[1]))
			return true;
		if (before == '*' && nl[1] && strchr("/\\", nl[1]))
			return true;
	}
	return false;
}

/* Of a line, with those that it goes on in. */
static size_t line_len(const char *p)
{
	const char *end = p;

	while (*end && (*end != '\n' || (end > p && end[-1] == '\\')))
		end++;
	return end - p;
}

static bool line_has(const char *line, size_t len, const char *what)
{
	return memmem(line, len, what, strlen(what));
}

/* May what looks like a comment be a part of a file's name? */
static bool is_unclear_name(const char *p)
{
	const char *end = memchr(p, '>', line_len(p));

	return end &&
	       (line_has(p, end - p, "//") || line_has(p, end - p, "/*"));
}

/*
 * There is no escape in the name of a file, and some compilers see no comment
 * in a message.
 */
static bool is_unclear_directive(const char *p)
{
	size_t len = line_len(p);

	if (line_has(p, len, "error") || line_has(p, len, "warning"))
		return line_has(p, len, "/*");
	if (line_has(p, len, "define"))
		return false;
	return line_has(p, len, "\\\"");
}

/* Where comments cannot be told from what is none without a preprocessor. */
static bool is_unclear(const char *p)
{
	return (*p == '<' && is_unclear_name(p)) ||
	       (*p == '#' && is_unclear_directive(p));
}

/* Behind a comment at @p, or NULL. */
static const char *skip_comment(const char *p)
{
	const char *end;

	if (p[0] != '/' || (p[1] != '*' && p[1] != '/'))
		return NULL;
	if (p[1] == '*') {
		end = strstr(p + 2, "*/");
		return end ? end + 2 : p + strlen(p);
	}
	/* a backslash at its end makes the next line a part of it */
	for (p += 2; *p && *p != '\n'; p++)
		if (p[0] == '\\' && p[1])
			p++;
	return p;
}

/* Behind a string or character at @p, or NULL. */
static const char *skip_literal(const char *p)
{
	char quote = *p;

	if (quote != '"' && quote != '\'')
		return NULL;
	for (p++; *p && *p != quote && *p != '\n'; p++)
		if (p[0] == '\\' && p[1])
			p++;
	return *p == quote ? p + 1 : p;
}

static void add_newlines(struct strbuf *out, const char *p, const char *end)
{
	for (; p < end; p++)
		if (*p == '\n')
			strbuf_addch(out, '\n');
}

/* Is nothing in the line yet? One that goes on after a backslash is not new. */
static bool at_line_start(const struct strbuf *out)
{
	return !out->len || (out->buf[out->len - 1] == '\n' &&
			     (out->len < 2 || out->buf[out->len - 2] != '\\'));
}

/*
 * Comments and blanks are one blank, and none at the end of a line. Without
 * @lines, a line that has nothing else is none.
 *
 * Return: whether it is certain what is a comment.
 */
static bool add_code(struct strbuf *out, const char *p, bool lines)
{
	bool blank = false;

	while (*p) {
		const char *next = skip_comment(p);

		if (next || strchr(" \t\r", *p)) {
			if (next && lines)
				add_newlines(out, p, next);
			blank = true;
			p = next ? next : p + 1;
			continue;
		}
		if (!lines && *p == '\n' && at_line_start(out)) {
			blank = false;
			p++;
			continue;
		}
		if (blank && *p != '\n')
			strbuf_addch(out, ' ');
		blank = false;
		if (is_unclear(p))
			return false;
		next = skip_literal(p);
		if (!next)
			next = p + 1;
		strbuf_add(out, p, next - p);
		p = next;
	}
	return true;
}

bool rank_same_code(const struct strbuf *a, const struct strbuf *b, bool lines)
{
	struct strbuf l = STRBUF_INIT, r = STRBUF_INIT;
	bool ret = !is_tricky(a) && !is_tricky(b);

	ret = ret && add_code(&l, a->buf, lines) && add_code(&r, b->buf, lines);
	ret = ret && l.len == r.len && (!l.len || !memcmp(l.buf, r.buf, l.len));
	strbuf_release(&l);
	strbuf_release(&r);
	return ret;
}
