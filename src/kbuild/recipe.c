// SPDX-License-Identifier: GPL-2.0-only
/*
 * Compile commands out of recipes. A line is looked at as the shell would,
 * since the compiler's words appear in quotes a second time (for fixdep, which
 * keeps the command) and quotes may hold any separator.
 */
#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "util/shell.h"

#include "kbuild/recipe.h"

#define KERNEL_DEFINE "-D__KERNEL__"

/* The words of one simple command within a line. */
struct words {
	char **v;
	int nr;
	size_t alloc;
};

void recipe_init(struct recipe *r, struct compdb *db, const char *directory,
		 char *const *dirs, int nr_dirs)
{
	memset(r, 0, sizeof(*r));
	r->db = db;
	r->directory = directory;
	r->dirs = dirs;
	r->nr_dirs = nr_dirs;
	r->taken = xcalloc(nr_dirs + 1, sizeof(*r->taken));
	strbuf_init(&r->line);
}

void recipe_release(struct recipe *r)
{
	free(r->taken);
	strbuf_release(&r->line);
}

static void words_add(struct words *w, const char *s)
{
	ALLOC_GROW(w->v, (size_t)w->nr + 1, w->alloc);
	w->v[w->nr++] = xstrdup(s);
}

static void words_clear(struct words *w)
{
	while (w->nr)
		free(w->v[--w->nr]);
}

static bool is_assignment(const char *s)
{
	if (!isalpha((unsigned char)*s) && *s != '_')
		return false;
	while (isalnum((unsigned char)*s) || *s == '_')
		s++;
	return *s == '=';
}

/* Words that may stand before a command: "if", "{", "env", VAR=value. */
static int skip_prefix(const struct words *w)
{
	static const char *const before[] = { "if", "then", "else", "do", "{",
					      "!",  "time", "exec", "env" };
	size_t k;
	int i;

	for (i = 0; i < w->nr; i++) {
		for (k = 0; k < ARRAY_SIZE(before); k++) {
			if (!strcmp(w->v[i], before[k]))
				break;
		}
		if (k == ARRAY_SIZE(before) && !is_assignment(w->v[i]))
			break;
	}
	return i;
}

static bool ends_with(const char *s, const char *tail)
{
	size_t n = strlen(s), m = strlen(tail);

	return n > m && !strcmp(s + n - m, tail);
}

/* An option whose value is a file that is read, but not the one compiled. */
static bool names_other_file(const char *option)
{
	return !strcmp(option, "-include") || !strcmp(option, "-imacros") ||
	       !strcmp(option, "-o");
}

struct compile {
	const char *source, *output;
	bool object; /* -c */
	bool kernel;
};

static void look_at_words(struct compile *c, char *const *argv, int argc)
{
	int i;

	memset(c, 0, sizeof(*c));
	for (i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "-c"))
			c->object = true;
		else if (!strcmp(argv[i], KERNEL_DEFINE))
			c->kernel = true;
		else if (!strcmp(argv[i], "-o") && i + 1 < argc)
			c->output = argv[i + 1];
		else if (argv[i][0] != '-' && ends_with(argv[i], ".c") &&
			 !names_other_file(argv[i - 1]))
			c->source = argv[i];
	}
}

/*
 * Glue that modpost writes after the link: nothing but tables, and not there
 * before a build.
 */
static bool is_modpost_glue(const char *source)
{
	return ends_with(source, ".mod.c") ||
	       ends_with(source, ".vmlinux.export.c");
}

static bool is_below(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	return !strncmp(path, dir, n) && path[n] == '/';
}

/* Is the object in one of the wanted directories? They count their own. */
static bool is_wanted(struct recipe *r, const char *output)
{
	char *path;
	bool wanted = !r->nr_dirs;
	int i;

	/* As if from "/", since some objects are called "a/b/../c/d.o". */
	path = path_normalise("/", output);
	for (i = 0; i < r->nr_dirs; i++) {
		if (!is_below(path + 1, r->dirs[i]))
			continue;
		r->taken[i]++;
		wanted = true;
	}
	free(path);
	return wanted;
}

static void end_of_command(struct recipe *r, struct words *w)
{
	int first = skip_prefix(w);
	struct compile c;

	look_at_words(&c, w->v + first, w->nr - first);
	if (c.object && c.kernel && c.output && c.source &&
	    !is_modpost_glue(c.source) && is_wanted(r, c.output))
		compdb_add(r->db, r->directory, c.source, w->v + first,
			   w->nr - first);
	words_clear(w);
}

/* The 2 of "2>file" is no word of the command. */
static bool is_io_number(const char *word, char next)
{
	return (next == '>' || next == '<') && *word &&
	       word[strspn(word, "0123456789")] == '\0';
}

static void split_line(struct recipe *r, const char *p)
{
	struct strbuf text = STRBUF_INIT;
	struct words w = { 0 };
	bool redirected = false;
	enum shell_token token;

	while ((token = shell_next(&p, SHELL_SCRIPT, &text)) == SHELL_WORD ||
	       token == SHELL_OPERATOR) {
		if (token == SHELL_OPERATOR) {
			redirected = text.buf[0] == '<' || text.buf[0] == '>';
			if (!redirected)
				end_of_command(r, &w);
			continue;
		}
		if (!redirected && !is_io_number(text.buf, *p))
			words_add(&w, text.buf);
		redirected = false;
	}
	if (token == SHELL_UNCLOSED)
		r->unreadable++;
	else
		end_of_command(r, &w);
	words_clear(&w);
	free(w.v);
	strbuf_release(&text);
}

/* An odd number of backslashes at the end: the next line belongs to it. */
static bool goes_on(const struct strbuf *line)
{
	size_t n = 0;

	while (n < line->len && line->buf[line->len - 1 - n] == '\\')
		n++;
	return n % 2;
}

void recipe_line(struct recipe *r, const char *line, size_t len)
{
	strbuf_add(&r->line, line, len);
	if (goes_on(&r->line))
		strbuf_addch(&r->line, '\n');
	else
		recipe_end(r);
}

void recipe_end(struct recipe *r)
{
	/* Nearly all lines are something else. */
	if (strstr(r->line.buf, KERNEL_DEFINE))
		split_line(r, r->line.buf);
	strbuf_reset(&r->line);
}
