// SPDX-License-Identifier: GPL-2.0-only
/*
 * A patch laid over a little tree must make the facts that an index makes of
 * the tree with the patch really applied: in two configurations, fact for fact.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "callgraph/store.h"
#include "gate/state.h"

#include "gate-tree.h"
#include "graph-dump.h"

struct test_case {
	const char *name;
	struct edit edits[MAX_EDITS];
	/* Units that there are then, if not those above. */
	struct unit units[MAX_UNITS];
	uint32_t parsed; /* in both configurations */
	uint32_t kept; /* of them: with a prefix header of the index */
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
	{ .name = "edited source with a prefix header of the index",
	  .edits = { { "drivers/b/b3.c",
		       "#include <common.h>\nint four(int);\n"
		       "int b3(void) { return four(common()); }\n" } },
	  .parsed = 1,
	  .kept = 1 },
	{ .name = "the same, in front of which another header is new",
	  .edits = { { "drivers/b/b3.c",
		       "#include <common.h>\nint four(int);\n"
		       "int b3(void) { return four(common()); }\n" },
		     { "inc1/common.h", "#pragma once\n"
					"int helper(int);\n"
					"static inline int common(void)\n"
					"{ return helper(5); }\n" } },
	  .max_units = 2,
	  .left_out = "over the limit of 2 units",
	  .parsed = 4 },
	{ .name = "the same, with a header that is none of its business",
	  .edits = { { "drivers/b/b3.c",
		       "#include <common.h>\nint four(int);\n"
		       "int b3(void) { return four(common()); }\n" },
		     { "inc1/else.h", "int none(void);\n" } },
	  .parsed = 1,
	  .kept = 1 },
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
	  .kept = 1,
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
	char *db = in_tree("real.db"), *ret;
	struct strbuf err = STRBUF_INIT;
	struct store *store;
	size_t i;

	remove_all("real");
	unlink(db);
	put_tree("real");
	for (i = 0; i < MAX_EDITS && t->edits[i].path; i++) {
		const struct edit *e = &t->edits[i];
		const char *gone = e->text ? e->old_path : e->path;
		char *path = gone ? xasprintf("%s/real/%s", tree, gone) : NULL;

		if (path)
			unlink(path);
		if (e->text)
			put_file("real", e->path, e->text);
		free(path);
	}
	if (t->units[0].path)
		index_both("real", t->units, MAX_UNITS);
	else
		index_both("real", tree_units, nr_tree_units);
	if (store_open(&store, db, STORE_READ, &err))
		fail_msg("%s", err.buf);
	ret = dump_store(store);
	store_close(store);
	free(db);
	return ret;
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
	if (r->units_parsed != t->parsed || r->units_kept != t->kept)
		fail_msg("%s: %u parsed, %u with a kept prefix", t->name,
			 r->units_parsed, r->units_kept);
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
	char *top = in_tree("tree");
	char *db = in_tree("tree.db"), *is, *should;
	const struct gate_options opt = {
		.tree = top,
		.db = db,
		.jobs = 2,
		.timeout = 60,
		.max_units = t->max_units,
	};
	struct gate_result result = { 0 };
	struct gate_run run = { .opt = &opt, .result = &result };
	struct patch_set set = PATCH_SET_INIT;
	struct strbuf err = STRBUF_INIT;
	struct store *store = NULL;

	make_set(t->edits, t->max_units, &set);
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
	free(top);
	free(db);
}

static void test_states(void **state)
{
	size_t i;

	(void)state;
	make_indexed_tree();
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		check_case(&cases[i]);
}

/*
 * Of files that the patch leaves alone the database must know the content. A
 * prefix header of the index is of no use then: it would hide what is there.
 */
static void check_out_of_date(const char *path, const char *header)
{
	const struct edit edits[MAX_EDITS] = {
		{ .path = path,
		  .text = "#include <common.h>\nint two(void);\n" },
	};
	char *top = in_tree("tree");
	char *db = in_tree("tree.db");
	const struct gate_options opt = { .tree = top, .db = db, .jobs = 1 };
	struct gate_result result = { 0 };
	struct gate_run run = { .opt = &opt, .result = &result };
	struct patch_set set = PATCH_SET_INIT;
	struct strbuf err = STRBUF_INIT;
	struct store *store = NULL;

	put_file("tree", "inc2/common.h", header);
	make_set(edits, false, &set);
	if (gate_run_init(&run, &err) ||
	    gate_state_make(&run, &set, &store, &err))
		fail_msg("%s", err.buf);
	assert_int_equal(result.nr_left_out, 1);
	assert_string_equal(result.left_out[0].file, "inc2/common.h");
	assert_int_equal(result.notes.nr, 1);
	assert_non_null(strstr(result.notes.item[0], "1 file that was read "));
	assert_non_null(strstr(result.notes.item[0], "probewalk index"));
	assert_int_equal(result.units_kept, 0);
	store_close(store);
	gate_run_release(&run);
	patch_set_release(&set);
	gate_result_release(&result);
	free(top);
	free(db);
}

static void test_out_of_date(void **state)
{
	static const char same_size[] = "#pragma once\n"
					"int helped(int);\n"
					"static inline int common(void)\n"
					"{ return helped(1); }\n";

	(void)state;
	make_indexed_tree();
	check_out_of_date("drivers/a/two.c", "#pragma once\nint news(void);\n");
	check_out_of_date("drivers/b/b1.c", "#pragma once\nint news(void);\n");
	check_out_of_date("drivers/b/b1.c", same_size);
}

/* The module of a file in the first configuration; not to be freed. */
static const char *module_in(const struct graph *g, const char *file)
{
	struct graph_module_range list = graph_modules(g);
	const char *ret = NULL;
	uint32_t i;

	for (i = 0; i < list.nr; i++)
		if (!strcmp(graph_string(g, list.first[i].file), file))
			ret = graph_string(g, list.first[i].module);
	return ret;
}

/* That of a new file is what the patched Makefile says. */
static void test_module(void **state)
{
	static const struct edit edits[MAX_EDITS] = {
		{ .path = "drivers/a/Makefile",
		  .text = "obj-y += one.o two.o pair.o\npair-y := new.o\n"
			  "ccflags-y += -DTWICE=2\n" },
		{ .path = "drivers/a/new.c",
		  .text = "int f(void);\nint new(void) { return f(); }\n" },
	};
	char *top = in_tree("tree");
	char *db = in_tree("tree.db");
	const struct gate_options opt = { .tree = top, .db = db, .jobs = 1 };
	struct gate_result result = { 0 };
	struct gate_run run = { .opt = &opt, .result = &result };
	struct patch_set set = PATCH_SET_INIT;
	struct strbuf err = STRBUF_INIT;
	struct store *store = NULL;
	struct graph *g = NULL;

	(void)state;
	make_indexed_tree();
	make_set(edits, false, &set);
	if (gate_run_init(&run, &err) ||
	    gate_state_make(&run, &set, &store, &err) ||
	    store_load_graph(store, 1, STORE_LITERALS, &g, &err))
		fail_msg("%s", err.buf);
	assert_string_equal(module_in(g, "drivers/a/new.c"), "drivers/a/pair");
	assert_string_equal(module_in(g, "drivers/a/one.c"), "drivers/a/one");
	graph_free(g);
	store_close(store);
	gate_run_release(&run);
	patch_set_release(&set);
	gate_result_release(&result);
	free(top);
	free(db);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, gate_tree_make, tree_remove)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_states),
		TEST(test_out_of_date),
		TEST(test_module),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
