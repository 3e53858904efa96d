// SPDX-License-Identifier: GPL-2.0-only
/*
 * Cases as they lie on disk. What is wrong with a comment is kept with its case
 * and fails that one: a misspelt tag must not turn into a test that passes.
 */
#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

#include "util/strbuf.h"

#include "snippet.h"

void strings_add(struct strings *list, char *s)
{
	ALLOC_GROW(list->v, list->nr + 1, list->alloc);
	list->v[list->nr++] = s;
}

static int by_string(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void strings_sort(struct strings *list)
{
	if (list->nr)
		qsort(list->v, list->nr, sizeof(*list->v), by_string);
}

bool strings_equal(const struct strings *a, const struct strings *b)
{
	size_t i;

	for (i = 0; i < a->nr && i < b->nr; i++) {
		if (strcmp(a->v[i], b->v[i]))
			return false;
	}
	return a->nr == b->nr;
}

void strings_release(struct strings *list)
{
	while (list->nr)
		free(list->v[--list->nr]);
	free(list->v);
}

void finding_release(struct finding *f)
{
	free(f->headline);
	free(f->probe_driver);
	free(f->bus);
	free(f->outer);
	strings_release(&f->qualifiers);
	strings_release(&f->guards);
	strings_release(&f->unregisters);
}

void snippets_release(struct snippets *all)
{
	size_t i, k;

	for (i = 0; i < all->nr; i++) {
		struct snippet *s = &all->v[i];

		for (k = 0; k < s->nr_expected; k++)
			finding_release(&s->expected[k]);
		free(s->expected);
		free(s->name);
		free(s->rule);
		free(s->head);
		free(s->title);
		free(s->known_to_fail);
		free(s->mistake);
		strings_release(&s->units);
		strings_release(&s->modules);
	}
	free(all->v);
}

static bool ends_with(const char *s, const char *end)
{
	size_t len = strlen(s), n = strlen(end);

	return len >= n && !strcmp(s + len - n, end);
}

/* Files and folders of a directory, sorted: the same order on every machine. */
static void list_dir(const char *dir, struct strings *names)
{
	DIR *d = opendir(dir);
	struct dirent *entry;

	while (d && (entry = readdir(d))) {
		if (entry->d_name[0] != '.')
			strings_add(names, xstrdup(entry->d_name));
	}
	if (d)
		closedir(d);
	strings_sort(names);
}

static bool is_dir(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

void snippet_units(const char *dir, const char *sub, struct strings *units)
{
	char *top = xasprintf("%s/%s", dir, sub);
	struct strings names = { 0 };
	size_t i;

	list_dir(top, &names);
	for (i = 0; i < names.nr; i++) {
		char *path = xasprintf("%s/%s", sub, names.v[i]);
		char *full = xasprintf("%s/%s", dir, path);

		if (is_dir(full))
			snippet_units(dir, path, units);
		else if (ends_with(path, ".c"))
			strings_add(units, xstrdup(path));
		free(full);
		free(path);
	}
	strings_release(&names);
	free(top);
}

/* ---- the comment at the head of a case ---- */

static void set_once(struct snippet *s, char **member, const char *tag,
		     const char *value)
{
	if (*member || !*value) {
		free(s->mistake);
		s->mistake = xasprintf("%s is %s", tag,
				       *value ? "given twice" : "empty");
		return;
	}
	*member = xstrdup(value);
}

static void read_tag(struct snippet *s, const char *tag, const char *value)
{
	struct finding *f = NULL;

	if (s->nr_expected)
		f = &s->expected[s->nr_expected - 1];
	if (!strcmp(tag, "check-name")) {
		set_once(s, &s->title, tag, value);
	} else if (!strcmp(tag, "check-no-finding")) {
		s->no_finding = true;
	} else if (!strcmp(tag, "check-known-to-fail")) {
		set_once(s, &s->known_to_fail, tag, value);
	} else if (!strcmp(tag, "check-module")) {
		strings_add(&s->modules, xstrdup(value));
	} else if (!strcmp(tag, "check-finding")) {
		ALLOC_GROW(s->expected, s->nr_expected + 1, s->alloc_expected);
		s->expected[s->nr_expected++] =
			(struct finding){ .headline = xstrdup(value) };
	} else if (!f) {
		free(s->mistake);
		s->mistake = xasprintf("%s: unknown, or before any "
				       "check-finding",
				       tag);
	} else if (!strcmp(tag, "check-guard")) {
		strings_add(&f->guards, xstrdup(value));
	} else if (!strcmp(tag, "check-unregister")) {
		strings_add(&f->unregisters, xstrdup(value));
	} else if (!strcmp(tag, "check-probe-driver")) {
		set_once(s, &f->probe_driver, tag, value);
	} else if (!strcmp(tag, "check-outer")) {
		set_once(s, &f->outer, tag, value);
	} else if (!strcmp(tag, "check-qualifier")) {
		strings_add(&f->qualifiers, xstrdup(value));
	} else if (!strcmp(tag, "check-bus")) {
		set_once(s, &f->bus, tag, value);
	} else {
		free(s->mistake);
		s->mistake = xasprintf("%s: unknown", tag);
	}
}

/* "-> b -> c()" on a line of its own goes on with the check-finding above. */
static void continue_finding(struct snippet *s, const char *text)
{
	struct finding *f = &s->expected[s->nr_expected - 1];
	char *joined = xasprintf("%s %s", f->headline, text);

	free(f->headline);
	f->headline = joined;
}

static void read_line(struct snippet *s, char *line)
{
	char *text = line + strspn(line, " \t*"), *value;
	size_t len = strlen(text);

	while (len && strchr(" \t\r", text[len - 1]))
		text[--len] = '\0';
	if (s->nr_expected && !strncmp(text, "-> ", 3)) {
		continue_finding(s, text);
		return;
	}
	if (strncmp(text, "check-", 6))
		return;
	value = text + strcspn(text, ": ");
	if (*value)
		*value++ = '\0';
	read_tag(s, text, value + strspn(value, ": "));
}

static void read_comment(struct snippet *s, char *text)
{
	char *end = strstr(text, "*/"), *line, *save;

	if (end)
		*end = '\0';
	for (line = strtok_r(text, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save))
		read_line(s, line);
}

/* The comment of the one unit that has a check-name. */
static void read_head(struct snippet *s, const char *dir)
{
	struct strbuf text = STRBUF_INIT;
	size_t i;

	for (i = 0; i < s->units.nr; i++) {
		char *path = xasprintf("%s/%s", dir, s->units.v[i]);
		char *start;

		strbuf_reset(&text);
		if (strbuf_read_file(&text, path))
			s->mistake = xasprintf("cannot read %s", path);
		start = strstr(text.buf, "/*\n * check-");
		if (start && s->head) {
			free(s->mistake);
			s->mistake = xasprintf("%s and %s both have a comment",
					       s->head, s->units.v[i]);
		} else if (start) {
			s->head = xstrdup(s->units.v[i]);
			read_comment(s, start);
		}
		free(path);
	}
	strbuf_release(&text);
	if (s->mistake)
		return;
	if (!s->title)
		s->mistake = xstrdup("no comment with a check-name");
	else if (!s->no_finding == !s->nr_expected)
		s->mistake = xstrdup("state check-finding lines or "
				     "check-no-finding, one of the two");
}

/* "NAME.c" or "NAME.d" in the folder of a rule. */
static void add_snippet(struct snippets *all, const char *dir, const char *rule,
			const char *entry)
{
	char *path = xasprintf("%s/%s", rule, entry);
	struct snippet *s;

	if (ends_with(entry, ".c") || ends_with(entry, ".d")) {
		ALLOC_GROW(all->v, all->nr + 1, all->alloc);
		s = &all->v[all->nr++];
		*s = (struct snippet){ .rule = xstrdup(rule) };
		s->name = xstrndup(entry, strlen(entry) - 2);
		if (ends_with(entry, ".d"))
			snippet_units(dir, path, &s->units);
		else
			strings_add(&s->units, xstrdup(path));
		read_head(s, dir);
	}
	free(path);
}

void snippets_find(struct snippets *all, const char *dir)
{
	struct strings rules = { 0 };
	size_t i, k;

	list_dir(dir, &rules);
	for (i = 0; i < rules.nr; i++) {
		char *sub = xasprintf("%s/%s", dir, rules.v[i]);
		struct strings entries = { 0 };

		if (strcmp(rules.v[i], "core") &&
		    strcmp(rules.v[i], "include") && is_dir(sub))
			list_dir(sub, &entries);
		for (k = 0; k < entries.nr; k++)
			add_snippet(all, dir, rules.v[i], entries.v[k]);
		strings_release(&entries);
		free(sub);
	}
	strings_release(&rules);
}
