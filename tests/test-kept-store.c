// SPDX-License-Identifier: GPL-2.0-only
/*
 * Prefix headers in the database: which are kept and for how long, and that a
 * damaged one costs nothing but time.
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

/* ---- what happens to itself ---- */

static int flip(struct store *store, uint32_t config, int kind, size_t at)
{
	struct strbuf data = STRBUF_INIT;
	int ret = store_get_memo(store, config, kind, &data);

	assert_true(data.len > at);
	data.buf[at] ^= 4;
	if (!ret)
		ret = store_put_memo(store, config, kind, data.buf, data.len);
	strbuf_release(&data);
	return ret;
}

static int cut(struct store *store, uint32_t config, int kind)
{
	struct strbuf data = STRBUF_INIT;
	int ret = store_get_memo(store, config, kind, &data);

	if (!ret)
		ret = store_put_memo(store, config, kind, data.buf,
				     data.len / 2);
	strbuf_release(&data);
	return ret;
}

static int flip_pch(struct store *store, uint32_t config)
{
	return flip(store, config, MEMO_KEPT_PCH, 70000);
}

static int cut_pch(struct store *store, uint32_t config)
{
	return cut(store, config, MEMO_KEPT_PCH);
}

static int no_pch(struct store *store, uint32_t config)
{
	return store_put_memo(store, config, MEMO_KEPT_PCH, NULL, 0);
}

static int flip_state(struct store *store, uint32_t config)
{
	return flip(store, config, MEMO_KEPT_STATE, 200);
}

static int cut_state(struct store *store, uint32_t config)
{
	return cut(store, config, MEMO_KEPT_STATE);
}

static int flip_maker(struct store *store, uint32_t config)
{
	return flip(store, config, MEMO_KEPT, 8);
}

static int cut_list(struct store *store, uint32_t config)
{
	return cut(store, config, MEMO_KEPT);
}

static int long_list(struct store *store, uint32_t config)
{
	static const char zeroes[10000];
	struct strbuf data = STRBUF_INIT;
	int ret = store_get_memo(store, config, MEMO_KEPT, &data);

	strbuf_add(&data, zeroes, sizeof(zeroes));
	if (!ret)
		ret = store_put_memo(store, config, MEMO_KEPT, data.buf,
				     data.len);
	strbuf_release(&data);
	return ret;
}

/* As if another prefix header had its number now. */
static int other_facts(struct store *store, uint32_t config)
{
	struct kept_list list;
	int ret = kept_list_load(store, config, &list);

	assert_int_equal(list.nr, 1);
	list.rows[0].sets++;
	return ret ? ret : kept_list_store(store, config, &list);
}

/* What it holds is not what its sum is of: libclang has to refuse it. */
static int put_nonsense(struct store *store, uint32_t config, const char *pch)
{
	struct kept_list list;
	int ret = kept_list_load(store, config, &list);

	assert_int_equal(list.nr, 1);
	list.rows[0].pch_len = strlen(pch);
	list.rows[0].pch_sum = kept_sum_of(pch, strlen(pch));
	if (!ret)
		ret = kept_list_store(store, config, &list);
	if (!ret)
		ret = store_put_memo(store, config, MEMO_KEPT_PCH, pch,
				     strlen(pch));
	return ret;
}

static int nonsense_pch(struct store *store, uint32_t config)
{
	return put_nonsense(store, config, "CPCH, but nothing of it");
}

static int text_pch(struct store *store, uint32_t config)
{
	return put_nonsense(store, config, "int a;\n");
}

static void test_damaged(void **state)
{
	static const struct {
		const char *name;
		int (*change)(struct store *store, uint32_t config);
		bool stays; /* and is in nobody's way */
	} table[] = {
		{ "flipped pch", flip_pch },
		{ "cut pch", cut_pch },
		{ "no pch", no_pch },
		{ "flipped state", flip_state },
		{ "cut state", cut_state },
		{ "other libclang", flip_maker, true },
		{ "cut list", cut_list, true },
		{ "long list", long_list, true },
		{ "other facts", other_facts },
		{ "nonsense", nonsense_pch },
		{ "text", text_pch },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct compdb db = COMPDB_INIT;

		if (i) {
			tree_remove(state);
			index_tree_make(state);
		}
		first_run(&db);
		change_store(table[i].change);
		edit(0, 1);
		run_and_count(&db, &usual, table[i].name, exact);
		if (!table[i].stays)
			change_store(expect_none);
		edit(0, 2);
		run_and_count(&db, &usual, table[i].name, exact);
		/* the next one that is built is kept again */
		write_file("inc/a.h", new_a);
		run_and_count(&db, &usual, table[i].name,
			      (struct counts){ NR, NR, 0, 1 });
		edit(0, 3);
		run_and_count(&db, &usual, table[i].name, kept);
		compdb_release(&db);
	}
}

