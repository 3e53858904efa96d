// SPDX-License-Identifier: GPL-2.0-only
/*
 * A patch laid over a little tree must make the facts that an index makes of
 * the tree with the patch really applied: in two configurations, fact for fact.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "callgraph/store.h"
#include "gate/rank.h"
#include "gate/state.h"
#include "indexer/index.h"

#include "graph-dump.h"

enum { MAX_EDITS = 6, MAX_UNITS = 16 };

static char root[256];

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

/* Files of the tree that are units, and the flag of their Makefile. */
static const struct unit {
	const char *path, *flag;
} tree_units[] = {
	{ "drivers/a/one.c", "-DTWICE=2" }, { "drivers/a/two.c", "-DTWICE=2" },
	{ "drivers/b/b1.c", NULL },	    { "drivers/b/b2.c", NULL },
	{ "drivers/b/b3.c", NULL },	    { "drivers/b/b4.c", NULL },
	{ "drivers/b/b5.c", NULL },
};

struct edit {
	const char *path;
	const char *text; /* NULL: deleted */
	const char *old_path; /* renamed */
};

struct test_case {
	const char *name;
	struct edit edits[MAX_EDITS];
	/* Units that there are then, if not those above. */
	struct unit units[MAX_UNITS];
	uint32_t parsed; /* in both configurations */
	const char *note; /* a part of one */
	const char *left_out; /* a part of the reason */
	uint32_t max_units;
	const char *parsed_files[4]; /* of the first edit's dependents */
};

