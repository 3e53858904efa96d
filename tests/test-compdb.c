// SPDX-License-Identifier: GPL-2.0-only
/* Compilation databases: both forms, @files, and everything that is none. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "compdb-text.h"

#define CURE "; make it with 'probewalk compdb' or 'make compile_commands.json'"

static const struct {
	const char *name, *input, *expected;
} load_table[] = {
	{ "arguments",
	  "[{\"directory\":\"/o\",\"file\":\"a.c\","
	  "\"arguments\":[\"cc\",\"-c\",\"-o\",\"a.o\",\"a.c\"]}]",
	  "/o|/o/a.c|a.o|cc|-c|-o|a.o|a.c" },
	{ "command",
	  "[{\"directory\":\"/o\",\"file\":\"/t/a.c\","
	  "\"command\":\"cc -oa.o '-DX=\\\"y z\\\"' a\\\\ b.c\"}]",
	  "/o|/t/a.c|a.o|cc|-oa.o|-DX=\"y z\"|a b.c" },
	{ "operators are ordinary in a command",
	  "[{\"directory\":\"/o\",\"file\":\"a.c\","
	  "\"command\":\"cc -Da;b #c $(d)\"}]",
	  "/o|/o/a.c|-|cc|-Da;b|#c|$(d)" },
	{ "both forms: the words as they are",
	  "[{\"directory\":\"/o\",\"file\":\"a.c\","
	  "\"command\":\"gcc\",\"arguments\":[\"cc\"]}]",
	  "/o|/o/a.c|-|cc" },
	{ "relative directory and dots",
	  "[{\"directory\":\"./sub/d\",\"file\":\"x/../../y//./a.c\","
	  "\"arguments\":[\"cc\"]}]",
	  "%/sub/d|%/sub/y/a.c|-|cc" },
	{ "not C",
	  "[{\"directory\":\"/o\",\"file\":\"a.S\","
	  "\"arguments\":[\"cc\"]},"
	  "{\"directory\":\"/o\",\"file\":\"a.cc\",\"command\":\"cc\"},"
	  "{\"directory\":\"/o\",\"file\":\"b.c\",\"command\":\"cc\"}]",
	  "/o|/o/b.c|-|cc" },
	{ "exact duplicates",
	  "[{\"directory\":\"/o\",\"file\":\"b.c\",\"command\":\"cc\"},"
	  "{\"directory\":\"/o\",\"file\":\"a.c\",\"command\":\"cc\"},"
	  "{\"directory\":\"/o\",\"file\":\"./b.c\",\"command\":\"cc\"},"
	  "{\"directory\":\"/o\",\"file\":\"b.c\",\"command\":\"cc -O\"}]",
	  "/o|/o/b.c|-|cc\n/o|/o/a.c|-|cc\n/o|/o/b.c|-|cc|-O" },
	{ "blanks and unknown members",
	  "\n [ {\"directory\" : \"/o\", \"file\":\"a.c\",\n\"x\":[{}],"
	  "\"command\":\"cc\"}\n ]\n\n",
	  "/o|/o/a.c|-|cc" },
	{ "nested @files",
	  "[{\"directory\":\"%\",\"file\":\"/t/a.c\","
	  "\"arguments\":[\"cc\",\"@a.rsp\",\"@\",\"-O\"]}]",
	  "%|/t/a.c|-|cc|-DA|-DB=x y|-DC=\"|-DZ|@|-O" },
	{ "@file in a command",
	  "[{\"directory\":\"%/sub\",\"file\":\"/t/a.c\","
	  "\"command\":\"cc @c.rsp @../sub/c.rsp\"}]",
	  "%/sub|/t/a.c|-|cc|-DC=\"|-DC=\"" },
};

static void test_load(void **state)
{
	char *sub = in_tree("sub");
	size_t i;

	(void)state;
	mkdir(sub, 0777);
	free(sub);
	write_file("a.rsp", "-DA\n@b.rsp\t'-DZ'\n");
	write_file("b.rsp", "\"-DB=x y\" @sub/c.rsp");
	/* A backslash escapes inside single quotes here. */
	write_file("sub/c.rsp", "'-DC=\\\"'");
	for (i = 0; i < ARRAY_SIZE(load_table); i++) {
		struct compdb db = COMPDB_INIT;
		struct strbuf err = STRBUF_INIT;
		char *input = with_dir(load_table[i].input);
		char *want = with_dir(load_table[i].expected), *got;

		if (load(&db, input, &err))
			fail_msg("%s: %s", load_table[i].name, err.buf);
		got = describe(&db);
		if (strcmp(got, want))
			fail_msg("%s: '%s'", load_table[i].name, got);
		compdb_release(&db);
		strbuf_release(&err);
		free(input);
		free(want);
		free(got);
	}
}

