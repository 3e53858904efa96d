// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reading compile_commands.json. The array is walked by hand and only one entry
 * at a time goes through Jansson: as one tree, the file of a whole kernel would
 * take a gigabyte, and a message could not say which entry is at fault.
 */
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "util/shell.h"

#include "indexer/compdb-internal.h"

/* An @file that names itself would otherwise never end. */
#define MAX_NESTED_FILES 16

#define CURE "; make it with 'probewalk compdb' or 'make compile_commands.json'"

struct loader {
	struct compdb *db;
	const char *path;
	char *base; /* absolute directory of the file */
	struct strbuf *err;
	struct strbuf text;
	size_t pos; /* in text */
	size_t counted; /* newlines of text before this are in line */
	size_t line; /* from 1 */
	size_t entry; /* from 1 */
	size_t sources;
	struct compdb_scan scan;
	const char *directory; /* from the scan */
	char *absolute; /* what it is made absolute */
	struct strbuf broken; /* why the entry is */
};

/* Words of one command while @files are put in their place. */
struct words {
	char **v;
	int nr;
	size_t alloc;
};

static int __printf(3, 4) fail(struct loader *l, int ret, const char *fmt, ...)
{
	va_list ap;

	strbuf_addf(l->err, "%s ", l->path);
	va_start(ap, fmt);
	strbuf_vaddf(l->err, fmt, ap);
	va_end(ap);
	strbuf_addstr(l->err, CURE);
	return ret;
}

static int __printf(2, 3) fail_entry(struct loader *l, const char *fmt, ...)
{
	va_list ap;

	strbuf_addf(l->err, "%s: entry %zu: ", l->path, l->entry);
	va_start(ap, fmt);
	strbuf_vaddf(l->err, fmt, ap);
	va_end(ap);
	strbuf_addstr(l->err, CURE);
	return -EINVAL;
}

/* The line that @pos stands in. */
static size_t line_of(struct loader *l, size_t pos)
{
	for (; l->counted < pos; l->counted++)
		l->line += l->text.buf[l->counted] == '\n';
	return l->line;
}

static int fail_json(struct loader *l, const json_error_t *e)
{
	size_t line = line_of(l, l->pos) + (e->line > 0 ? e->line - 1 : 0);

	if (json_error_code(e) == json_error_premature_end_of_input)
		return fail(l, -EINVAL,
			    "is cut short: it ends in line %zu, "
			    "in the middle of entry %zu",
			    line, l->entry);
	return fail(l, -EINVAL, "is not valid JSON: line %zu, entry %zu: %s",
		    line, l->entry, e->text);
}

static void words_add(struct words *w, const char *s)
{
	ALLOC_GROW(w->v, (size_t)w->nr + 2, w->alloc);
	w->v[w->nr++] = xstrdup(s);
	w->v[w->nr] = NULL;
}

static int expand_word(struct loader *l, struct words *w, const char *dir,
		       const char *word, int depth);

static int expand_text(struct loader *l, struct words *w, const char *dir,
		       const char *file, const char *text, int depth)
{
	struct strbuf word = STRBUF_INIT;
	enum shell_token token;
	int ret = 0;

	while (!ret &&
	       (token = shell_next(&text, SHELL_RESPONSE, &word)) == SHELL_WORD)
		ret = expand_word(l, w, dir, word.buf, depth + 1);
	strbuf_release(&word);
	if (!ret && token == SHELL_UNCLOSED && !l->broken.len)
		strbuf_addf(&l->broken, "a quote in @%s is not closed", file);
	return ret;
}

static int expand_file(struct loader *l, struct words *w, const char *dir,
		       const char *file, int depth)
{
	struct strbuf text = STRBUF_INIT;
	char *path = path_normalise(dir, file);
	int ret = strbuf_read_regular(&text, path);

	l->db->other_files = true;
	/* what is wrong first is said, and no more is read */
	if (l->broken.len)
		ret = 0;
	else if (ret)
		strbuf_addf(&l->broken, "@%s cannot be read: %s", path,
			    strerror(-ret));
	else if (depth >= MAX_NESTED_FILES)
		strbuf_addf(&l->broken, "@%s is nested more than %d deep", path,
			    MAX_NESTED_FILES);
	else
		ret = expand_text(l, w, dir, file, text.buf, depth);
	if (l->broken.len && !depth) {
		char *word = xasprintf("@%s", file);

		words_add(w, word);
		free(word);
		ret = 0;
	}
	strbuf_release(&text);
	free(path);
	return ret;
}

