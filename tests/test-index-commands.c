// SPDX-License-Identifier: GPL-2.0-only
/*
 * The commands of an indexed configuration are kept in the database, so that
 * another run needs no file of commands: when they are used, and when not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "callgraph/store-memo.h"
#include "indexer/compdb-kept.h"

#include "index-run.h"

static void expect_commands(const struct compdb *want, const char *name)
{
	char *path = in_tree("k.db");
	struct strbuf err = STRBUF_INIT, data = STRBUF_INIT;
	struct compdb got = COMPDB_INIT;
	struct store *store;
	size_t i;

	assert_int_equal(store_open(&store, path, STORE_READ, &err), 0);
	assert_int_equal(store_get_memo(store, 1, MEMO_COMMANDS, &data), 0);
	store_close(store);
	if (compdb_unpack(&got, data.buf, data.len) || got.nr != want->nr)
		fail_msg("%s: %zu commands", name, got.nr);
	for (i = 0; i < got.nr; i++) {
		assert_string_equal(got.cmds[i].file, want->cmds[i].file);
		assert_int_equal(got.cmds[i].argc, want->cmds[i].argc);
	}
	compdb_release(&got);
	strbuf_release(&data);
	free(path);
}

static void test_commands_are_kept(void **state)
{
	static char *argv[] = { (char *)"cc", (char *)"-c", (char *)"-Wnew" };
	struct compdb db = COMPDB_INIT;

	(void)state;
	add_commands(&db);
	expect(&db, "first", NR, 0, 0);
	expect_commands(&db, "first");
	compdb_add(&db, tree, "u1.c", argv, 3);
	run_only(&db, "another");
	expect_commands(&db, "another");
	db.nr--;
	run_only(&db, "gone");
	expect_commands(&db, "gone");
	db.nr++;
	compdb_release(&db);
}

static void write_json(const char *flag)
{
	char *text = xasprintf("[{\"directory\":\"%s\",\"file\":\"u1.c\","
			       "\"command\":\"cc %s\"}]",
			       tree, flag);

	write_file("cmds.json", text);
	free(text);
}

/* The second word of the only command that is loaded, at the end of time. */
static void expect_loaded(const char *expected, bool origin, int64_t now)
{
	char *json = in_tree("cmds.json"), *path = in_tree("k.db");
	struct compdb db = COMPDB_INIT;
	struct strbuf err = STRBUF_INIT;

	assert_int_equal(compdb_load_or_kept(&db, json, path, now, &err), 0);
	assert_int_equal(db.nr, 1);
	assert_string_equal(db.cmds[0].argv[1], expected);
	assert_int_equal(db.origin != NULL, origin);
	run_only(&db, expected);
	compdb_release(&db);
	free(json);
	free(path);
}

/* What is kept is made to differ from the file, which tells who was asked. */
static int keep_another(struct store *store, uint32_t config)
{
	static char *argv[] = { (char *)"cc", (char *)"-DKEPT" };
	struct compdb db = COMPDB_INIT;
	struct strbuf data = STRBUF_INIT;
	int ret;

	compdb_add(&db, tree, "u1.c", argv, 2);
	compdb_pack(&db, &data);
	ret = store_put_memo(store, config, MEMO_COMMANDS, data.buf, data.len);
	strbuf_release(&data);
	compdb_release(&db);
	return ret;
}

static int keep_nonsense(struct store *store, uint32_t config)
{
	return store_put_memo(store, config, MEMO_COMMANDS, "other", 5);
}

static void test_file_of_commands(void **state)
{
	(void)state;
	write_json("-DONE");
	/* it has just been written: another write may look the same */
	expect_loaded("-DONE", false, watch_now());
	change_store(keep_another);
	expect_loaded("-DONE", false, watch_now());
	expect_loaded("-DONE", true, INT64_MAX);
	change_store(keep_another);
	expect_loaded("-DKEPT", true, INT64_MAX);
	/* which a run with the same file takes to be what is kept */
	expect_loaded("-DKEPT", true, INT64_MAX);
	write_json("-DTHREE");
	expect_loaded("-DTHREE", true, INT64_MAX);
	change_store(keep_nonsense);
	expect_loaded("-DTHREE", true, INT64_MAX);
	/* what is in an @file does not show in the file that names it */
	write_file("a.rsp", "-DFOUR");
	write_json("@a.rsp");
	expect_loaded("-DFOUR", false, INT64_MAX);
	write_file("a.rsp", "-DFIVE");
	expect_loaded("-DFIVE", false, INT64_MAX);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, index_tree_make, tree_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_commands_are_kept),
		TEST(test_file_of_commands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