/* ---- commands that are not known as a whole ---- */

static const struct {
	const char *name, *command, *broken, *kept;
} broken_table[] = {
	{ "not there", "cc @no/such -DA",
	  "@%/no/such cannot be read: No such file or directory",
	  "%|%/a.c|-|cc|@no/such|-DA" },
	{ "in itself", "cc @loop.rsp",
	  "@%/loop.rsp is nested more than 16 deep", NULL },
	{ "an open quote", "cc @open.rsp", "a quote in @open.rsp is not closed",
	  NULL },
	{ "a directory", "cc @sub", "@%/sub cannot be read: Invalid argument",
	  NULL },
	{ "one of two", "cc @b.rsp @no/such",
	  "@%/no/such cannot be read: No such file or directory", NULL },
};

/* It costs its command; the next one is read. */
static void test_broken(void **state)
{
	size_t i;

	(void)state;
	write_file("b.rsp", "-DB");
	write_file("loop.rsp", "-DX @loop.rsp");
	write_file("open.rsp", "-DX \"y");
	for (i = 0; i < ARRAY_SIZE(broken_table); i++) {
		char *text = xasprintf("[{\"directory\":\"%s\",\"file\":"
				       "\"a.c\",\"command\":\"%s\"},"
				       "{\"directory\":\"/o\",\"file\":"
				       "\"b.c\",\"command\":\"cc\"}]",
				       tree, broken_table[i].command);
		char *broken = with_dir(broken_table[i].broken);
		struct compdb db = COMPDB_INIT;
		struct strbuf err = STRBUF_INIT;

		if (load(&db, text, &err))
			fail_msg("%s: %s", broken_table[i].name, err.buf);
		assert_int_equal(db.nr, 2);
		assert_string_equal(db.cmds[0].broken, broken);
		assert_null(db.cmds[1].broken);
		if (broken_table[i].kept) {
			char *want = with_dir(broken_table[i].kept);
			char *got = describe(&db);

			if (strncmp(got, want, strlen(want)))
				fail_msg("%s: '%s'", want, got);
			free(want);
			free(got);
		}
		compdb_release(&db);
		strbuf_release(&err);
		free(broken);
		free(text);
	}
}

/* ---- the quick way and the long one ---- */

/* A member that is not known sends an entry the long way. */
static void test_both_ways(void **state)
{
	char *quick = all_entries(""), *slow = all_entries("\"x\":1,");
	struct compdb a = COMPDB_INIT, b = COMPDB_INIT;
	struct strbuf err = STRBUF_INIT;
	char *got, *want;

	(void)state;
	assert_int_equal(load(&a, quick, &err), 0);
	assert_int_equal(load(&b, slow, &err), 0);
	assert_int_equal(a.nr, nr_entries);
	got = describe(&a);
	want = describe(&b);
	assert_string_equal(got, want);
	compdb_release(&a);
	compdb_release(&b);
	strbuf_release(&err);
	free(quick);
	free(slow);
	free(got);
	free(want);
}

#define HEAD	       "[{\"directory\":\"/o\",\"file\":\"a.c\",\"command\":\"cc\"}"
#define ENTRY(members) HEAD ",\n{\"directory\":\"/o\"," members "}]"

