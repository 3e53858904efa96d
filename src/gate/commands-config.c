// SPDX-License-Identifier: GPL-2.0-only
/*
 * Options that a patch adds, or makes possible where they were not. Whether one
 * is set then is for Kconfig to say, which is not asked: what it would build is
 * looked at as if it were.
 */
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "gate/commands-internal.h"
#include "indexer/tree-path.h"

/* Makefiles that are looked at for one Kconfig. */
enum { MAX_MAKEFILES = 3000 };

bool config_is_kconfig(const char *file)
{
	const char *slash = strrchr(file, '/');

	return !strncmp(slash ? slash + 1 : file, "Kconfig", 7);
}

/* ---- entries ---- */

static bool begins_with_word(const char *line, size_t len, const char *word)
{
	size_t n = strlen(word);

	return len >= n && !strncmp(line, word, n) &&
	       (len == n || line[n] == ' ' || line[n] == '\t' ||
		line[n] == '"' || line[n] == '\r');
}

static bool begins_with_any(const char *line, size_t len,
			    const char *const *words, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (begins_with_word(line, len, words[i]))
			return true;
	return false;
}

/* What can make an option possible; a help text cannot. */
static bool is_telling(const char *line, size_t len)
{
	static const char *const words[] = {
		"config",   "menuconfig",   "depends", "bool",	 "tristate",
		"def_bool", "def_tristate", "default", "prompt",
	};

	return begins_with_any(line, len, words, ARRAY_SIZE(words));
}

static bool ends_entry(const char *line, size_t len)
{
	static const char *const words[] = {
		"choice", "endchoice", "menu",	 "endmenu",
		"if",	  "endif",     "source", "comment",
	};

	return begins_with_any(line, len, words, ARRAY_SIZE(words));
}

/* The name behind "config" or "menuconfig", or NULL. */
static char *entry_name(const char *line, size_t len)
{
	size_t skip = begins_with_word(line, len, "config")	  ? 6
		      : begins_with_word(line, len, "menuconfig") ? 10
								  : 0;
	const char *name = line + skip, *end = line + len;

	if (!skip)
		return NULL;
	while (name < end && (*name == ' ' || *name == '\t'))
		name++;
	while (end > name && strchr(" \t\r", end[-1]))
		end--;
	return xstrndup(name, end - name);
}

/* What lines that were taken out said is not known: it may have told. */
static bool touches(const struct change *change, uint32_t line, bool telling)
{
	if (change_cuts_behind(change, line))
		return true;
	return telling &&
	       (change->kind == CHANGE_ADDED || change_has_line(change, line));
}

static void find_touched(const struct change *change, const char *text,
			 struct string_list *names)
{
	uint32_t nr = 1;
	char *name = NULL;

	for (; *text; nr++) {
		size_t len = strcspn(text, "\n");
		const char *line = text;
		size_t left = len;
		char *next;

		for (; left && (*line == ' ' || *line == '\t'); left--)
			line++;
		next = entry_name(line, left);
		if (next || ends_entry(line, left)) {
			free(name);
			name = next;
		}
		if (name && touches(change, nr, is_telling(line, left)) &&
		    !string_list_has(names, name))
			string_list_add(names, name);
		text += len + (text[len] == '\n');
	}
	free(name);
}

/* ---- what they build ---- */

struct search {
	struct planner *p;
	const struct string_list *names;
	uint32_t nr; /* Makefiles looked at */
};

static bool names_option(const char *var, const struct string_list *names)
{
	size_t i;

	for (i = 0; i < names->nr; i++) {
		char *ref = xasprintf("$(CONFIG_%s)", names->item[i]);
		bool found = strstr(var, ref) != NULL;

		free(ref);
		if (found)
			return true;
	}
	return false;
}

static void look_at(struct search *s, const char *dir)
{
	struct makefile m = MAKEFILE_INIT;
	size_t i;

	s->nr++;
	make_read_dir(s->p, dir, &m);
	for (i = 0; i < m.nr; i++)
		if (makefile_is_object(m.list[i].word) &&
		    makefile_lists_objects(m.list[i].var) &&
		    names_option(m.list[i].var, s->names))
			make_bring_in(s->p, dir, &m, m.list[i].word, true, 0);
	makefile_release(&m);
}

/* Not every file system says it with the name. */
static bool is_dir(int fd, const struct dirent *entry)
{
	struct stat st;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type == DT_DIR;
	return !fstatat(fd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) &&
	       S_ISDIR(st.st_mode);
}

/* In an order of their own, so that the limit is reached at the same one. */
static void list_dirs(const char *path, struct string_list *names)
{
	DIR *d = opendir(path);
	struct dirent *entry;

	while (d && (entry = readdir(d)))
		if (entry->d_name[0] != '.' && is_dir(dirfd(d), entry))
			string_list_add(names, entry->d_name);
	if (d)
		closedir(d);
	string_list_sort_unique(names);
}

static void search_below(struct search *s, const char *dir)
{
	char *path = xasprintf("%s/%s", s->p->tree, dir);
	struct string_list names = { 0 };
	size_t i;

	if (s->nr < MAX_MAKEFILES) {
		look_at(s, dir);
		list_dirs(path, &names);
	}
	for (i = 0; i < names.nr; i++) {
		char *sub = xasprintf("%s%s%s", dir, *dir ? "/" : "",
				      names.item[i]);

		search_below(s, sub);
		free(sub);
	}
	string_list_release(&names);
	free(path);
}

void config_plan(struct planner *p, const struct change *change)
{
	char *dir = xstrndup(change->path, tree_path_dir(change->path));
	struct string_list names = { 0 };
	struct search s = { .p = p, .names = &names };
	struct strbuf text = STRBUF_INIT;

	if (!plan_read(p, change->path, &text))
		find_touched(change, text.buf, &names);
	if (names.nr)
		search_below(&s, dir);
	if (s.nr >= MAX_MAKEFILES)
		plan_note(p,
			  "'%s' is above too many directories: what its "
			  "options build was not looked for in all of them.",
			  change->path);
	string_list_release(&names);
	strbuf_release(&text);
	free(dir);
}
