// SPDX-License-Identifier: GPL-2.0-only
/*
 * A command for a file that has none, made from that of a file which kbuild
 * would build in the same way: one of the same module, else one with the flags
 * that most of its directory has.
 */
#include <string.h>
#include <unistd.h>

#include "gate/commands-internal.h"
#include "indexer/tree-path.h"

/* ---- names ---- */

static char *dir_of(const char *file)
{
	return xstrndup(file, tree_path_dir(file));
}

/* "drivers/foo/a-b.c" -> "a-b" */
static char *stem_of(const char *file)
{
	const char *slash = strrchr(file, '/');
	const char *name = slash ? slash + 1 : file;

	return xstrndup(name, strcspn(name, "."));
}

/* As kbuild makes an identifier of it. */
static char *fixed(const char *name)
{
	char *ret = xstrdup(name), *p;

	for (p = ret; *p; p++)
		if (*p == '-' || *p == ',')
			*p = '_';
	return ret;
}

/* "foo-y", "foo-objs", "foo-$(CONFIG_X)" -> "foo"; "obj-y" is no module. */
static char *module_of_var(const char *var)
{
	const char *end = strstr(var, "-$(");

	if (!end)
		end = strrchr(var, '-');
	if (!end || !makefile_lists_objects(var) || !strncmp(var, "obj-", 4) ||
	    !strncmp(var, "lib-", 4) || !strncmp(var, "extra-", 6) ||
	    !strncmp(var, "core-", 5))
		return NULL;
	return xstrndup(var, end - var);
}

/* What makefiles say of a file's object. */
struct listing {
	char *module; /* that it is linked to, or its own name */
	char *dir; /* of the makefile that lists it, or its own */
	bool found; /* there is such a makefile */
	bool alone; /* it is not known to be linked to any other */
};

static void listing_release(struct listing *l)
{
	free(l->module);
	free(l->dir);
}

/* Of the makefile in l->dir; @object is relative to that. */
static void look_up(const struct planner *p, struct listing *l,
		    const char *object)
{
	struct makefile m = MAKEFILE_INIT;
	size_t i;

	make_read_dir(p, l->dir, &m);
	for (i = 0; !l->module && i < m.nr; i++) {
		if (strcmp(m.list[i].word, object) != 0)
			continue;
		l->found |= makefile_lists_objects(m.list[i].var);
		l->module = module_of_var(m.list[i].var);
	}
	makefile_release(&m);
}

/* "foo-y := sub/bar.o" stands above the file. */
static void find_listing(const struct planner *p, const char *file,
			 struct listing *l)
{
	char *slash, *object = xstrdup(file);
	char *dot = strrchr(object, '.');

	*l = (struct listing){ .dir = dir_of(file) };
	if (dot && !strchr(dot, '/') && dot[1])
		dot[1] = 'o';
	while (*l->dir) {
		look_up(p, l, object + strlen(l->dir) + 1);
		slash = strrchr(l->dir, '/');
		if (l->found || !slash)
			break;
		*slash = '\0';
	}
	free(object);
	l->alone = !l->module;
	if (l->found && l->module)
		return;
	free(l->dir);
	l->dir = dir_of(file);
	l->module = stem_of(file);
}

/* ---- siblings ---- */

static bool is_kbuild_define(const char *word)
{
	return !strncmp(word, "-DKBUILD_", 9) ||
	       !strncmp(word, "-D__KBUILD_", 11);
}

/* Of the flags that decide what a text says. */
static uint64_t flags_hash(const struct compile_cmd *cmd)
{
	uint64_t h = 0;
	int i;

	for (i = 1; i < cmd->argc; i++) {
		const char *word = cmd->argv[i];

		if ((!strncmp(word, "-I", 2) || !strncmp(word, "-D", 2)) &&
		    !is_kbuild_define(word))
			h = hash64_str(word, h);
	}
	return h;
}