static const struct {
	const char *name, *input, *expected;
} error_table[] = {
	{ "empty", "", " is empty" },
	{ "blank", " \n\n", " is empty" },
	{ "no commands", "[ ]", " names no commands" },
	{ "an object", "{\"directory\":\"/o\"}",
	  " is not a compilation database, which is a JSON array of commands" },
	{ "a string", "\"x\"",
	  " is not a compilation database, which is a JSON array of commands" },
	{ "not JSON", "\nhello",
	  " is not a compilation database: line 2: "
	  "invalid token near 'hello'" },
	{ "a cut object",
	  "{\"a\":", " is cut short and not a compilation database" },
	{ "cut behind the bracket", "[\n",
	  " is cut short: it ends in line 2, in the middle of entry 1" },
	{ "cut in an entry", HEAD ",\n{\"directory\":\"/o",
	  " is cut short: it ends in line 2, in the middle of entry 2" },
	{ "cut between entries", HEAD "\n",
	  " is cut short: it ends in line 2, after entry 1" },
	{ "cut behind a comma", HEAD ",\n",
	  " is cut short: it ends in line 2, in the middle of entry 2" },
	{ "no comma", HEAD "\n{}]",
	  " is not valid JSON: line 2: ',' or ']' is expected after entry 1" },
	{ "bad JSON later", HEAD ",\n\n{\"a\" 1}]",
	  " is not valid JSON: line 3, entry 2: ':' expected near '1'" },
	{ "a member twice", HEAD ",\n{\"a\":1,\"a\":1}]",
	  " is not valid JSON: line 2, entry 2: "
	  "duplicate object key near '\"a\"'" },
	{ "text behind", HEAD "]\nx",
	  " is not valid JSON: line 2: text after the closing ']'" },
	{ "an entry that is a number", HEAD ", 7]",
	  ": entry 2: is not an object with \"directory\", \"file\" and "
	  "\"arguments\"" },
	{ "an entry that is an array", "[[]]",
	  ": entry 1: is not an object with \"directory\", \"file\" and "
	  "\"arguments\"" },
	{ "no directory", "[{\"file\":\"a.c\",\"command\":\"cc\"}]",
	  ": entry 1: \"directory\" is missing" },
	{ "no file", ENTRY("\"command\":\"cc\""),
	  ": entry 2: \"file\" is missing" },
	{ "no command", ENTRY("\"file\":\"a.c\""),
	  ": entry 2: \"command\" and \"arguments\" are both missing" },
	{ "a file that is a number", ENTRY("\"file\":1"),
	  ": entry 2: \"file\" is not a string" },
	{ "a file that is empty", ENTRY("\"file\":\"\""),
	  ": entry 2: \"file\" is empty" },
	{ "a command that is an array",
	  ENTRY("\"file\":\"a.c\",\"command\":[\"cc\"]"),
	  ": entry 2: \"command\" is not a string" },
	{ "a blank command", ENTRY("\"file\":\"a.c\",\"command\":\"  \""),
	  ": entry 2: \"command\" is empty" },
	{ "an open quote", ENTRY("\"file\":\"a.c\",\"command\":\"cc 'x\""),
	  ": entry 2: a quote in \"command\" is not closed" },
	{ "arguments in a string",
	  ENTRY("\"file\":\"a.c\",\"arguments\":\"cc\""),
	  ": entry 2: \"arguments\" is not an array" },
	{ "no arguments", ENTRY("\"file\":\"a.c\",\"arguments\":[]"),
	  ": entry 2: \"arguments\" is empty" },
	{ "an argument that is null",
	  ENTRY("\"file\":\"a.c\",\"arguments\":[\"cc\",null]"),
	  ": entry 2: \"arguments\": word 2 is not a string" },
	{ "no C source",
	  "[{\"directory\":\"/o\",\"file\":\"a.S\",\"command\":\"cc\"},"
	  "{\"directory\":\"/o\",\"file\":\"a.cpp\",\"command\":\"cc\"}]",
	  " has no C source in it (entries: 2)" },
};

