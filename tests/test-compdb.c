// SPDX-License-Identifier: GPL-2.0-only
/* Compilation databases: both forms, @files, and everything that is none. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "indexer/compdb.h"

#define CURE "; make it with 'probewalk compdb' or 'make compile_commands.json'"

/* Where the tests put their files; without symbolic links in it. */
static char *dir;

static char *in_dir(const char *name)
{
	return xasprintf("%s/%s", dir, name);
}

static void write_file(const char *name, const char *text)
{
	char *path = in_dir(name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) != EOF);
	assert_int_equal(fclose(f), 0);
	free(path);
}

static int setup(void **state)
{
	const char *tmp = getenv("TMPDIR");
	char *path = xasprintf("%s/test-compdb.XXXXXX", tmp ? tmp : "/tmp");

	(void)state;
	if (!mkdtemp(path))
		return -1;
	dir = realpath(path, NULL);
	free(path);
	return dir ? 0 : -1;
}

static int teardown(void **state)
{
	static const char *const files[] = { "db.json",	  "a.rsp",
					     "b.rsp",	  "loop.rsp",
					     "open.rsp",  "out.json",
					     "sub/c.rsp", "sub" };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(files); i++) {
		char *path = in_dir(files[i]);

		remove(path);
		free(path);
	}
	rmdir(dir);
	free(dir);
	return 0;
}

static int load(struct compdb *db, const char *text, struct strbuf *err)
{
	char *path = in_dir("db.json");
	int ret;

	write_file("db.json", text);
	ret = compdb_load(db, path, err);
	free(path);
	return ret;
}

/* "directory|file|output|argv0|argv1...", a line a command. */
static char *describe(const struct compdb *db)
{
	struct strbuf out = STRBUF_INIT;
	size_t i;
	int k;

	for (i = 0; i < db->nr; i++) {
		const struct compile_cmd *cmd = &db->cmds[i];

		strbuf_addf(&out, "%s%s|%s|%s", i ? "\n" : "", cmd->directory,
			    cmd->file, cmd->output ? cmd->output : "-");
		for (k = 0; k < cmd->argc; k++)
			strbuf_addf(&out, "|%s", cmd->argv[k]);
		assert_null(cmd->argv[cmd->argc]);
	}
	return strbuf_detach(&out);
}

/* In expectations and in input "%" is the directory of the tests. */
static char *with_dir(const char *s)
{
	struct strbuf out = STRBUF_INIT;

	for (; *s; s++) {
		if (*s == '%')
			strbuf_addstr(&out, dir);
		else
			strbuf_addch(&out, *s);
	}
	return strbuf_detach(&out);
}

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
	char *sub = in_dir("sub");
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
				       dir, broken_table[i].command);
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

/* What each stands behind the other; %s is for what takes the long way. */
static const char *const both_ways[] = {
	"\"arguments\":[\"cc\",\"-DA\",\"-DB\",\"-DC\",\"a.c\"]",
	"\"arguments\":[\"cc\",\"-DA\",\"-DNEW\",\"-DB\",\"-DC\",\"b.c\"]",
	"\"arguments\":[\"cc\",\"-DB\",\"-DC\",\"c.c\"]",
	"\"arguments\":[\"cc\",\"-DB\",\"-D\",\"-DCC\",\"\",\"d.c\"]",
	"\"arguments\" : [ \"cc\" ,\n\"-DB=\\\"x y\\\"\",\"-D\\\\\" ]",
	"\"arguments\":[\"cc\",\"-DB=\\\"x y\\\"\",\"\\/\",\"\\u0041\"]",
	"\"arguments\":[\"cc\",\"-DB=\xc3\xa9\"]",
	"\"command\":\"cc -DA -DB -DC\"",
	"\"command\":\"cc -DA -DBB -DC\"",
	"\"command\":\"cc  -DB\\t-DC\"",
	"\"command\":\"cc -DB -DC='x y' -DD=\\\"z\\\" -DE\\\\ F\"",
	"\"command\":\"cc -DB -DC='x y' -DD=$(x) `y` -DE \"",
	"\"arguments\":[\"cc\",\"-DC='x y'\",\"-DB\"]",
	"\"command\":\"cc -DC='x y'\",\"output\":\"x.o\"",
	"\"output\":\"x.o\",\"arguments\":[\"cc\",\"-o\",\"x.o\"]",
	"\"command\":\"cc -DA\",\"arguments\":[\"cc\",\"-DB\"]",
};