static const char *modname_word(const struct compile_cmd *cmd)
{
	int i;

	for (i = 1; i < cmd->argc; i++)
		if (!strncmp(cmd->argv[i], "-DKBUILD_MODNAME=", 17))
			return cmd->argv[i] + 17;
	return "";
}

static bool is_of_module(const struct compile_cmd *cmd, const char *module)
{
	char *name = fixed(module);
	const char *word = modname_word(cmd);
	size_t len = strlen(name);
	bool ret;

	word += strspn(word, "\\\"");
	ret = !strncmp(word, name, len) &&
	      (!word[len] || strchr("\\\"", word[len]));
	free(name);
	return ret;
}

static bool stands_in(const char *file, const char *dir, bool below)
{
	size_t len = strlen(dir);

	return file && !strncmp(file, dir, len) && file[len] == '/' &&
	       (below || !strchr(file + len + 1, '/'));
}

/* The first by name of those that most others are like. */
static size_t choose(const struct planner *p, const char *dir, bool below,
		     const char *module)
{
	size_t best = p->db->nr, i;
	uint32_t best_count = 0;
	struct u64map counts;

	u64map_init(&counts);
	for (i = 0; i < p->nr; i++) {
		uint64_t hash;

		if (!stands_in(plan_file(p, i), dir, below))
			continue;
		hash = flags_hash(&p->db->cmds[i]);
		u64map_put(&counts, hash, u64map_get(&counts, hash) + 1);
	}
	for (i = 0; i < p->nr; i++) {
		uint32_t count;

		if (!stands_in(plan_file(p, i), dir, below))
			continue;
		count = u64map_get(&counts, flags_hash(&p->db->cmds[i]));
		if (module && is_of_module(&p->db->cmds[i], module))
			count += p->nr;
		if (count > best_count ||
		    (count == best_count &&
		     strcmp(plan_file(p, i), plan_file(p, best)) < 0)) {
			best = i;
			best_count = count;
		}
	}
	u64map_release(&counts);
	return best;
}

/* "drivers" is as far as it goes, and "arch/arm64": not another machine's. */
static bool go_up(char *dir)
{
	char *slash = strrchr(dir, '/');

	if (!slash)
		return false;
	*slash = '\0';
	return strcmp(dir, "arch") != 0;
}

static bool has_dir(const struct planner *p, const char *dir)
{
	char *path = xasprintf("%s/%s", p->tree, dir);
	bool ret = !access(path, F_OK);

	free(path);
	return ret;
}

size_t copy_sibling(const struct planner *p, const char *file, bool far)
{
	char *dir = dir_of(file);
	size_t ret = p->db->nr;
	struct listing listing;
	bool below = false;

	if (!*dir) {
		free(dir);
		return ret;
	}
	/* a directory that is there and has no unit is not built here */
	far |= !has_dir(p, dir);
	find_listing(p, file, &listing);
	do {
		ret = choose(p, dir, below,
			     listing.alone ? NULL : listing.module);
		if (ret == p->db->nr && !below)
			ret = choose(p, dir, true, NULL);
		below = true;
	} while (ret == p->db->nr && far && go_up(dir));
	listing_release(&listing);
	free(dir);
	return ret;
}

/* ---- copying ---- */

/* -DNAME="old" with another value, quoted as it was. */
static char *with_value(const char *word, const char *value)
{
	size_t len = strcspn(word, "=") + 1;
	size_t quote = strspn(word + len, "\\\"");

	return xasprintf("%.*s%.*s%s%.*s", (int)len, word, (int)quote,
			 word + len, value, (int)quote, word + len);
}

struct copy {
	const struct planner *p;
	const struct compile_cmd *from;
	char *path; /* absolute */
	char *base; /* KBUILD_BASENAME */
	char *modname, *modfile;
	bool has_modfile;
};

