// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is kept beside the commands: that it is the same as what comes of them,
 * that it is used, and when it must not be.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "callgraph/store-memo.h"
#include "indexer/args-kept.h"
#include "indexer/compdb-kept.h"

#include "index-run.h"

/* u0.c looks for headers in a directory that is not there yet. */
static void write_json(void)
{
	struct strbuf text = STRBUF_INIT;
	int i;

	strbuf_addch(&text, '[');
	for (i = 0; i < NR; i++)
		strbuf_addf(&text,
			    "%s{\"directory\":\"%s\",\"file\":\"u%d.c\","
			    "\"command\":\"cc %s -Iinc -fno-such-flag -DX=%d"
			    " -c u%d.c\"}",
			    i ? "," : "", tree, i, i ? "" : "-I early", i, i);
	strbuf_addch(&text, ']');
	write_file("cmds.json", text.buf);
	strbuf_release(&text);
}

static int setup(void **state)
{
	int ret = index_tree_make(state);

	if (!ret)
		write_json();
	return ret;
}

static void load(struct compdb *db)
{
	char *json = in_tree("cmds.json"), *path = in_tree("k.db");
	struct strbuf err = STRBUF_INIT;

	*db = (struct compdb)COMPDB_INIT;
	assert_int_equal(compdb_load_or_kept(db, json, path, INT64_MAX, &err),
			 0);
	assert_int_equal(db->nr, NR);
	free(json);
	free(path);
}

/* The commands are loaded as they would be for another run, which follows. */
static void expect_next(const char *name, bool kept, uint32_t parsed)
{
	struct compdb db;

	load(&db);
	if (kept != (db.kept != NULL))
		fail_msg("%s: kept %d", name, db.kept != NULL);
	expect(&db, name, parsed, NR - parsed, 0);
	compdb_release(&db);
}

static void test_same_as_made_anew(void **state)
{
	struct flag_report *report = flag_report_new();
	struct compdb db;
	size_t i;

	(void)state;
	expect_next("first", false, NR);
	load(&db);
	assert_non_null(db.kept);
	for (i = 0; i < db.nr; i++) {
		struct parse_args args;

		parse_args_init(&args, &db.cmds[i], report);
		assert_int_equal(db.cmds[i].command_hash, args.command_hash);
		assert_int_equal(db.cmds[i].prefix_key, args.prefix_key);
		parse_args_release(&args);
	}
	assert_int_equal(db.kept->nr_search, 2);
	assert_string_equal(db.kept->search[0].dir, "early");
	assert_string_equal(db.kept->search[1].dir, "inc");
	assert_string_equal(db.kept->search[1].directory, tree);
	compdb_release(&db);
	flag_report_free(report);
}

/* What the run says is what it said when it looked at all commands. */
static void test_dropped_flags(void **state)
{
	struct result r;
	struct compdb db;
	int i;

	(void)state;
	for (i = 0; i < 2; i++) {
		load(&db);
		r = run_with(&db, &usual);
		assert_int_equal(r.ret, 0);
		assert_non_null(strstr(r.sum.dropped_flags.buf,
				       "-fno-such-flag (6 units)"));
		result_release(&r);
		compdb_release(&db);
	}
}

/* One of the hashes is changed, and the unit is another one then. */
static int change_hash(struct store *store, uint32_t config)
{
	struct strbuf memo = STRBUF_INIT;
	uint64_t hash;
	size_t at;
	struct compdb db;
	int ret;

	load(&db);
	hash = db.cmds[3].command_hash;
	ret = store_get_memo(store, config, MEMO_ARGS, &memo);
	for (at = 0; memcmp(memo.buf + at, &hash, sizeof(hash)); at++)
		assert_true(at + sizeof(hash) < memo.len);
	memo.buf[at] ^= 1;
	if (!ret)
		ret = store_put_memo(store, config, MEMO_ARGS, memo.buf,
				     memo.len);
	compdb_release(&db);
	strbuf_release(&memo);
	return ret;
}

static void test_is_used(void **state)
{
	struct compdb db;

	(void)state;
	expect_next("first", false, NR);
	expect_next("again", true, 0);
	change_store(change_hash);
	load(&db);
	expect(&db, "another hash", 1, NR - 1, 1);
	compdb_release(&db);
}

/* A unit that is edited is parsed with arguments that are made then. */
static void test_edit(void **state)
{
	(void)state;
	expect_next("first", false, NR);
	write_unit(4, "#if X != 4\n#error no arguments\n#endif\n");
	expect_next("edited", true, 1);
	expect_stored("u4.c 0 ");
	/* all of them: then they share a prefix header */
	write_file("inc/a.h", "#pragma once\nint a(void);\nint more;\n");
	expect_next("header", true, NR);
}

/* No unit has read anything there, and only one would. */
static void test_new_directory(void **state)
{
	(void)state;
	expect_next("first", false, NR);
	make_dir("early");
	write_file("early/a.h", "#pragma once\nint a(void);\n");
	expect_next("shadowed", true, 1);
}

static struct strbuf kept_memo;

static int get_memo(struct store *store, uint32_t config)
{
	return store_get_memo(store, config, MEMO_ARGS, &kept_memo);
}

static int put_memo(struct store *store, uint32_t config)
{
	return store_put_memo(store, config, MEMO_ARGS, kept_memo.buf,
			      kept_memo.len);
}

/* Cut short anywhere, it is not used. */
static void test_cut_short(void **state)
{
	struct compdb db;
	size_t whole, step;

	(void)state;
	expect_next("first", false, NR);
	strbuf_init(&kept_memo);
	change_store(get_memo);
	whole = kept_memo.len;
	assert_true(whole > 100);
	for (step = 1; step < whole; step++) {
		kept_memo.len = whole - step;
		change_store(put_memo);
		load(&db);
		if (db.kept || db.cmds[0].command_hash)
			fail_msg("%zu of %zu bytes are enough", kept_memo.len,
				 whole);
		compdb_release(&db);
	}
	/* it is made again, and so is one of another libclang */
	expect_next("cut short", false, 0);
	expect_next("mended", true, 0);
	strbuf_reset(&kept_memo);
	change_store(get_memo);
	assert_int_equal(kept_memo.len, whole);
	*strstr(kept_memo.buf + sizeof(uint64_t), "clang") = 'K';
	change_store(put_memo);
	expect_next("another tool", false, 0);
	expect_next("mended again", true, 0);
	strbuf_release(&kept_memo);
}

static int change_origin(struct store *store, uint32_t config)
{
	return store_put_memo(store, config, MEMO_ORIGIN, "elsewhere", 9);
}

static int read_kept(struct store *store, uint32_t config)
{
	struct compdb db;
	int ret;

	load(&db);
	ret = args_kept_read(&db, store, config);
	assert_null(db.kept);
	compdb_release(&db);
	return ret;
}

/* By a version that does not know that there is more to be kept. */
static void test_other_commands(void **state)
{
	(void)state;
	expect_next("first", false, NR);
	change_store(change_origin);
	change_store(read_kept);
	expect_next("other commands", false, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, tree_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_same_as_made_anew), TEST(test_dropped_flags),
		TEST(test_is_used),	      TEST(test_edit),
		TEST(test_new_directory),     TEST(test_cut_short),
		TEST(test_other_commands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