static const struct test_case cases[] = {
	{ .name = "nothing", .parsed = 0 },
	{ .name = "edited source",
	  .edits = { { "drivers/a/two.c",
		       "#include <common.h>\nint three(int);\n"
		       "int two(void) { return three(TWICE); }\n" } },
	  .parsed = 1 },
	{ .name = "edited source that now asks for what differs",
	  .edits = { { "drivers/a/two.c", "#ifdef CONFIG_X\nint x(void);\n"
					  "int two(void) { return x(); }\n"
					  "#endif\n" } },
	  .parsed = 2 },
	{ .name = "edited header of all, with a prefix header",
	  .edits = { { "inc2/common.h", "#pragma once\n"
					"int helper(int); int other(void);\n"
					"static inline int common(void)\n"
					"{ return other(); }\n" } },
	  .parsed = 7 },
	{ .name = "another comment in a header",
	  .edits = { { "inc2/common.h",
		       "#pragma once /* once */\n"
		       "int helper(int); // helps\n"
		       "static inline int common(void)\t/* x */\n"
		       "{ return helper(1); }\n" } },
	  .parsed = 0 },
	{ .name = "too many units: those that name what is changed",
	  .edits = { { "inc2/common.h", "#pragma once\n"
					"int helper(int); int other(void);\n"
					"static inline int common(void)\n"
					"{ return helper(1); }\n" } },
	  .max_units = 2,
	  .parsed = 2,
	  .parsed_files = { "drivers/a/two.c", "drivers/b/b3.c" },
	  .left_out = "over the limit of 2 units" },
	{ .name = "new header in front of another",
	  .edits = { { "inc1/common.h", "#pragma once\n"
					"int helper(int);\n"
					"static inline int common(void)\n"
					"{ return helper(5); }\n" } },
	  .parsed = 7 },
	{ .name = "new source and header in a new directory",
	  .edits = { { "drivers/new/n.c", "#include \"n.h\"\n"
					  "#include <common.h>\n"
					  "int n(void) { return deep(); }\n" },
		     { "drivers/new/n.h", "int deep(void);\n" } },
	  .units = { { "drivers/a/one.c", "-DTWICE=2" },
		     { "drivers/a/two.c", "-DTWICE=2" },
		     { "drivers/b/b1.c" },
		     { "drivers/b/b2.c" },
		     { "drivers/b/b3.c" },
		     { "drivers/b/b4.c" },
		     { "drivers/b/b5.c" },
		     { "drivers/new/n.c" } },
	  .parsed = 1,
	  .note = "The flags of 'drivers/new/n.c' are taken from its "
		  "neighbour 'drivers/b/b1.c'." },
	{ .name = "new source beside others",
	  .edits = { { "drivers/a/n.c",
		       "int n2(int);\nint n(void) { return n2(TWICE); }\n" } },
	  .units = { { "drivers/a/n.c", "-DTWICE=2" },
		     { "drivers/a/one.c", "-DTWICE=2" },
		     { "drivers/a/two.c", "-DTWICE=2" },
		     { "drivers/b/b1.c" },
		     { "drivers/b/b2.c" },
		     { "drivers/b/b3.c" },
		     { "drivers/b/b4.c" },
		     { "drivers/b/b5.c" } },
	  .parsed = 1,
	  .note = "neighbour 'drivers/a/one.c'" },
	{ .name = "deleted source",
	  .edits = { { "drivers/b/b2.c", NULL } },
	  .units = { { "drivers/a/one.c", "-DTWICE=2" },
		     { "drivers/a/two.c", "-DTWICE=2" },
		     { "drivers/b/b1.c" },
		     { "drivers/b/b3.c" },
		     { "drivers/b/b4.c" },
		     { "drivers/b/b5.c" } },
	  .parsed = 0 },
	{ .name = "renamed source",
	  .edits = { { "drivers/a/zwei.c",
		       "#include <common.h>\n#include \"own.h\"\n"
		       "int zwei(void) { return own(TWICE); }\n",
		       "drivers/a/two.c" } },
	  .units = { { "drivers/a/one.c", "-DTWICE=2" },
		     { "drivers/a/zwei.c", "-DTWICE=2" },
		     { "drivers/b/b1.c" },
		     { "drivers/b/b2.c" },
		     { "drivers/b/b3.c" },
		     { "drivers/b/b4.c" },
		     { "drivers/b/b5.c" } },
	  .parsed = 1 },
	{ .name = "renamed header and who includes it",
	  .edits = { { "drivers/a/mine.h", "int own(int);\n",
		       "drivers/a/own.h" },
		     { "drivers/a/one.c",
		       "#include <common.h>\n#include \"mine.h\"\n"
		       "int one(void) { return own(TWICE) + 1; }\n" } },
	  .parsed = 1 },
	{ .name = "Makefile that brings in and throws out",
	  .edits = { { "drivers/a/Makefile", "obj-$(CONFIG_OFF) += \\\n"
					     "\toff.o # not two.o\n"
					     "obj-y += one.o\n"
					     "ccflags-y += -DTWICE=2\n" } },
	  .units = { { "drivers/a/off.c", "-DTWICE=2" },
		     { "drivers/a/one.c", "-DTWICE=2" },
		     { "drivers/b/b1.c" },
		     { "drivers/b/b2.c" },
		     { "drivers/b/b3.c" },
		     { "drivers/b/b4.c" },
		     { "drivers/b/b5.c" } },
	  .parsed = 1,
	  .note = "The flags of 'drivers/a/off.c'" },
	{ .name = "Makefile with another flag",
	  .edits = { { "drivers/a/Makefile", "obj-y += one.o two.o\n"
					     "ccflags-y += -DTWICE=3\n" } },
	  .units = { { "drivers/a/one.c", "-DTWICE=3" },
		     { "drivers/a/two.c", "-DTWICE=3" },
		     { "drivers/b/b1.c" },
		     { "drivers/b/b2.c" },
		     { "drivers/b/b3.c" },
		     { "drivers/b/b4.c" },
		     { "drivers/b/b5.c" } },
	  .parsed = 2 },
	{ .name = "new option that a Makefile knows",
	  .edits = { { "drivers/a/Kconfig",
		       "config OTHER\n\tbool\n\n"
		       "config KIND\n\tbool \"kind\"\n" } },
	  .units = { { "drivers/a/kind.c", "-DTWICE=2" },
		     { "drivers/a/one.c", "-DTWICE=2" },
		     { "drivers/a/two.c", "-DTWICE=2" },
		     { "drivers/b/b1.c" },
		     { "drivers/b/b2.c" },
		     { "drivers/b/b3.c" },
		     { "drivers/b/b4.c" },
		     { "drivers/b/b5.c" } },
	  .parsed = 1,
	  .note = "The flags of 'drivers/a/kind.c'" },
	{ .name = "source that nobody compiles",
	  .edits = { { "drivers/a/off.c", "int off;\n" } },
	  .parsed = 0,
	  .note = "'drivers/a/off.c' is compiled in no configuration" },
	{ .name = "source that reads what is none of its business",
	  .edits = { { "drivers/a/two.c",
		       "#define F \"/etc/passwd\"\n#include F\n" } },
	  .parsed = 0,
	  .left_out = "reads '/etc/passwd', which is outside of the tree" },
	{ .name = "source that embeds a file",
	  .edits = { { "drivers/a/two.c",
		       "int x(int);\n"
		       "# /* a */ em\\\nbed \"/dev/zero\"\n"
		       "int two(void) { return x(1); }\n" } },
	  .parsed = 2,
	  .left_out = "#embed would read any file" },
	{ .name = "source that reads a file that never ends",
	  .edits = { { "drivers/a/two.c", "#include \"/dev/zero\"\n" } },
	  .parsed = 0,
	  .left_out = "does not parse: its worker" },
};