static char *copy_word(struct copy *c, const char *word)
{
	char *full, *ret = NULL;

	if (!strncmp(word, "-DKBUILD_BASENAME=", 18))
		return with_value(word, c->base);
	if (!strncmp(word, "-DKBUILD_MODNAME=", 17))
		return with_value(word, c->modname);
	if (!strncmp(word, "-DKBUILD_MODFILE=", 17)) {
		c->has_modfile = true;
		return with_value(word, c->modfile);
	}
	if (!strncmp(word, "-D__KBUILD_MODNAME=", 19))
		return xasprintf("-D__KBUILD_MODNAME=kmod_%s", c->modname);
	if (word[0] == '-')
		return xstrdup(word);
	full = path_normalise(c->from->directory, word);
	if (!strcmp(full, c->from->file))
		ret = xstrdup(c->path);
	free(full);
	return ret ? ret : xstrdup(word);
}

static void copy_init(struct copy *c, const struct planner *p,
		      const struct compile_cmd *from, const char *file)
{
	char *stem = stem_of(file);
	struct listing listing;

	find_listing(p, file, &listing);
	c->p = p;
	c->from = from;
	c->path = xasprintf("%s/%s", p->tree, file);
	c->base = fixed(stem);
	c->modname = fixed(listing.module);
	/* not the sibling's: empty says that nobody knows, see module.h */
	c->modfile = listing.found
			     ? xasprintf("%s/%s", listing.dir, listing.module)
			     : xstrdup("");
	c->has_modfile = false;
	listing_release(&listing);
	free(stem);
}

void copy_command(struct planner *p, size_t nr, const char *file)
{
	struct compile_cmd from = p->db->cmds[nr];
	char **argv = xcalloc(from.argc + 2, sizeof(*argv));
	int i, argc = from.argc;
	struct copy c;

	copy_init(&c, p, &from, file);
	for (i = 0; i < from.argc; i++)
		argv[i] = i ? copy_word(&c, from.argv[i])
			    : xstrdup(from.argv[i]);
	/* what is loadable has none */
	if (!*c.modfile && !c.has_modfile)
		argv[argc++] = xstrdup("-DKBUILD_MODFILE=\"\"");
	compdb_add(p->db, from.directory, c.path, argv, argc);
	u64map_put(&p->plan->adds, hash64_str(file, 0), 1);
	argv_free(argv);
	free(c.path);
	free(c.base);
	free(c.modname);
	free(c.modfile);
}

static bool is_among(const char *word, char *const *list, const char *directory)
{
	char *full, *path;
	bool ret = false;

	for (; *list && !ret; list++) {
		ret = !strcmp(word, *list);
		if (ret || strncmp(word, "-I", 2) || strncmp(*list, "-I", 2))
			continue;
		full = path_normalise(directory, word + 2);
		path = path_normalise(directory, *list + 2);
		ret = !strcmp(full, path);
		free(full);
		free(path);
	}
	return ret;
}

void copy_with_flags(struct planner *p, size_t nr, char *const *add,
		     char *const *remove)
{
	struct compile_cmd from = p->db->cmds[nr];
	const char *file = plan_file(p, nr);
	int i, argc = 0, more = 0;
	char **argv;

	while (add[more])
		more++;
	argv = xcalloc(from.argc + more + 1, sizeof(*argv));
	for (i = 0; i < from.argc; i++)
		if (!is_among(from.argv[i], remove, from.directory))
			argv[argc++] = from.argv[i];
	if (argc == from.argc && !more) {
		free(argv);
		return;
	}
	for (i = 0; i < more; i++)
		argv[argc++] = add[i];
	u64map_put(&p->plan->adds, hash64_str(file, 0), 1);
	u64map_put(&p->plan->drops, hash64_str(file, 0), 1);
	if (nr < p->nr)
		p->gone[nr] = true;
	compdb_add(p->db, from.directory, from.file, argv, argc);
	free(argv);
}
