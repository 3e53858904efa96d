// SPDX-License-Identifier: GPL-2.0-only
/*
 * Prefix headers in the database: which are kept, and for how long.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cmd-scan.h"

#include "callgraph/store-memo.h"
#include "indexer/index-kept.h"

#include "kept-run.h"

/* Nobody knows what is new, or what it says: it is made again. */
static void test_all_stale(void **state)
{
	static int (*const changes[])(struct store *,
				      uint32_t) = { forget_tool, forget_files };
	struct compdb db = COMPDB_INIT;
	size_t i;

	(void)state;
	first_run(&db);
	keep_three(&db);
	for (i = 0; i < ARRAY_SIZE(changes); i++) {
		change_store(changes[i]);
		edit(0, i);
		run_and_count(&db, &usual, "all",
			      i ? (struct counts){ 3, 0, 0, 0 }
				: (struct counts){ 3, 3, 3, 0 });
	}
	change_store(expect_none);
	release_all(&db);
}

/* With the last unit that was parsed with it its facts go. */
static void test_dropped(void **state)
{
	const struct index_options none = { .no_prefix = true };
	struct compdb db = COMPDB_INIT;
	int i;

	(void)state;
	first_run(&db);
	change_store(expect_one);
	for (i = 0; i < NR; i++)
		edit(i, i);
	run_and_count(&db, &none, "exact", (struct counts){ NR, 0, 0, 0 });
	change_store(expect_none);
	edit(0, 9);
	run_and_count(&db, &usual, "none", exact);
	compdb_release(&db);
}

/* What was built before the run was ended is not built again. */
static void test_interrupted(void **state)
{
	const struct index_options one = { .jobs = 1 };
	struct compdb db = COMPDB_INIT;
	struct result r;

	(void)state;
	add_commands(&db);
	index_unit_parse = stop_on_u2;
	r = run_with(&db, &one);
	assert_true(r.sum.interrupted);
	assert_int_equal(r.sum.parsed, 2);
	result_release(&r);
	index_unit_parse = unit_parse;
	run_and_count(&db, &usual, "goes on",
		      (struct counts){ NR - 2, NR - 2, NR - 2, 0 });
	compdb_release(&db);
}

static void drop_all_but(const char *config)
{
	struct scan_source stays = { .config = (char *)config };
	const struct scan_sources sources = { &stays, 1 };
	struct strbuf err = STRBUF_INIT;
	char *path = in_tree("k.db");

	if (scan_drop_others(path, &sources, &err))
		fail_msg("%s", err.buf);
	free(path);
}

/*
 * A scan of another configuration drops the facts of this one, and what it
 * stores gets their numbers.
 */
static void test_dropped_by_scan(void **state)
{
	const struct index_options second = { .config = "the other",
					      .every_config = true };
	const struct index_options first = { .every_config = true };
	struct compdb db = COMPDB_INIT, other = COMPDB_INIT;
	struct result r;
	int i;

	(void)state;
	write_file("inc/b.h", "#pragma once\nint b(void);\nint d(void);\n"
			      "static inline int c(void)\n{\n"
			      "#if X == 2\n\treturn d();\n#else\n"
			      "\treturn b();\n#endif\n}\n");
	for (i = 0; i < NR; i++) {
		char *name = xasprintf("u%d.c", i);

		add_command(&other, name, "-DX=2");
		free(name);
	}
	first_run(&db);
	drop_all_but("the other");
	change_store(expect_none);
	r = run_with(&other, &second);
	assert_int_equal(r.sum.prefixes, 1);
	result_release(&r);
	run_and_count(&db, &first, "again", (struct counts){ NR, NR, 0, 1 });
	compdb_release(&db);
	compdb_release(&other);
}

static int halve_room(struct store *store, uint32_t config)
{
	struct kept_list list;

	assert_int_equal(kept_list_load(store, config, &list), 0);
	assert_int_equal(list.nr, 1);
	index_kept_room = list.rows[0].pch_len * 3 / 2;
	return 0;
}