/* ---- trees ---- */

static char *in(const char *dir, const char *name)
{
	return xasprintf("%s/%s/%s", root, dir, name);
}

static void put_file(const char *dir, const char *name, const char *text)
{
	char *path = in(dir, name), *slash = path + strlen(root);
	FILE *f;

	while ((slash = strchr(slash + 1, '/'))) {
		*slash = '\0';
		mkdir(path, 0777);
		*slash = '/';
	}
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	free(path);
}

static void put_tree(const char *dir)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(tree_files); i++)
		put_file(dir, tree_files[i].path, tree_files[i].text);
}

static void remove_all(const char *dir)
{
	char *cmd = xasprintf("rm -rf '%s/%s'", root, dir);

	assert_int_equal(system(cmd), 0);
	free(cmd);
}

static int make_root(void **state)
{
	const char *tmp = getenv("TMPDIR");

	(void)state;
	snprintf(root, sizeof(root), "%s/test-gate-XXXXXX", tmp ? tmp : "/tmp");
	return mkdtemp(root) ? 0 : -1;
}

static int remove_root(void **state)
{
	char *cmd = xasprintf("rm -rf '%s'", root);
	int ret = system(cmd);

	(void)state;
	free(cmd);
	return ret;
}

/* ---- real indexes ---- */

static void add_unit(struct compdb *db, const char *dir, const struct unit *u,
		     const char *more)
{
	char *tree = xasprintf("%s/%s", root, dir);
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

	compdb_add(db, tree, u->path, argv, u->flag ? 10 : 9);
	free(tree);
	free(base);
	free(mod);
	free(file);
}

