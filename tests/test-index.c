// SPDX-License-Identifier: GPL-2.0-only
/*
 * The index run over a small tree, with real parses and with ones put in their
 * place that crash, hang or lie. What a second run parses again is
 * test-index-stale.c's; check-index looks at the same from outside.
 */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "index-run.h"

static int crash_on_u2(struct unit_parser *p, const char *dir, const char *file,
		       const struct parse_args *args, const char *pch,
		       struct unit_facts *facts)
{
	if (is_file(file, "u2.c"))
		abort();
	return unit_parse(p, dir, file, args, pch, facts);
}

static int hang_on_u2(struct unit_parser *p, const char *dir, const char *file,
		      const struct parse_args *args, const char *pch,
		      struct unit_facts *facts)
{
	while (is_file(file, "u2.c"))
		pause();
	return unit_parse(p, dir, file, args, pch, facts);
}

/* What the prefix would do if it changed a unit: a call is lost. */
static int lie_on_u2(struct unit_parser *p, const char *dir, const char *file,
		     const struct parse_args *args, const char *pch,
		     struct unit_facts *facts)
{
	int ret = unit_parse(p, dir, file, args, pch, facts);
	uint32_t i;

	for (i = 0; pch && is_file(file, "u2.c") && i < facts->nr_bodies; i++)
		if (facts->bodies[i].nr_calls)
			facts->bodies[i].nr_calls--;
	return ret;
}

static void test_bad_unit(void **state)
{
	static const struct {
		const char *name;
		int (*parse)(struct unit_parser *p, const char *dir,
			     const char *file, const struct parse_args *args,
			     const char *pch, struct unit_facts *facts);
		enum unit_status status;
		const char *stored;
	} table[] = {
		{ "crash", crash_on_u2, UNIT_CRASHED,
		  "u2.c 3 its worker was killed by signal 6" },
		{ "hang", hang_on_u2, UNIT_TIMEOUT,
		  "u2.c 4 took longer than 3 seconds" },
	};
	const struct index_options opt = { .timeout = 3 };
	struct compdb db = COMPDB_INIT;
	size_t i;

	(void)state;
	add_commands(&db);
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct result r;

		write_unit(2, i ? "/* again */" : "");
		index_unit_parse = table[i].parse;
		r = run_with(&db, &opt);
		if (r.ret || r.sum.failed != 1 ||
		    r.sum.by_status[table[i].status] != 1)
			fail_msg("%s: %d %s, %u failed", table[i].name, r.ret,
				 r.err.buf, r.sum.failed);
		result_release(&r);
		expect_stored(table[i].stored);
		index_unit_parse = unit_parse;
		expect(&db, table[i].name, 1, NR - 1, 0);
	}
	compdb_release(&db);
}

static void test_interrupted(void **state)
{
	const struct index_options one = { .jobs = 1 };
	struct compdb db = COMPDB_INIT;
	struct result r;
	char *tmp = in_tree("k.db.tmp");

	(void)state;
	add_commands(&db);
	index_unit_parse = stop_on_u2;
	r = run_with(&db, &one);
	assert_int_equal(r.ret, 0);
	assert_true(r.sum.interrupted);
	assert_int_equal(r.sum.signal, SIGINT);
	assert_int_equal(r.sum.parsed, 2);
	assert_int_equal(access(tmp, F_OK), -1);
	result_release(&r);
	index_unit_parse = unit_parse;
	expect(&db, "the next run goes on", NR - 2, 2, 0);
	compdb_release(&db);
	free(tmp);
}

static void test_verify(void **state)
{
	const struct index_options opt = { .verify_prefix = true };
	struct compdb db = COMPDB_INIT;
	struct result r;

	(void)state;
	add_commands(&db);
	r = run_with(&db, &opt);
	assert_int_equal(r.ret, 0);
	assert_int_equal(r.sum.with_prefix, NR);
	assert_int_equal(r.sum.differing, 0);
	result_release(&r);

	write_file("inc/a.h", "#pragma once\nint a(void); /* stale */\n");
	index_unit_parse = lie_on_u2;
	r = run_with(&db, &opt);
	assert_int_equal(r.ret, 0);
	assert_int_equal(r.sum.differing, 1);
	assert_string_equal(r.sum.differing_files.buf, "u2.c\n");
	/* and what is stored is the truth */
	assert_int_equal(r.sum.with_prefix, NR - 1);
	result_release(&r);
	compdb_release(&db);
}

