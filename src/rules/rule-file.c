// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rule files: which there are, and JSON that parses. What the members mean
 * stands in rule-parse.c. A set is loaded whole or not at all, and every
 * mistake of every file is told at once: a rule that is quietly left out would
 * look like a tree without findings.
 */
#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include <jansson.h>

#include "rules/rule-parse.h"

/* Jansson quotes the text it stumbled on, whatever bytes that has. */
static void add_printable(struct strbuf *out, const char *s)
{
	for (; *s; s++) {
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			strbuf_addf(out, "\\x%02x", (unsigned char)*s);
		else
			strbuf_addch(out, *s);
	}
}

static int unreadable(const char *path, int ret, struct strbuf *err)
{
	strbuf_addf(err, "%s: cannot be read: %s\n", path, strerror(-ret));
	return ret;
}

static int syntax_error(const char *file, const struct strbuf *text,
			const json_error_t *error, struct strbuf *err)
{
	int line = error->line > 0 ? error->line : 1;
	int col = error->column > 0 ? error->column : 1;

	strbuf_addf(err, "%s:%d:%d: ", file, line, col);
	if (!text->len)
		strbuf_addstr(err, "the file is empty");
	else
		add_printable(err, error->text);
	strbuf_addch(err, '\n');
	return -EINVAL;
}

static void set_add(struct rule_set *set, const struct rule *rule)
{
	set->rules = xrealloc(set->rules, (set->nr + 1) * sizeof(*rule));
	set->rules[set->nr++] = *rule;
}

static int load_file(struct rule_set *set, const char *file, struct strbuf *err)
{
	struct strbuf text = STRBUF_INIT;
	struct rule rule = { 0 };
	json_error_t error;
	json_t *root;
	int ret;

	ret = strbuf_read_file(&text, file);
	if (ret) {
		unreadable(file, ret, err);
		goto out;
	}
	root = json_loadb(text.buf, text.len, JSON_REJECT_DUPLICATES, &error);
	if (!root) {
		ret = syntax_error(file, &text, &error, err);
		goto out;
	}
	ret = rule_parse(&rule, file, root, err);
	json_decref(root);
	if (!ret)
		set_add(set, &rule);
out:
	strbuf_release(&text);
	return ret;
}

static bool is_rule_name(const char *name)
{
	size_t len = strlen(name);

	return name[0] != '.' && len > 5 && !strcmp(name + len - 5, ".json");
}

static int list_files(struct string_list *files, const char *path,
		      struct strbuf *err)
{
	struct dirent *entry;
	DIR *dir = opendir(path);
	char *file;

	if (!dir)
		return unreadable(path, -errno, err);
	while ((entry = readdir(dir))) {
		if (!is_rule_name(entry->d_name))
			continue;
		file = xasprintf("%s/%s", path, entry->d_name);
		string_list_add(files, file);
		free(file);
	}
	closedir(dir);
	string_list_sort_unique(files);
	if (files->nr)
		return 0;
	strbuf_addf(err,
		    "%s: there is no rule file (*.json) in this directory\n",
		    path);
	return -ENOENT;
}

static int cmp_rules(const void *a, const void *b)
{
	return strcmp(((const struct rule *)a)->id,
		      ((const struct rule *)b)->id);
}

static int sort_rules(struct rule_set *set, const char *path,
		      struct strbuf *err)
{
	int ret = 0;
	size_t i;

	if (set->nr)
		qsort(set->rules, set->nr, sizeof(*set->rules), cmp_rules);
	for (i = 1; i < set->nr; i++) {
		if (cmp_rules(&set->rules[i - 1], &set->rules[i]))
			continue;
		strbuf_addf(err, "%s: rule %s: two files have this id\n", path,
			    set->rules[i].id);
		ret = -EINVAL;
	}
	return ret;
}

static int find_files(struct string_list *files, const char *path,
		      struct strbuf *err)
{
	struct stat st;

	if (stat(path, &st))
		return unreadable(path, -errno, err);
	if (S_ISDIR(st.st_mode))
		return list_files(files, path, err);
	string_list_add(files, path);
	return 0;
}

int rule_set_load(struct rule_set *set, const char *path, struct strbuf *err)
{
	struct string_list files = { 0 };
	size_t i;
	int ret;

	memset(set, 0, sizeof(*set));
	ret = find_files(&files, path, err);
	for (i = 0; i < files.nr; i++) {
		int one = load_file(set, files.item[i], err);

		ret = ret ? ret : one;
	}
	if (!ret)
		ret = sort_rules(set, path, err);
	if (ret)
		rule_set_release(set);
	string_list_release(&files);
	return ret;
}