/* Room for one: the one that serves more units has it. */
static void test_room(void **state)
{
	const struct index_options second = { .config = "second",
					      .every_config = true };
	const struct index_options first = { .every_config = true };
	struct compdb few = COMPDB_INIT, more = COMPDB_INIT;
	uint64_t room = index_kept_room;
	struct result r;
	int i;

	(void)state;
	add_commands(&few);
	few.nr = NR - 1;
	r = run_with(&few, &first);
	assert_int_equal(r.sum.prefixes, 1);
	result_release(&r);
	change_store(halve_room);
	for (i = 0; i < NR; i++) {
		char *name = xasprintf("u%d.c", i);

		add_command(&more, name, "-DX=2");
		free(name);
	}
	r = run_with(&more, &second);
	assert_int_equal(r.sum.prefixes, 1);
	result_release(&r);
	change_store(expect_none);
	edit(0, 1);
	r = run_with(&more, &second);
	assert_int_equal(r.sum.with_kept, 1);
	result_release(&r);
	write_file("inc/a.h", new_a);
	r = run_with(&few, &first);
	assert_int_equal(r.sum.prefixes, 1);
	result_release(&r);
	change_store(expect_none);
	index_kept_room = room;
	release_all(&few);
	compdb_release(&more);
}

/* Those that few units would ever use are not kept. */
static void test_share(void **state)
{
	const struct index_options second = { .config = "second",
					      .every_config = true };
	struct compdb db = COMPDB_INIT;
	struct result r;
	int i;

	(void)state;
	for (i = 0; i < 81; i++) {
		char *name = xasprintf("u%d.c", i);

		write_unit(i, "");
		add_command(&db, name, i < 4 ? "-DX=2" : "-DX=1");
		free(name);
	}
	r = run_with(&db, &usual);
	check_counts(&r, "4 of 81", (struct counts){ 81, 81, 0, 2 });
	result_release(&r);
	change_store(expect_one);
	edit(0, 1);
	edit(80, 1);
	r = run_with(&db, &usual);
	check_counts(&r, "one of them", (struct counts){ 2, 1, 1, 0 });
	result_release(&r);
	/* 4 of 80 */
	db.nr = 80;
	r = run_with(&db, &second);
	check_counts(&r, "4 of 80", (struct counts){ 80, 80, 0, 2 });
	result_release(&r);
	edit(0, 2);
	r = run_with(&db, &second);
	check_counts(&r, "one of these", kept);
	result_release(&r);
	db.nr = 81;
	compdb_release(&db);
}

static void edit_x(int unit)
{
	write_unit(unit, "#if X == 2\nint more(void);\n#endif");
}

/* What another configuration parses is no use that a prefix header has here. */
static void test_borrowed(void **state)
{
	const struct index_options second = { .config = "second" };
	struct compdb db = COMPDB_INIT, other = COMPDB_INIT;
	struct result r;
	int i;

	(void)state;
	for (i = 0; i < 81; i++) {
		char *name = xasprintf("u%d.c", i);

		write_unit(i, i < 4 ? "#if X == 2\nint x(void);\n#endif" : "");
		add_command(&db, name, "-DX=1");
		add_command(&other, name, "-DX=2");
		free(name);
	}
	run_only(&db, "81");
	r = run_with(&other, &second);
	assert_int_equal(r.sum.borrowed, 77);
	check_counts(&r, "4 of 81", (struct counts){ 4, 4, 0, 1 });
	result_release(&r);
	edit_x(0);
	r = run_with(&other, &second);
	check_counts(&r, "one of them", exact);
	result_release(&r);
	compdb_release(&db);
	compdb_release(&other);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, index_tree_make, tree_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_all_stale),
		TEST(test_dropped),
		TEST(test_dropped_by_scan),
		TEST(test_interrupted),
		TEST(test_room),
		TEST(test_share),
		TEST(test_borrowed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