/* A worker dies of it, or of the unit whatever it is parsed with. */
static int crash_with_prefix(struct unit_parser *p, const char *dir,
			     const char *file, const struct parse_args *args,
			     const char *pch, struct unit_facts *facts)
{
	if (pch)
		abort();
	return unit_parse(p, dir, file, args, pch, facts);
}

static int crash_on_u1(struct unit_parser *p, const char *dir, const char *file,
		       const struct parse_args *args, const char *pch,
		       struct unit_facts *facts)
{
	if (is_file(file, "u1.c"))
		abort();
	return unit_parse(p, dir, file, args, pch, facts);
}

static void test_crash(void **state)
{
	struct compdb db = COMPDB_INIT;
	struct result r;

	(void)state;
	first_run(&db);
	edit(0, 1);
	edit(1, 1);
	index_unit_parse = crash_on_u1;
	r = run_with(&db, &usual);
	assert_int_equal(r.sum.parsed, 1);
	assert_int_equal(r.sum.with_kept, 1);
	assert_int_equal(r.sum.by_status[UNIT_CRASHED], 1);
	result_release(&r);
	change_store(expect_one);
	index_unit_parse = unit_parse;
	run_and_count(&db, &usual, "mended", kept);
	edit(0, 2);
	edit(1, 2);
	index_unit_parse = crash_with_prefix;
	r = run_with(&db, &usual);
	check_counts(&r, "its fault", (struct counts){ 2, 0, 0, 0 });
	result_release(&r);
	index_unit_parse = unit_parse;
	same_as_exact(&db, "its fault");
	change_store(expect_none);
	compdb_release(&db);
}

/*
 * The first units of a directory are tried before the others: to die then is no
 * other death.
 */
static void test_crash_of_trial(void **state)
{
	struct compdb db = COMPDB_INIT;
	struct result r;
	int i;

	(void)state;
	make_dir("sub");
	for (i = 0; i < NR; i++) {
		char *name = xasprintf("sub/v%d.c", i);
		char *text = xasprintf("#include <a.h>\n#include <b.h>\n"
				       "int v%d(void) { return a() + c(); }\n",
				       i);

		write_file(name, text);
		add_command(&db, name, "-DX=1");
		free(text);
		free(name);
	}
	run_only(&db, "first");
	change_store(expect_one);
	for (i = 0; i < NR; i++) {
		char *name = xasprintf("sub/v%d.c", i);

		write_file(name, "#include <a.h>\n#include <b.h>\n"
				 "int w(void) { return c(); }\n");
		free(name);
	}
	index_unit_parse = crash_with_prefix;
	r = run_with(&db, &usual);
	check_counts(&r, "its fault", (struct counts){ NR, 0, 0, 0 });
	result_release(&r);
	index_unit_parse = unit_parse;
	same_as_exact(&db, "its fault");
	change_store(expect_none);
	compdb_release(&db);
}

/* ---- how long it stays ---- */

static int forget_tool(struct store *store, uint32_t config)
{
	return store_put_memo(store, config, MEMO_TOOL, "other", 5);
}

static int forget_files(struct store *store, uint32_t config)
{
	return store_put_memo(store, config, MEMO_WATCH, "other", 5);
}

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
		TEST(test_damaged),	   TEST(test_crash),
		TEST(test_crash_of_trial), TEST(test_all_stale),
		TEST(test_dropped),	   TEST(test_dropped_by_scan),
		TEST(test_interrupted),	   TEST(test_room),
		TEST(test_share),	   TEST(test_borrowed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
