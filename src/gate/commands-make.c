// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a changed Makefile means for the units of a configuration. Only what it
 * says now and did not say before counts, or the other way round, for what both
 * say is in the database already, decided by kbuild.
 */
#include <string.h>

#include "gate/commands-internal.h"
#include "indexer/tree-path.h"

/* Directories below each other that a patch can bring in. */
enum { MAX_DEPTH = 8 };

static const char *base_name(const char *file)
{
	const char *slash = strrchr(file, '/');

	return slash ? slash + 1 : file;
}

bool make_is_makefile(const char *file)
{
	const char *name = base_name(file);

	return !strcmp(name, "Makefile") || !strcmp(name, "Kbuild");
}

/* kbuild takes the Kbuild where there are both. */
void make_read_dir(const struct planner *p, const char *dir, struct makefile *m)
{
	static const char *const names[] = { "Kbuild", "Makefile" };
	struct strbuf text = STRBUF_INIT;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names) && !text.len; i++) {
		char *file =
			xasprintf("%s%s%s", dir, *dir ? "/" : "", names[i]);

		if (!plan_read(p, file, &text))
			makefile_read(m, text.buf);
		free(file);
	}
	strbuf_release(&text);
}

/* ---- objects ---- */

/* "a/b" and "../c/x" make "a/c/x"; NULL: outside of the tree. */
static char *path_in(const char *dir, const char *word, size_t len)
{
	char *rel = xasprintf("%s/%.*s", dir, (int)len, word);
	char *full = path_normalise("/", rel);
	char *ret = full[1] ? xstrdup(full + 1) : NULL;

	free(rel);
	free(full);
	return ret;
}

/* The source of "x.o", if there is one. */
static char *source_of(const struct planner *p, const char *dir,
		       const char *object)
{
	char *stem = path_in(dir, object, strlen(object) - 2), *file;

	if (!stem)
		return NULL;
	file = xasprintf("%s.c", stem);
	free(stem);
	if (plan_exists(p, file))
		return file;
	free(file);
	return NULL;
}

static void bring_in_dir(struct planner *p, const char *dir, int depth)
{
	struct makefile m = MAKEFILE_INIT;
	size_t i;

	make_read_dir(p, dir, &m);
	for (i = 0; i < m.nr; i++)
		if (!strncmp(m.list[i].var, "obj-", 4) &&
		    makefile_is_object(m.list[i].word))
			make_bring_in(p, dir, &m, m.list[i].word, true, depth);
	makefile_release(&m);
}

/* Parts of "foo.o": foo-y and the like. */
static bool is_part_list(const char *var, const char *object)
{
	size_t len = strlen(object) - 2;

	return !strncmp(var, object, len) && var[len] == '-' &&
	       makefile_lists_objects(var);
}

void make_bring_in(struct planner *p, const char *dir, const struct makefile *m,
		   const char *object, bool far, int depth)
{
	size_t len = strlen(object), i;
	char *file;

	if (depth >= MAX_DEPTH)
		return;
	if (object[len - 1] == '/') {
		file = path_in(dir, object, len);
		if (file)
			bring_in_dir(p, file, depth + 1);
		free(file);
		return;
	}
	file = source_of(p, dir, object);
	if (file)
		plan_bring_in(p, file, far);
	free(file);
	for (i = 0; i < m->nr; i++)
		if (is_part_list(m->list[i].var, object) &&
		    makefile_is_object(m->list[i].word) &&
		    strcmp(m->list[i].word, object))
			make_bring_in(p, dir, m, m->list[i].word, far,
				      depth + 1);
}

static void drop_below(struct planner *p, const char *dir)
{
	size_t i;

	for (i = 0; i < p->nr; i++) {
		const char *file = plan_file(p, i);

		if (file && !p->gone[i] && path_below(file, dir))
			plan_drop(p, file);
	}
}

/* An object that no list of the Makefile names any more. */
static void throw_out(struct planner *p, const char *dir, const char *object)
{
	size_t len = strlen(object);
	bool below = object[len - 1] == '/';
	char *stem = path_in(dir, object, below ? len : len - 2), *file;

	if (!stem)
		return;
	file = below ? xstrdup(stem) : xasprintf("%s.c", stem);
	if (below)
		drop_below(p, file);
	else
		plan_drop(p, file);
	free(stem);
	free(file);
}

static void plan_objects(struct planner *p, const char *dir,
			 const struct makefile *old, const struct makefile *new)
{
	size_t i;

	for (i = 0; i < old->nr; i++) {
		const struct makefile_word *w = &old->list[i];

		if (makefile_lists_objects(w->var) &&
		    makefile_is_object(w->word) &&
		    !makefile_has(new, NULL, w->word))
			throw_out(p, dir, w->word);
	}
	for (i = 0; i < new->nr; i++) {
		const struct makefile_word *w = &new->list[i];

		if (makefile_lists_objects(w->var) &&
		    makefile_is_object(w->word) &&
		    !makefile_has(old, w->var, w->word))
			make_bring_in(p, dir, new, w->word, false, 0);
	}
}

/* ---- flags ---- */

struct words {
	char **v; /* NULL-terminated */
	size_t nr, alloc;
};

static void words_add(struct words *w, char *word)
{
	ALLOC_GROW(w->v, w->nr + 2, w->alloc);
	w->v[w->nr++] = word;
	w->v[w->nr] = NULL;
}