static void test_prefix_use(void **state)
{
	struct compdb db = COMPDB_INIT;
	struct result r;

	(void)state;
	write_file("u1.c", "#define NO_B\n#include <a.h>\n#include <b.h>\n"
			   "int u1(void) { return b(); }\n");
	write_file("own.h", "#define NO_B\n");
	write_file("u3.c", "#include \"own.h\"\n#include <b.h>\n"
			   "#include <a.h>\nint u3(void) { return b(); }\n");
	/* fits, but clashes with what it does not include itself */
	write_file("u4.c", "#include <a.h>\nchar *b(int);\n");
	add_commands(&db);
	r = run_with(&db, &usual);
	assert_int_equal(r.ret, 0);
	assert_int_equal(r.sum.prefixes, 1);
	assert_int_equal(r.sum.with_prefix, NR - 3);
	assert_int_equal(r.sum.redone, 2);
	assert_int_equal(r.sum.lost_prefix, 0);
	assert_int_equal(r.sum.errors, 0);
	result_release(&r);
	compdb_release(&db);
}

/* As if somebody had removed or cut the prefix header while it was in use. */
static int lose_prefix(struct unit_parser *p, const char *dir, const char *file,
		       const struct parse_args *args, const char *pch,
		       struct unit_facts *facts)
{
	if (pch && is_file(file, "u4.c"))
		assert_int_equal(truncate(pch, 100), 0);
	else if (pch && is_file(file, "u5.c"))
		unlink(pch);
	return unit_parse(p, dir, file, args, pch, facts);
}

static void test_lost_prefix(void **state)
{
	struct index_options opt = { .jobs = 1 };
	struct compdb db = COMPDB_INIT;
	struct result r;

	(void)state;
	index_unit_parse = lose_prefix;
	add_commands(&db);
	r = run_with(&db, &opt);
	assert_int_equal(r.ret, 0);
	assert_int_equal(r.sum.errors, 0);
	assert_int_equal(r.sum.with_prefix, NR - 2);
	assert_int_equal(r.sum.redone, 2);
	assert_int_equal(r.sum.lost_prefix, 2);
	assert_non_null(strstr(r.sum.notes.buf, "2 units were parsed one by "
						"one"));
	assert_non_null(strstr(r.sum.notes.buf, "k.db.tmp"));
	result_release(&r);
	compdb_release(&db);
}

/* A prefix header that takes its worker down, or none at all. */
static void test_no_prefix(void **state)
{
	const struct index_options opt = { .no_prefix = true };
	struct compdb db = COMPDB_INIT;
	struct result r;

	(void)state;
	add_commands(&db);
	r = run_with(&db, &opt);
	assert_int_equal(r.ret, 0);
	assert_int_equal(r.sum.with_prefix, 0);
	assert_int_equal(r.sum.prefixes, 0);
	assert_int_equal(r.sum.parsed, NR);
	result_release(&r);
	compdb_release(&db);
}

/* u4.c is a pipe that nobody writes to, u5.c has lost its @file. */
static void test_unparsable(void **state)
{
	const struct index_options opt = { .timeout = 10 };
	char *path = in_tree("u4.c");
	struct compdb db = COMPDB_INIT;
	struct result r;

	(void)state;
	assert_int_equal(unlink(path), 0);
	assert_int_equal(mkfifo(path, 0666), 0);
	add_commands(&db);
	db.cmds[5].broken = (char *)"@x.rsp cannot be read: No such file";
	r = run_with(&db, &opt);
	assert_int_equal(r.ret, 0);
	assert_int_equal(r.sum.by_status[UNIT_FAILED], 2);
	assert_int_equal(r.sum.failed, 2);
	assert_string_equal(r.sum.example[UNIT_FAILED], "u4.c");
	result_release(&r);
	expect_stored("u4.c 2 it is not a regular file");
	expect_stored("u5.c 2 @x.rsp cannot be read: No such file");
	compdb_release(&db);
	free(path);
}

static void expect_name(const char *dir, const char *file, const char *want)
{
	char *from = in_tree(dir), *path = in_tree("k.db");
	struct compdb db = COMPDB_INIT;
	char *argv[] = { "clang", "-I..", "-c", "x.c" };

	compdb_add(&db, from, file, argv, ARRAY_SIZE(argv));
	compdb_add(&db, from, "../u0.c", argv, ARRAY_SIZE(argv));
	run_only(&db, dir);
	expect_stored(want);
	compdb_release(&db);
	unlink(path);
	free(from);
	free(path);
}