static int expand_word(struct loader *l, struct words *w, const char *dir,
		       const char *word, int depth)
{
	if (word[0] == '@' && word[1])
		return expand_file(l, w, dir, word + 1, depth);
	words_add(w, word);
	return 0;
}

static int get_string(struct loader *l, const json_t *entry, const char *name,
		      const char **out)
{
	const json_t *value = json_object_get(entry, name);

	if (!value)
		return fail_entry(l, "\"%s\" is missing", name);
	if (!json_is_string(value))
		return fail_entry(l, "\"%s\" is not a string", name);
	*out = json_string_value(value);
	if (!**out)
		return fail_entry(l, "\"%s\" is empty", name);
	return 0;
}

/* The `arguments` form. */
static int read_arguments(struct loader *l, const json_t *array,
			  const char *dir, struct words *w)
{
	const json_t *value;
	size_t i;
	int ret;

	if (!json_is_array(array))
		return fail_entry(l, "\"arguments\" is not an array");
	json_array_foreach(array, i, value)
	{
		if (!json_is_string(value))
			return fail_entry(l,
					  "\"arguments\": word %zu is not "
					  "a string",
					  i + 1);
		ret = expand_word(l, w, dir, json_string_value(value), 0);
		if (ret)
			return ret;
	}
	if (!w->nr)
		return fail_entry(l, "\"arguments\" is empty");
	return 0;
}

/* The `command` form. */
static int read_command(struct loader *l, const char *line, const char *dir,
			struct words *w)
{
	char **argv;
	int argc, i, ret = 0;

	if (shell_split(line, &argv, &argc))
		return fail_entry(l, "a quote in \"command\" is not closed");
	for (i = 0; i < argc && !ret; i++)
		ret = expand_word(l, w, dir, argv[i], 0);
	argv_free(argv);
	if (!ret && !w->nr)
		ret = fail_entry(l, "\"command\" is empty");
	return ret;
}

static int read_words(struct loader *l, const json_t *entry, const char *dir,
		      struct words *w)
{
	const json_t *arguments = json_object_get(entry, "arguments");
	const char *line;

	if (arguments)
		return read_arguments(l, arguments, dir, w);
	if (!json_object_get(entry, "command"))
		return fail_entry(l, "\"command\" and \"arguments\" are both "
				     "missing");
	if (get_string(l, entry, "command", &line))
		return -EINVAL;
	return read_command(l, line, dir, w);
}

static bool is_c_source(const char *file)
{
	size_t len = strlen(file);

	return len > 2 && !strcmp(file + len - 2, ".c");
}

static void add_source(struct loader *l, const char *dir, const char *file,
		       const struct words *w)
{
	struct compdb *db = l->db;
	char **words = xcalloc((size_t)w->nr + 1, sizeof(*words));
	char *broken = NULL;
	int i;

	for (i = 0; i < w->nr; i++)
		words[i] = compdb_word(db, w->v[i], strlen(w->v[i]));
	if (l->broken.len)
		broken = compdb_word(db, l->broken.buf, l->broken.len);
	compdb_add_words(db, compdb_word(db, dir, strlen(dir)), file, words,
			 w->nr, broken);
	free(words);
	l->sources++;
}

static int read_entry(struct loader *l, const json_t *entry)
{
	const char *directory, *file;
	struct words w = { 0 };
	char *dir;
	int ret;

	if (!json_is_object(entry))
		return fail_entry(l, "is not an object with \"directory\", "
				     "\"file\" and \"arguments\"");
	if (get_string(l, entry, "directory", &directory) ||
	    get_string(l, entry, "file", &file))
		return -EINVAL;
	dir = path_normalise(l->base, directory);
	ret = 0;
	if (is_c_source(file)) {
		strbuf_reset(&l->broken);
		ret = read_words(l, entry, dir, &w);
		if (!ret)
			add_source(l, dir, file, &w);
	}
	argv_free(w.v);
	free(dir);
	return ret;
}

static char skip_space(struct loader *l)
{
	l->pos += strspn(l->text.buf + l->pos, " \t\r\n");
	return l->text.buf[l->pos];
}

/* The absolute form of a directory, which most entries have in common. */
static char *directory_word(struct loader *l, const char *directory)
{
	char *dir;

	if (l->directory != directory) {
		dir = path_normalise(l->base, directory);
		l->directory = directory;
		l->absolute = compdb_word(l->db, dir, strlen(dir));
		free(dir);
	}
	return l->absolute;
}

