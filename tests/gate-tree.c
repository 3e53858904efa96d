// SPDX-License-Identifier: GPL-2.0-only
/* The tree of the gate's tests: see gate-tree.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "indexer/index.h"

#include "gate-tree.h"

static const struct file {
	const char *path, *text;
} tree_files[] = {
	{ "inc1/empty.h", "" },
	{ "inc2/common.h", "#pragma once\n"
			   "int helper(int);\n"
			   "static inline int common(void)\n"
			   "{ return helper(1); }\n" },
	{ "drivers/a/Makefile", "obj-y += one.o two.o\n"
				"obj-$(CONFIG_KIND) += kind.o\n"
				"ccflags-y += -DTWICE=2\n" },
	{ "drivers/a/own.h", "int own(int);\n" },
	{ "drivers/a/one.c",
	  "#include <common.h>\n#include \"own.h\"\n"
	  "int one(void) { return common() + own(TWICE); }\n" },
	{ "drivers/a/two.c", "#include <common.h>\n"
			     "int two(void) { return helper(TWICE); }\n" },
	{ "drivers/a/off.c", "#include <common.h>\n"
			     "int off(void) { return common(); }\n" },
	{ "drivers/a/kind.c", "int kind(void) { return 1; }\n" },
	{ "drivers/b/Makefile", "obj-y += b1.o b2.o b3.o b4.o b5.o\n" },
	{ "drivers/b/Kconfig", "config OFF\n\tbool \"off\"\n" },
	{ "drivers/b/b1.c", "#include <common.h>\n"
			    "int b1(void) { return common(); }\n" },
	{ "drivers/b/b2.c", "#include <common.h>\n"
			    "int b2(void) { return common(); }\n" },
	{ "drivers/b/b3.c", "#include <common.h>\n"
			    "int b3(void) { return helper(3); }\n" },
	{ "drivers/b/b4.c", "#include <common.h>\n"
			    "int b4(void) { return common(); }\n" },
	{ "drivers/b/b5.c", "#include <common.h>\n"
			    "int b5(void) { return common(); }\n" },
};

const struct unit tree_units[] = {
	{ "drivers/a/one.c", "-DTWICE=2" }, { "drivers/a/two.c", "-DTWICE=2" },
	{ "drivers/b/b1.c", NULL },	    { "drivers/b/b2.c", NULL },
	{ "drivers/b/b3.c", NULL },	    { "drivers/b/b4.c", NULL },
	{ "drivers/b/b5.c", NULL },
};

const size_t nr_tree_units = ARRAY_SIZE(tree_units);

int gate_tree_make(void **state)
{
	(void)state;
	return tree_make("test-gate");
}

static char *in(const char *dir, const char *name)
{
	return xasprintf("%s/%s/%s", tree, dir, name);
}

void put_file(const char *dir, const char *name, const char *text)
{
	char *below = xasprintf("%s/%s", dir, name);

	make_parents(below);
	write_file(below, text);
	free(below);
}

void put_tree(const char *dir)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(tree_files); i++)
		put_file(dir, tree_files[i].path, tree_files[i].text);
}

void remove_all(const char *dir)
{
	char *cmd = xasprintf("rm -rf '%s/%s'", tree, dir);

	assert_int_equal(system(cmd), 0);
	free(cmd);
}

static void add_unit(struct compdb *db, const char *dir, const struct unit *u,
		     const char *more)
{
	char *top = in_tree(dir);
	const char *name = strrchr(u->path, '/') + 1;
	int len = strlen(name) - 2;
	char *base = xasprintf("-DKBUILD_BASENAME=\"%.*s\"", len, name);
	char *mod = xasprintf("-DKBUILD_MODNAME=\"%.*s\"", len, name);
	char *file = xasprintf("-DKBUILD_MODFILE=\"%.*s\"",
			       (int)strlen(u->path) - 2, u->path);
	char *argv[] = { "clang",
			 "-Iinc1",
			 "-Iinc2",
			 base,
			 mod,
			 file,
			 (char *)more,
			 "-c",
			 (char *)u->path,
			 (char *)u->flag,
			 NULL };

	compdb_add(db, top, u->path, argv, u->flag ? 10 : 9);
	free(top);
	free(base);
	free(mod);
	free(file);
}

static void index_one(const char *dir, const char *config,
		      const struct unit *units, size_t nr, const char *more)
{
	char *top = in_tree(dir);
	char *db = xasprintf("%s/%s.db", tree, dir);
	const struct index_options opt = { .tree = top,
					   .db = db,
					   .compdb = "c.json",
					   .config = config,
					   .jobs = 2 };
	struct compdb commands = COMPDB_INIT;
	struct strbuf err = STRBUF_INIT;
	struct index_summary sum;
	size_t i;

	for (i = 0; i < nr && units[i].path; i++)
		add_unit(&commands, dir, &units[i], more);
	index_summary_init(&sum);
	if (index_run(&opt, &commands, &sum, &err))
		fail_msg("%s", err.buf);
	index_summary_release(&sum);
	compdb_release(&commands);
	free(top);
	free(db);
}

void index_both(const char *dir, const struct unit *units, size_t nr)
{
	index_one(dir, "first", units, nr, "-DCONFIG_Y=1");
	index_one(dir, "second/x", units, nr, "-DCONFIG_X=1");
}

void make_indexed_tree(void)
{
	put_tree("tree");
	index_both("tree", tree_units, nr_tree_units);
}

static int by_path(const void *a, const void *b)
{
	const struct change *l = a, *r = b;

	return strcmp(l->path, r->path);
}

void make_set(const struct edit *edits, bool ranges, struct patch_set *set)
{
	size_t i;

	remove_all("new");
	for (i = 0; i < MAX_EDITS && edits[i].path; i++) {
		const struct edit *e = &edits[i];
		char *there = in("tree", e->path);
		struct change *c;

		ALLOC_GROW(set->changes, set->nr + 1, set->alloc);
		c = &set->changes[set->nr++];
		memset(c, 0, sizeof(*c));
		c->path = xstrdup(e->path);
		c->kind = !e->text		? CHANGE_DELETED
			  : e->old_path		? CHANGE_RENAMED
			  : access(there, F_OK) ? CHANGE_ADDED
						: CHANGE_MODIFIED;
		c->old_path = e->old_path ? xstrdup(e->old_path) : NULL;
		if (e->text) {
			put_file("new", e->path, e->text);
			c->content = in("new", e->path);
		}
		if (ranges) {
			c->ranges = xcalloc(1, sizeof(*c->ranges));
			c->ranges[0] = (struct line_range){ 2, 1 };
			c->nr_ranges = 1;
		}
		free(there);
	}
	if (set->nr)
		qsort(set->changes, set->nr, sizeof(*set->changes), by_path);
}