static char *all_entries(const char *more)
{
	struct strbuf sb = STRBUF_INIT;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(both_ways); i++)
		strbuf_addf(&sb,
			    "%s{\"directory\":\"/o%zu\",%s\"file\":\"%zu.c\","
			    "%s}",
			    i ? ",\n" : "[", i / 5, more, i, both_ways[i]);
	strbuf_addstr(&sb, "]");
	return strbuf_detach(&sb);
}

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
	assert_int_equal(a.nr, ARRAY_SIZE(both_ways));
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
		char *want = xasprintf("%s/db.json%s%s", dir, reason, CURE);
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
		char *path = in_dir(table[i].path);
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
	char *path = in_dir("out.json"), *a, *b;

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

/* ---- as bytes ---- */

/* What describe() leaves out as well. */
static char *describe_all(const struct compdb *db)
{
	struct strbuf out = STRBUF_INIT;
	char *text = describe(db);
	size_t i;

	strbuf_addstr(&out, text);
	for (i = 0; i < db->nr; i++)
		strbuf_addf(&out, "\n%s",
			    db->cmds[i].broken ? db->cmds[i].broken : "-");
	free(text);
	return strbuf_detach(&out);
}

/* Words put in, left out, moved, the same one twice, none, an @file. */
#define AT(dir, file) "{\"directory\":\"" dir "\",\"file\":\"" file "\","
#define LINE(words)   "\"command\":\"" words "\"}"
static const char packed[] = "[" AT("/o", "a.c") LINE("cc -A -B -C -D") "," AT(
	"/o", "b.c") LINE("cc -A -X -B -C -D") "," AT("/o", "c.c")
	LINE("cc -D -C -o c.o") "," AT("/p", "c.c")
		LINE("-D cc") "," AT("/p", "d.c")
			LINE("cc '' '' -D -D -D -D -D") "," AT("/p", "e.c")
				LINE("cc @no/such -oe.o") "," AT("/p", "d.c")
					LINE("cc '' '' -D -D -D -D -E") "]";

static void test_pack(void **state)
{
	char *quick = all_entries("");
	const char *const inputs[] = { packed, quick };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(inputs); i++) {
		struct compdb db = COMPDB_INIT, again = COMPDB_INIT;
		struct strbuf err = STRBUF_INIT, bytes = STRBUF_INIT;
		char *got, *want;
		size_t nr;

		assert_int_equal(load(&db, inputs[i], &err), 0);
		want = describe_all(&db);
		compdb_pack(&db, &bytes);
		compdb_release(&db);
		assert_int_equal(compdb_unpack(&again, bytes.buf, bytes.len),
				 0);
		got = describe_all(&again);
		assert_string_equal(got, want);
		/* one that is there already is left out, as in any other */
		nr = again.nr;
		compdb_add(&again, again.cmds[0].directory, again.cmds[0].file,
			   again.cmds[0].argv, again.cmds[0].argc);
		assert_int_equal(again.nr, nr);
		compdb_release(&again);
		strbuf_release(&err);
		strbuf_release(&bytes);
		free(got);
		free(want);
	}
	free(quick);
}

static void unpack_bad(const char *bytes, size_t len)
{
	struct compdb db = COMPDB_INIT;
	char *copy = xmemdup(bytes, len); /* so that ASan sees its end */

	assert_int_equal(compdb_unpack(&db, copy, len), -EBADMSG);
	assert_int_equal(db.nr, 0);
	assert_null(db.pool);
	free(copy);
}