static bool next_entry_quickly(struct loader *l)
{
	struct compdb_scan *s = &l->scan;
	const char *end = compdb_scan_entry(s, l->text.buf + l->pos);

	if (!end)
		return false;
	l->pos = end - l->text.buf;
	if (!is_c_source(s->file))
		return true;
	compdb_add_words(l->db, directory_word(l, s->directory), s->file,
			 s->words, s->nr, NULL);
	l->sources++;
	return true;
}

static int next_entry(struct loader *l)
{
	json_error_t e;
	json_t *entry;
	int ret;

	l->entry++;
	if (next_entry_quickly(l))
		return 0;
	entry = json_loadb(l->text.buf + l->pos, l->text.len - l->pos,
			   JSON_DISABLE_EOF_CHECK | JSON_DECODE_ANY |
				   JSON_REJECT_DUPLICATES,
			   &e);
	if (!entry)
		return fail_json(l, &e);
	l->pos += e.position;
	ret = read_entry(l, entry);
	json_decref(entry);
	return ret;
}

/* What stands between two entries, or behind the last one. */
static int separator(struct loader *l, bool *more)
{
	char c = skip_space(l);

	*more = c == ',';
	if (c == ',' || c == ']') {
		l->pos++;
		return 0;
	}
	if (l->pos >= l->text.len)
		return fail(l, -EINVAL,
			    "is cut short: it ends in line %zu, "
			    "after entry %zu",
			    line_of(l, l->pos), l->entry);
	return fail(l, -EINVAL,
		    "is not valid JSON: line %zu: ',' or ']' is "
		    "expected after entry %zu",
		    line_of(l, l->pos), l->entry);
}

/* The file is no array: is it another kind of JSON, or none at all? */
static int wrong_top_level(struct loader *l)
{
	json_error_t e;
	json_t *top = json_loadb(l->text.buf, l->text.len, JSON_DECODE_ANY, &e);

	if (top) {
		json_decref(top);
		return fail(l, -EINVAL,
			    "is not a compilation database, which "
			    "is a JSON array of commands");
	}
	if (json_error_code(&e) == json_error_premature_end_of_input)
		return fail(l, -EINVAL,
			    "is cut short and not a compilation "
			    "database");
	return fail(l, -EINVAL, "is not a compilation database: line %d: %s",
		    e.line, e.text);
}

static int read_entries(struct loader *l)
{
	bool more = true;
	int ret = 0;

	if (!skip_space(l) && l->pos >= l->text.len)
		return fail(l, -EINVAL, "is empty");
	if (l->text.buf[l->pos] != '[')
		return wrong_top_level(l);
	l->pos++;
	if (skip_space(l) == ']')
		return fail(l, -EINVAL, "names no commands");
	while (more && !ret) {
		skip_space(l);
		ret = next_entry(l);
		if (!ret)
			ret = separator(l, &more);
	}
	if (ret)
		return ret;
	skip_space(l);
	if (l->pos < l->text.len)
		return fail(l, -EINVAL,
			    "is not valid JSON: line %zu: text "
			    "after the closing ']'",
			    line_of(l, l->pos));
	if (!l->sources)
		return fail(l, -EINVAL, "has no C source in it (entries: %zu)",
			    l->entry);
	return 0;
}

/* Directory of the file, so that relative members mean the same everywhere. */
static char *base_of(const char *path)
{
	char *cwd = getcwd(NULL, 0);
	char *full = path_normalise(cwd ? cwd : "/", path);
	char *base = path_normalise(full, "..");

	free(cwd);
	free(full);
	return base;
}

/* A pipe is as good as a file here. */
static int read_text(struct strbuf *text, const char *path)
{
	int ret = strbuf_read_regular(text, path);

	return ret == -EINVAL ? strbuf_read_file(text, path) : ret;
}

int compdb_load(struct compdb *db, const char *path, struct strbuf *err)
{
	struct loader l = { .db = db, .path = path, .err = err, .line = 1 };
	int ret;

	strbuf_init(&l.text);
	strbuf_init(&l.broken);
	compdb_scan_init(&l.scan, db);
	ret = read_text(&l.text, path);
	if (ret == -ENOENT) {
		fail(&l, ret, "does not exist");
	} else if (ret == -EISDIR) {
		fail(&l, ret, "is a directory and not a compile_commands.json");
	} else if (ret) {
		fail(&l, ret, "cannot be read: %s", strerror(-ret));
	} else {
		l.base = base_of(path);
		ret = read_entries(&l);
		free(l.base);
	}
	compdb_scan_release(&l.scan);
	strbuf_release(&l.broken);
	strbuf_release(&l.text);
	return ret;
}