static void index_one(const char *dir, const char *config,
		      const struct unit *units, size_t nr, const char *more)
{
	char *tree = xasprintf("%s/%s", root, dir);
	char *db = xasprintf("%s/%s.db", root, dir);
	const struct index_options opt = { .tree = tree,
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
	free(tree);
	free(db);
}

static void index_both(const char *dir, const struct unit *units, size_t nr)
{
	index_one(dir, "first", units, nr, "-DCONFIG_Y=1");
	index_one(dir, "second/x", units, nr, "-DCONFIG_X=1");
}

/* ---- comparing ---- */

struct dump {
	struct store *store;
	struct strbuf text;
};

static int dump_config(void *data, const struct store_config *config)
{
	struct strbuf err = STRBUF_INIT;
	struct dump *d = data;
	struct graph *graph;
	char *text;

	if (store_load_graph(d->store, config->id, STORE_LITERALS, &graph,
			     &err))
		fail_msg("%s", err.buf);
	text = graph_dump(graph);
	strbuf_addf(&d->text, "configuration %s\n%s", config->name, text);
	free(text);
	graph_free(graph);
	return 0;
}

static char *dump_store(struct store *store)
{
	struct dump d = { .store = store, .text = STRBUF_INIT };

	assert_int_equal(store_each_config(store, dump_config, &d), 0);
	return strbuf_detach(&d.text);
}

/* As it is after a real index of the really patched tree. */
static char *dump_real(const struct test_case *t)
{
	char *db = xasprintf("%s/real.db", root), *ret;
	struct strbuf err = STRBUF_INIT;
	struct store *store;
	size_t i;

	remove_all("real");
	unlink(db);
	put_tree("real");
	for (i = 0; i < MAX_EDITS && t->edits[i].path; i++) {
		const struct edit *e = &t->edits[i];
		const char *gone = e->text ? e->old_path : e->path;
		char *path = gone ? in("real", gone) : NULL;

		if (path)
			unlink(path);
		if (e->text)
			put_file("real", e->path, e->text);
		free(path);
	}
	if (t->units[0].path)
		index_both("real", t->units, MAX_UNITS);
	else
		index_both("real", tree_units, ARRAY_SIZE(tree_units));
	if (store_open(&store, db, STORE_READ, &err))
		fail_msg("%s", err.buf);
	ret = dump_store(store);
	store_close(store);
	free(db);
	return ret;
}

static int by_path(const void *a, const void *b)
{
	const struct change *l = a, *r = b;

	return strcmp(l->path, r->path);
}

static void make_set(const struct test_case *t, struct patch_set *set)
{
	size_t i;

	remove_all("new");
	for (i = 0; i < MAX_EDITS && t->edits[i].path; i++) {
		const struct edit *e = &t->edits[i];
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
		if (t->max_units) {
			c->ranges = xcalloc(1, sizeof(*c->ranges));
			c->ranges[0] = (struct line_range){ 2, 1 };
			c->nr_ranges = 1;
		}
		free(there);
	}
	if (set->nr)
		qsort(set->changes, set->nr, sizeof(*set->changes), by_path);
}

static void check_notes(const struct test_case *t, const struct gate_result *r)
{
	size_t i, k;

	for (i = 0; t->note && i < r->notes.nr; i++)
		if (strstr(r->notes.item[i], t->note))
			break;
	if (t->note && i == r->notes.nr)
		fail_msg("%s: no note says '%s', but '%s'", t->name, t->note,
			 r->notes.nr ? r->notes.item[0] : "");
	if (!t->note && r->notes.nr)
		fail_msg("%s: note: %s", t->name, r->notes.item[0]);
	for (i = 0; t->left_out && i < r->nr_left_out; i++)
		if (strstr(r->left_out[i].reason, t->left_out))
			break;
	if (t->left_out ? i == r->nr_left_out : r->nr_left_out > 0)
		fail_msg("%s: left out: %s: %s", t->name,
			 r->nr_left_out ? r->left_out[0].file : "nothing",
			 r->nr_left_out ? r->left_out[0].reason : "");
	for (k = 0; k < ARRAY_SIZE(t->parsed_files) && t->parsed_files[k]; k++)
		for (i = 0; i < r->nr_left_out; i++)
			if (!strcmp(r->left_out[i].file, t->parsed_files[k]))
				fail_msg("%s: %s was left out", t->name,
					 t->parsed_files[k]);
	if (r->units_parsed != t->parsed)
		fail_msg("%s: %u parsed", t->name, r->units_parsed);
}

/* Where they begin to differ. */
static void same_text(const struct test_case *t, const char *is,
		      const char *should)
{
	size_t i = 0;

	while (is[i] && is[i] == should[i])
		i++;
	if (!is[i] && !should[i])
		return;
	while (i && is[i - 1] != '\n')
		i--;
	fail_msg("%s: '%.*s' and not '%.*s'", t->name,
		 (int)strcspn(is + i, "\n"), is + i,
		 (int)strcspn(should + i, "\n"), should + i);
}

static void check_case(const struct test_case *t)
{
	char *tree = xasprintf("%s/tree", root);
	char *db = xasprintf("%s/tree.db", root), *is, *should;
	const struct gate_options opt = {
		.tree = tree,
		.db = db,
		.jobs = 2,
		.timeout = 60,
		.max_units = t->max_units,
	};
	struct gate_result result = { 0 };
	struct gate_run run = { .opt = &opt, .result = &result };
	struct patch_set set = PATCH_SET_INIT;
	struct strbuf err = STRBUF_INIT;
	struct store *store;

	make_set(t, &set);
	if (gate_run_init(&run, &err) ||
	    gate_state_make(&run, &set, &store, &err))
		fail_msg("%s: %s", t->name, err.buf);
	is = dump_store(store);
	should = t->left_out ? NULL : dump_real(t);
	assert_non_null(strstr(is, "configuration second/x"));
	assert_non_null(strstr(is, "defined"));
	if (should)
		same_text(t, is, should);
	check_notes(t, &result);
	store_close(store);
	gate_run_release(&run);
	patch_set_release(&set);
	gate_result_release(&result);
	free(is);
	free(should);
	free(tree);
	free(db);
}

static void test_states(void **state)
{
	size_t i;

	(void)state;
	put_tree("tree");
	index_both("tree", tree_units, ARRAY_SIZE(tree_units));
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		check_case(&cases[i]);
}

/* ---- both states ---- */

static int count_unit(void *data, const struct store_unit *unit)
{
	struct report *report = data;

	report->units += unit->file != NULL;
	return 0;
}

/* How often a configuration was walked over. */
static uint32_t walked;

struct named_config {
	const char *name;
	uint32_t id;
};

static int find_config(void *data, const struct store_config *config)
{
	struct named_config *c = data;

	if (!strcmp(c->name, config->name))
		c->id = config->id;
	return 0;
}

/* Stands for the rules. */
static int check_units(void *data, struct store *store, const char *config,
		       struct report *report, struct strbuf *err)
{
	struct named_config c = { .name = config };

	if (data && !report->units) {
		strbuf_addstr(err, data);
		return -EIO;
	}
	__atomic_add_fetch(&walked, 1, __ATOMIC_SEQ_CST);
	assert_int_equal(store_each_config(store, find_config, &c), 0);
	return store_each_unit(store, c.id, count_unit, report);
}

static const struct test_case gone = {
	.name = "deleted",
	.edits = { { "drivers/b/b2.c", NULL } },
};

static const struct test_case gone_too = {
	.name = "both deleted",
	.edits = { { "drivers/b/b2.c", NULL }, { "drivers/b/b3.c", NULL } },
};

static int analyse(const struct test_case *base, char *failure,
		   uint32_t *before, uint32_t *after, struct strbuf *err)
{
	char *tree = xasprintf("%s/tree", root);
	char *db = xasprintf("%s/tree.db", root);
	const struct gate_options opt = { .tree = tree,
					  .db = db,
					  .jobs = 2,
					  .check = check_units,
					  .check_data = failure };
	struct patch_set first = PATCH_SET_INIT, second = PATCH_SET_INIT;
	struct gate_result result;
	int ret;

	gate_result_init(&result);
	if (base)
		make_set(base, &first);
	make_set(&gone_too, &second);
	ret = gate_analyse(&opt, base ? &first : NULL, &second, &result, err);
	*before = result.before.units;
	*after = result.after.units;
	gate_result_release(&result);
	patch_set_release(&first);
	patch_set_release(&second);
	free(tree);
	free(db);
	return ret;
}

static void test_analyse(void **state)
{
	struct strbuf err = STRBUF_INIT;
	uint32_t before, after;

	(void)state;
	put_tree("tree");
	index_both("tree", tree_units, ARRAY_SIZE(tree_units));
	assert_int_equal(analyse(NULL, NULL, &before, &after, &err), 0);
	assert_int_equal(before, 2 * ARRAY_SIZE(tree_units));
	assert_int_equal(after, 2 * ARRAY_SIZE(tree_units) - 4);
	assert_int_equal(analyse(&gone, NULL, &before, &after, &err), 0);
	assert_int_equal(before, 2 * ARRAY_SIZE(tree_units) - 2);
	assert_int_equal(after, 2 * ARRAY_SIZE(tree_units) - 4);
	assert_string_equal(err.buf, "");
	assert_int_equal(analyse(NULL, "no rules", &before, &after, &err),
			 -EIO);
	assert_string_equal(err.buf, "no rules");
	strbuf_release(&err);
}

/* Parsed again it says the same: there is nothing to walk over. */
static const struct test_case same = {
	.name = "says the same",
	.edits = { { "drivers/a/two.c",
		     "#include <common.h>\n"
		     "int two(void) { return helper((TWICE)); }\n" } },
};

static const struct test_case docs = {
	.name = "no source",
	.edits = { { "README", "Nothing.\n" } },
};

/* In one configuration only: the other one's is not compiled. */
static const struct test_case one_config = {
	.name = "in one configuration",
	.edits = { { "drivers/a/two.c",
		     "#include <common.h>\n"
		     "#ifdef CONFIG_X\nint x(void);\n"
		     "int two(void) { return helper(x()); }\n#else\n"
		     "int two(void) { return helper(TWICE); }\n"
		     "#endif\n" } },
};

static const struct walk_case {
	const struct test_case *edit;
	bool all;
	const char *only; /* configuration */
	uint32_t walked, parsed;
} walk_cases[] = {
	{ .edit = &same, .parsed = 1 },
	{ .edit = &docs },
	{ .edit = &docs, .all = true, .walked = 4 },
	{ .edit = &docs, .only = "second" },
	{ .edit = &gone, .walked = 4 },
	{ .edit = &gone, .only = "second", .walked = 2 },
	{ .edit = &gone, .only = "first", .walked = 2 },
	/* lines are facts: walked, too, where they move */
	{ .edit = &one_config, .walked = 4, .parsed = 2 },
	{ .edit = &one_config, .only = "second/x", .walked = 2, .parsed = 1 },
};

static void check_walks(const struct walk_case *t)
{
	char *tree = xasprintf("%s/tree", root);
	char *db = xasprintf("%s/tree.db", root);
	struct string_list only = { 0 };
	const struct gate_options opt = { .tree = tree,
					  .db = db,
					  .jobs = 2,
					  .configs = &only,
					  .all_findings = t->all,
					  .check = check_units };
	struct patch_set set = PATCH_SET_INIT;
	struct strbuf err = STRBUF_INIT;
	struct gate_result result;

	gate_result_init(&result);
	if (t->only)
		string_list_add(&only, t->only);
	make_set(t->edit, &set);
	walked = 0;
	if (gate_analyse(&opt, NULL, &set, &result, &err))
		fail_msg("%s: %s", t->edit->name, err.buf);
	if (walked != t->walked || result.units_parsed != t->parsed)
		fail_msg("%s (%s): %u walked, %u parsed", t->edit->name,
			 t->only ? t->only : "both", walked,
			 result.units_parsed);
	assert_int_equal(result.after.configs.nr, t->only ? 1 : 2);
	gate_result_release(&result);
	patch_set_release(&set);
	string_list_release(&only);
	free(tree);
	free(db);
}

static void test_walks(void **state)
{
	size_t i;

	(void)state;
	put_tree("tree");
	index_both("tree", tree_units, ARRAY_SIZE(tree_units));
	for (i = 0; i < ARRAY_SIZE(walk_cases); i++)
		check_walks(&walk_cases[i]);
}

/* Of files that the patch leaves alone the database must know the content. */
static void test_out_of_date(void **state)
{
	static const struct test_case edit = {
		.name = "out of date",
		.edits = { { "drivers/a/two.c", "#include <common.h>\n"
						"int two(void);\n" } },
	};
	char *tree = xasprintf("%s/tree", root);
	char *db = xasprintf("%s/tree.db", root);
	const struct gate_options opt = { .tree = tree, .db = db, .jobs = 1 };
	struct gate_result result = { 0 };
	struct gate_run run = { .opt = &opt, .result = &result };
	struct patch_set set = PATCH_SET_INIT;
	struct strbuf err = STRBUF_INIT;
	struct store *store;

	(void)state;
	put_tree("tree");
	index_both("tree", tree_units, ARRAY_SIZE(tree_units));
	put_file("tree", "inc2/common.h", "#pragma once\nint news(void);\n");
	make_set(&edit, &set);
	if (gate_run_init(&run, &err) ||
	    gate_state_make(&run, &set, &store, &err))
		fail_msg("%s", err.buf);
	assert_int_equal(result.nr_left_out, 1);
	assert_string_equal(result.left_out[0].file, "inc2/common.h");
	assert_int_equal(result.notes.nr, 1);
	assert_non_null(strstr(result.notes.item[0], "1 file that was read "));
	assert_non_null(strstr(result.notes.item[0], "probewalk index"));
	store_close(store);
	gate_run_release(&run);
	patch_set_release(&set);
	gate_result_release(&result);
	free(tree);
	free(db);
}

/* A text that may hold a NUL. */
#define TEXT(s)                                                                \
	{                                                                      \
		.buf = (char *)(s), .len = sizeof(s) - 1                       \
	}

/* Header changes that must not pass for comments, and comments that are. */
static void test_same_code(void **state)
{
	static const struct {
		struct strbuf a, b;
		bool same;
	} rows[] = {
		{ TEXT("\n"), TEXT("// a\n"), true },
		{ TEXT("int a;\n"), TEXT("int /* b */ a; // c\n"), true },
		{ TEXT("int a;\n"), TEXT("int b;\n"), false },
		{ TEXT("f(\"//\");\n"), TEXT("f(\"//x\");\n"), false },
		{ TEXT("int a;\n"), TEXT("int a;\n\0int b;\n"), false },
		{ TEXT("int a;\n\0\n"), TEXT("int a;\n\0x\n"), false },
		{ TEXT("#include <l//a.h>\n"), TEXT("#include <l//b.h>\n"),
		  false },
		{ TEXT("# include <l/*a>\nint a;\n#if 1 /**/\n"),
		  TEXT("# include <l/*a>\nint b;\n#if 1 /**/\n"), false },
		{ TEXT("#if __has_include(<l//a.h>)\n"),
		  TEXT("#if __has_include(<l//b.h>)\n"), false },
		{ TEXT("#include <a.h>\n"), TEXT("#include <a.h> // a\n"),
		  true },
		{ TEXT("#if A < 3\n"), TEXT("#if A < 3 /* few */\n"), true },
		{ TEXT("#define A /* a */\\\n\t1\n"),
		  TEXT("#define A /* b */\\\n\t1\n"), true },
		{ TEXT("/* *\\\n/ int a; /**/\n"),
		  TEXT("/* *\\\n/ int b; /**/\n"), false },
		{ TEXT("/\\\n/ /*\nint a; /**/\n"),
		  TEXT("/\\\n/ /*\nint b; /**/\n"), false },
		{ TEXT("// \\ \n/*\nint a; /**/\n"),
		  TEXT("// \\ \n/*\nint b; /**/\n"), false },
		{ TEXT("f(\"\\\\\n\" // \");\n"),
		  TEXT("f(\"\\\\\n\" // a\");\n"), false },
		{ TEXT("#include \"a\\\" /* \"\n// */ int a;\n"),
		  TEXT("#include \"a\\\" /* \"\n// */ int b;\n"), false },
		{ TEXT("#warning /*\nint a;\n#warning */\n"),
		  TEXT("#warning /*\nint b;\n#warning */\n"), false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (rank_same_code(&rows[i].a, &rows[i].b, true) !=
		    rows[i].same)
			fail_msg("row %zu: %s", i, rows[i].b.buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_code),
		cmocka_unit_test_setup_teardown(test_states, make_root,
						remove_root),
		cmocka_unit_test_setup_teardown(test_analyse, make_root,
						remove_root),
		cmocka_unit_test_setup_teardown(test_walks, make_root,
						remove_root),
		cmocka_unit_test_setup_teardown(test_out_of_date, make_root,
						remove_root),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