/* Cut short, longer, or with another byte in it: refused, or other words. */
static void test_unpack_errors(void **state)
{
	struct compdb db = COMPDB_INIT;
	struct strbuf err = STRBUF_INIT, bytes = STRBUF_INIT;
	size_t i;

	(void)state;
	assert_int_equal(load(&db, packed, &err), 0);
	compdb_pack(&db, &bytes);
	compdb_release(&db);
	for (i = 0; i < bytes.len; i++)
		unpack_bad(bytes.buf, i);
	unpack_bad(bytes.buf, bytes.len + 1);
	for (i = 0; i < bytes.len; i++) {
		char old = bytes.buf[i];

		bytes.buf[i] = (char)0xff;
		if (!compdb_unpack(&db, bytes.buf, bytes.len))
			assert_true(db.nr > 0);
		compdb_release(&db);
		bytes.buf[i] = old;
	}
	strbuf_release(&err);
	strbuf_release(&bytes);
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
	char *sub = in_dir("sub");
	size_t i;

	(void)state;
	mkdir(sub, 0777);
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct compdb db = COMPDB_INIT;
		struct strbuf err = STRBUF_INIT;
		char *argv[] = { (char *)table[i].word };
		char *path = in_dir(table[i].path);
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

static void test_shell_split(void **state)
{
	static const struct {
		const char *name, *line, *expected; /* NULL: not closed */
	} table[] = {
		{ "empty", "", "" },
		{ "blanks", " \t\n ", "" },
		{ "words", " a  b\tc\nd ", "a|b|c|d" },
		{ "single quotes", "'a \\b\"' c", "a \\b\"|c" },
		{ "double quotes", "\"a 'b\\\" \\$ \\x\"", "a 'b\" $ \\x" },
		{ "pieces of one word", "-D'X='\"y z\"w", "-DX=y zw" },
		{ "an empty word", "a '' \"\" b", "a|||b" },
		{ "backslashes", "a\\ b \\'c \\\\", "a b|'c|\\" },
		{ "a backslash at the end", "a\\", "a\\" },
		{ "continued lines", "a \\\n b\\\nc \"d\\\ne\"", "a|bc|de" },
		{ "dollars stay", "$A `b` \"$(c)\"", "$A|`b`|$(c)" },
		{ "an open single quote", "a 'b", NULL },
		{ "an open double quote", "a \"b\\\"", NULL },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct strbuf got = STRBUF_INIT;
		char **argv;
		int argc, k, ret = shell_split(table[i].line, &argv, &argc);

		for (k = 0; k < argc; k++)
			strbuf_addf(&got, "%s%s", k ? "|" : "", argv[k]);
		if (ret != (table[i].expected ? 0 : -EINVAL) ||
		    (!ret && strcmp(got.buf, table[i].expected)))
			fail_msg("%s: %d '%s'", table[i].name, ret, got.buf);
		argv_free(argv);
		strbuf_release(&got);
	}
}

static void test_normalise(void **state)
{
	static const struct {
		const char *dir, *path, *expected;
	} table[] = {
		{ "/d", "a.c", "/d/a.c" },
		{ "/d/", "./a.c", "/d/a.c" },
		{ "/d", "/a.c", "/a.c" },
		{ "/d", "a/./b//c/../d", "/d/a/b/d" },
		{ "/d/e", "../../../a.c", "/a.c" },
		{ "/d", "..", "/" },
		{ "/d", "", "/d" },
		{ "/d", "...", "/d/..." },
		{ "/d", "/", "/" },
		{ "/d/x/../e", ".hidden/..a", "/d/e/.hidden/..a" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		char *got = path_normalise(table[i].dir, table[i].path);

		assert_string_equal(got, table[i].expected);
		free(got);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_load),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_broken),
		cmocka_unit_test(test_both_ways),
		cmocka_unit_test(test_unreadable),
		cmocka_unit_test(test_write),
		cmocka_unit_test(test_pack),
		cmocka_unit_test(test_unpack_errors),
		cmocka_unit_test(test_write_errors),
		cmocka_unit_test(test_shell_split),
		cmocka_unit_test(test_normalise),
	};

	return cmocka_run_group_tests_name("compdb", tests, setup, teardown);
}