/* Whose flags a variable has: of a directory, of all below it, of one file. */
enum flag_scope { SCOPE_NONE, SCOPE_DIR, SCOPE_BELOW, SCOPE_FILE };

static enum flag_scope scope_of(const char *var)
{
	if (!strncmp(var, "ccflags-", 8) || !strcmp(var, "EXTRA_CFLAGS"))
		return SCOPE_DIR;
	if (!strncmp(var, "subdir-ccflags-", 15))
		return SCOPE_BELOW;
	return strncmp(var, "CFLAGS_", 7) ? SCOPE_NONE : SCOPE_FILE;
}

static bool is_preprocessor_flag(const char *word)
{
	return word[0] == '-' && strchr("DIU", word[1]) && word[2];
}

/* With what is known of $(src) and $(srctree) put in; NULL: there is more. */
static char *expand(const struct planner *p, const char *dir, const char *word)
{
	static const char *const names[] = { "$(srctree)/$(src)", "$(src)",
					     "$(srctree)" };
	size_t i, len;
	char *ret;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		const char *at = strstr(word, names[i]);

		if (!at)
			continue;
		len = strlen(names[i]);
		ret = xasprintf("%.*s%s%s%s%s", (int)(at - word), word, p->tree,
				i < 2 ? "/" : "", i < 2 ? dir : "", at + len);
		if (!strchr(ret, '$'))
			return ret;
		free(ret);
		return NULL;
	}
	return strchr(word, '$') ? NULL : xstrdup(word);
}

/* What @one says to @var and @other does not. */
static void difference(struct planner *p, const char *dir, const char *var,
		       const struct makefile *one, const struct makefile *other,
		       struct words *out)
{
	size_t i;

	for (i = 0; i < one->nr; i++) {
		const struct makefile_word *w = &one->list[i];
		char *word;

		if (strcmp(w->var, var) || makefile_has(other, var, w->word) ||
		    (!is_preprocessor_flag(w->word) && w->word[0] != '$'))
			continue;
		word = expand(p, dir, w->word);
		if (word && is_preprocessor_flag(word)) {
			words_add(out, word);
			continue;
		}
		free(word);
		plan_note(p,
			  "The flags of '%s' may change: its Makefile has '%s' "
			  "in %s, which is not followed.",
			  dir, w->word, var);
	}
}

static bool is_in_scope(const char *file, const char *dir, const char *var)
{
	const char *rest = *dir ? path_below(file, dir) : file;
	size_t len;

	if (!rest)
		return false;
	switch (scope_of(var)) {
	case SCOPE_BELOW:
		return true;
	case SCOPE_DIR:
		return !strchr(rest, '/');
	case SCOPE_FILE:
		var += strlen("CFLAGS_");
		len = strlen(var);
		return len > 2 && strlen(rest) == len &&
		       !strncmp(rest, var, len - 1) && rest[len - 1] == 'c';
	case SCOPE_NONE:
		break;
	}
	return false;
}

static void plan_flag(struct planner *p, const char *dir, const char *var,
		      const struct makefile *old, const struct makefile *new)
{
	struct words add = { 0 }, gone = { 0 };
	size_t nr = p->db->nr, i;

	difference(p, dir, var, new, old, &add);
	difference(p, dir, var, old, new, &gone);
	if (add.nr + gone.nr) {
		char *none = NULL;

		for (i = 0; i < nr; i++) {
			const char *file = plan_file(p, i);

			if (file && (i >= p->nr || !p->gone[i]) &&
			    is_in_scope(file, dir, var))
				copy_with_flags(p, i, add.nr ? add.v : &none,
						gone.nr ? gone.v : &none);
		}
	}
	argv_free(add.v);
	argv_free(gone.v);
}

static bool is_first(const struct makefile *m, size_t at)
{
	size_t i;

	for (i = 0; i < at; i++)
		if (!strcmp(m->list[i].var, m->list[at].var))
			return false;
	return true;
}

static bool has_var(const struct makefile *m, const char *var)
{
	size_t i;

	for (i = 0; i < m->nr; i++)
		if (!strcmp(m->list[i].var, var))
			return true;
	return false;
}

static void plan_flags(struct planner *p, const char *dir,
		       const struct makefile *old, const struct makefile *new)
{
	size_t i;

	for (i = 0; i < new->nr; i++)
		if (scope_of(new->list[i].var) && is_first(new, i))
			plan_flag(p, dir, new->list[i].var, old, new);
	for (i = 0; i < old->nr; i++)
		if (scope_of(old->list[i].var) && is_first(old, i) &&
		    !has_var(new, old->list[i].var))
			plan_flag(p, dir, old->list[i].var, old, new);
}

void make_plan(struct planner *p, const struct change *change)
{
	struct makefile old = MAKEFILE_INIT, new = MAKEFILE_INIT;
	char *dir = xstrndup(change->path, tree_path_dir(change->path));
	struct strbuf text = STRBUF_INIT;

	if (!plan_read_old(p, change->path, &text))
		makefile_read(&old, text.buf);
	strbuf_reset(&text);
	if (!plan_read(p, change->path, &text))
		makefile_read(&new, text.buf);
	strbuf_release(&text);
	plan_objects(p, dir, &old, &new);
	plan_flags(p, dir, &old, &new);
	makefile_release(&old);
	makefile_release(&new);
	free(dir);
}