/* A folder of the tree that commands run in is no build directory. */
static void test_objdir(void **state)
{
	(void)state;
	make_parents("sub/x.c");
	write_file("sub/x.c", "int x;\n");
	expect_name("sub", "x.c", "sub/x.c 0");
	make_parents("out/include/generated/x.h");
	write_file("out/x.c", "int x;\n");
	expect_name("out", "x.c", "$O/x.c 0");
}

static void test_missing_file(void **state)
{
	struct compdb db = COMPDB_INIT;
	struct result r;
	char *path = in_tree("u5.c");

	(void)state;
	add_commands(&db);
	expect(&db, "first", NR, 0, 0);
	unlink(path);
	r = run_with(&db, &usual);
	assert_int_equal(r.ret, 0);
	assert_int_equal(r.sum.by_status[UNIT_MISSING], 1);
	assert_int_equal(r.sum.parsed, 0);
	assert_int_equal(r.sum.fresh, NR - 1);
	result_release(&r);
	expect_stored("u5.c 5 the file does not exist");
	write_unit(5, "");
	expect(&db, "back again", 1, NR - 1, 0);
	compdb_release(&db);
	free(path);
}

/* Two commands for one file are two units, unless they mean the same. */
static void test_two_commands(void **state)
{
	struct compdb db = COMPDB_INIT;

	(void)state;
	add_command(&db, "u0.c", "-DX=1");
	add_command(&db, "u0.c", "-DX=2");
	add_command(&db, "u0.c", "-Wall"); /* no meaning for a parse ... */
	add_command(&db, "u0.c", "-Wextra"); /* ... so the same again */
	expect(&db, "two commands", 3, 0, 0);
	expect(&db, "again", 0, 3, 0);
	compdb_release(&db);
}

static void test_foreign(void **state)
{
	static const struct {
		const char *name, *file, *tree, *expected;
	} table[] = {
		{ "no file exists", "/nowhere/a.c", NULL,
		  "c.json: none of the 1 files it names exists" },
		{ "none in the tree", "u0.c", "/nowhere",
		  "c.json: none of the 1 files it names lies below" },
		{ "no unit", NULL, NULL, "c.json: there is no C" },
	};
	char *path = in_tree("k.db");
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		const struct index_options opt = { .tree = table[i].tree };
		struct compdb db = COMPDB_INIT;
		struct result r;

		if (table[i].file)
			add_command(&db, table[i].file, "-DX");
		r = run_with(&db, &opt);
		if (r.ret != -EINVAL || !strstr(r.err.buf, table[i].expected))
			fail_msg("%s: %d '%s'", table[i].name, r.ret,
				 r.err.buf);
		result_release(&r);
		compdb_release(&db);
	}
	/* bad input makes no database */
	assert_int_equal(access(path, F_OK), -1);
	free(path);
}

/* What a killed run left behind goes, what is not ours stays. */
static void test_leftovers(void **state)
{
	struct compdb db = COMPDB_INIT;
	char *dir = in_tree("k.db.tmp"), *ours = in_tree("k.db.tmp/prefix-9.h");
	char *other = in_tree("k.db.tmp/letter");

	(void)state;
	mkdir(dir, 0777);
	write_file("k.db.tmp/prefix-9.h", "");
	write_file("k.db.tmp/letter", "");
	add_commands(&db);
	expect(&db, "leftovers", NR, 0, 0);
	assert_int_equal(access(ours, F_OK), -1);
	assert_int_equal(access(other, F_OK), 0);
	write_file("k.db.tmp/prefix-9.h", "");
	expect(&db, "nothing to do", 0, NR, 0);
	assert_int_equal(access(ours, F_OK), -1);
	assert_int_equal(access(other, F_OK), 0);
	compdb_release(&db);
	free(dir);
	free(ours);
	free(other);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, index_tree_make, tree_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_bad_unit),	 TEST(test_interrupted),
		TEST(test_verify),	 TEST(test_prefix_use),
		TEST(test_lost_prefix),	 TEST(test_no_prefix),
		TEST(test_unparsable),	 TEST(test_objdir),
		TEST(test_missing_file), TEST(test_two_commands),
		TEST(test_foreign),	 TEST(test_leftovers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