static void test_errors(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(error_table); i++) {
		struct compdb db = COMPDB_INIT;
		struct strbuf err = STRBUF_INIT;
		char *input = with_dir(error_table[i].input);
		char *reason = with_dir(error_table[i].expected);
		char *want = xasprintf("%s/db.json%s%s", tree, reason, CURE);
		int ret = load(&db, input, &err);

		if (ret != -EINVAL || strcmp(err.buf, want))
			fail_msg("%s: %d '%s'", error_table[i].name, ret,
				 err.buf);
		compdb_release(&db);
		strbuf_release(&err);
		free(input);
		free(reason);
		free(want);
	}
}

static void test_unreadable(void **state)
{
	static const struct {
		const char *name, *path;
		int ret;
		const char *expected;
	} table[] = {
		{ "missing", "none.json", -ENOENT, " does not exist" },
		{ "a directory", "", -EISDIR,
		  " is a directory and not a compile_commands.json" },
		{ "below a file", "db.json/x", -ENOTDIR,
		  " cannot be read: Not a directory" },
	};
	size_t i;

	(void)state;
	write_file("db.json", "");
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct compdb db = COMPDB_INIT;
		struct strbuf err = STRBUF_INIT;
		char *path = in_tree(table[i].path);
		char *want = xasprintf("%s%s%s", path, table[i].expected, CURE);

		if (compdb_load(&db, path, &err) != table[i].ret ||
		    strcmp(err.buf, want))
			fail_msg("%s: '%s'", table[i].name, err.buf);
		compdb_release(&db);
		strbuf_release(&err);
		free(path);
		free(want);
	}
}

static void test_write(void **state)
{
	static const char text[] = "[{\"directory\":\"/o\",\"file\":\"/o/b.c\","
				   "\"command\":\"cc '-DX=\\\"y\\\"' -o b.o\"},"
				   "{\"directory\":\"/o\",\"file\":\"/o/a.c\","
				   "\"command\":\"cc -DZ=\xc3\xa4\"}]";
	struct compdb db = COMPDB_INIT, again = COMPDB_INIT;
	struct strbuf err = STRBUF_INIT;
	char *path = in_tree("out.json"), *a, *b;

	(void)state;
	assert_int_equal(load(&db, text, &err), 0);
	assert_int_equal(compdb_write(&db, path, &err), 0);
	/* A second time, over what is there. */
	assert_int_equal(compdb_write(&db, path, &err), 0);
	assert_int_equal(compdb_load(&again, path, &err), 0);
	a = describe(&db);
	b = describe(&again);
	assert_string_equal(a, b);
	free(a);
	free(b);
	free(path);
	compdb_release(&db);
	compdb_release(&again);
	strbuf_release(&err);
}

static void test_write_errors(void **state)
{
	static const struct {
		const char *name, *path, *word;
		int ret;
		const char *expected;
	} table[] = {
		{ "no such directory", "none/out.json", "cc", -ENOENT,
		  "%/none/out.json cannot be written: No such file or "
		  "directory; choose another place with -o" },
		{ "a directory", "sub", "cc", -EISDIR,
		  "%/sub cannot be written: Is a directory; choose another "
		  "place with -o" },
		{ "not UTF-8", "out.json", "-D\xff", -EILSEQ,
		  "%/out.json cannot be written: the command of /o/a.c is not "
		  "UTF-8, as JSON must be" },
	};
	char *sub = in_tree("sub");
	size_t i;

	(void)state;
	mkdir(sub, 0777);
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct compdb db = COMPDB_INIT;
		struct strbuf err = STRBUF_INIT;
		char *argv[] = { (char *)table[i].word };
		char *path = in_tree(table[i].path);
		char *want = with_dir(table[i].expected);

		compdb_add(&db, "/o", "a.c", argv, 1);
		if (compdb_write(&db, path, &err) != table[i].ret ||
		    strcmp(err.buf, want))
			fail_msg("%s: '%s'", table[i].name, err.buf);
		compdb_release(&db);
		strbuf_release(&err);
		free(path);
		free(want);
	}
	free(sub);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_load),
		cmocka_unit_test(test_broken),
		cmocka_unit_test(test_both_ways),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_unreadable),
		cmocka_unit_test(test_write),
		cmocka_unit_test(test_write_errors),
	};

	return cmocka_run_group_tests_name("compdb", tests, compdb_dir_make,
					   tree_remove);
}
