// SPDX-License-Identifier: GPL-2.0-only
/* Two states of a tree, and how often the rules are asked about them. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "callgraph/store.h"
#include "gate/analyse.h"

#include "gate-tree.h"

struct named_edits {
	const char *name;
	struct edit edits[MAX_EDITS];
};

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

static const struct named_edits gone = {
	.name = "deleted",
	.edits = { { "drivers/b/b2.c", NULL } },
};

static const struct named_edits gone_too = {
	.name = "both deleted",
	.edits = { { "drivers/b/b2.c", NULL }, { "drivers/b/b3.c", NULL } },
};

static int analyse(const struct named_edits *base, char *failure,
		   uint32_t *before, uint32_t *after, struct strbuf *err)
{
	char *top = in_tree("tree");
	char *db = in_tree("tree.db");
	const struct gate_options opt = { .tree = top,
					  .db = db,
					  .jobs = 2,
					  .check = check_units,
					  .check_data = failure };
	struct patch_set first = PATCH_SET_INIT, second = PATCH_SET_INIT;
	struct gate_result result;
	int ret;

	gate_result_init(&result);
	if (base)
		make_set(base->edits, false, &first);
	make_set(gone_too.edits, false, &second);
	ret = gate_analyse(&opt, base ? &first : NULL, &second, &result, err);
	*before = result.before.units;
	*after = result.after.units;
	gate_result_release(&result);
	patch_set_release(&first);
	patch_set_release(&second);
	free(top);
	free(db);
	return ret;
}

static void test_analyse(void **state)
{
	struct strbuf err = STRBUF_INIT;
	uint32_t before, after;

	(void)state;
	make_indexed_tree();
	assert_int_equal(analyse(NULL, NULL, &before, &after, &err), 0);
	assert_int_equal(before, 2 * nr_tree_units);
	assert_int_equal(after, 2 * nr_tree_units - 4);
	assert_int_equal(analyse(&gone, NULL, &before, &after, &err), 0);
	assert_int_equal(before, 2 * nr_tree_units - 2);
	assert_int_equal(after, 2 * nr_tree_units - 4);
	assert_string_equal(err.buf, "");
	assert_int_equal(analyse(NULL, "no rules", &before, &after, &err),
			 -EIO);
	assert_string_equal(err.buf, "no rules");
	strbuf_release(&err);
}

/* Parsed again it says the same: there is nothing to walk over. */
static const struct named_edits same = {
	.name = "says the same",
	.edits = { { "drivers/a/two.c",
		     "#include <common.h>\n"
		     "int two(void) { return helper((TWICE)); }\n" } },
};

static const struct named_edits docs = {
	.name = "no source",
	.edits = { { "README", "Nothing.\n" } },
};

/* In one configuration only: the other one's is not compiled. */
static const struct named_edits one_config = {
	.name = "in one configuration",
	.edits = { { "drivers/a/two.c",
		     "#include <common.h>\n"
		     "#ifdef CONFIG_X\nint x(void);\n"
		     "int two(void) { return helper(x()); }\n#else\n"
		     "int two(void) { return helper(TWICE); }\n"
		     "#endif\n" } },
};

static const struct walk_case {
	const struct named_edits *edit;
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
	char *top = in_tree("tree");
	char *db = in_tree("tree.db");
	struct string_list only = { 0 };
	const struct gate_options opt = { .tree = top,
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
	make_set(t->edit->edits, false, &set);
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
	free(top);
	free(db);
}

/* Fails, and has everything after it fail as well. */
static int lose_tree(void *data, struct store *store, const char *config,
		     struct report *report, struct strbuf *err)
{
	(void)data;
	(void)store;
	(void)config;
	(void)report;
	remove_all("tree");
	strbuf_addstr(err, "the walk failed");
	return -EIO;
}

/* Units are ranked by a walk: it fails first, and the parsing then. */
static void test_both_errors(void **state)
{
	static const struct edit edits[MAX_EDITS] = {
		{ .path = "inc2/common.h",
		  .text = "#pragma once\nint helper(int); int other(void);\n" },
	};
	char *top = in_tree("tree"), *db = in_tree("tree.db");
	const struct gate_options opt = { .tree = top,
					  .db = db,
					  .jobs = 1,
					  .max_units = 2,
					  .check = lose_tree };
	struct patch_set set = PATCH_SET_INIT;
	struct strbuf err = STRBUF_INIT;
	struct gate_result result;

	(void)state;
	gate_result_init(&result);
	make_indexed_tree();
	make_set(edits, true, &set);
	assert_true(gate_analyse(&opt, NULL, &set, &result, &err) < 0);
	assert_non_null(strstr(err.buf, "was indexed from"));
	assert_non_null(strstr(err.buf, "\nthe walk failed"));
	/* once, though both states were to be walked over */
	assert_null(strstr(strstr(err.buf, "the walk") + 1, "the walk"));
	gate_result_release(&result);
	patch_set_release(&set);
	strbuf_release(&err);
	free(top);
	free(db);
}

static void test_walks(void **state)
{
	size_t i;

	(void)state;
	make_indexed_tree();
	for (i = 0; i < ARRAY_SIZE(walk_cases); i++)
		check_walks(&walk_cases[i]);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, gate_tree_make, tree_remove)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_analyse),
		TEST(test_both_errors),
		TEST(test_walks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
