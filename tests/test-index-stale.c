// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a second run over a small tree parses again: what changed, appeared or
 * went since the first, and everything when the tools did.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "callgraph/store-memo.h"

#include "index-run.h"

static void test_missing_header(void **state)
{
	struct compdb db = COMPDB_INIT;

	(void)state;
	write_unit(1, "#include <later.h>");
	add_commands(&db);
	expect(&db, "first", NR, 0, 0);
	expect_stored("u1.c 1 u1.c:3: 'later.h' file not found");
	/* it cannot be found, so there is nothing to try again */
	expect(&db, "still missing", 0, NR, 0);
	write_file("inc/unlike.h", "#pragma once\n");
	write_file("later.h", "#pragma once\n");
	expect(&db, "not where it is looked for", 0, NR, 0);
	write_file("inc/later.h", "#pragma once\n");
	expect(&db, "now there", 1, NR - 1, 0);
	expect(&db, "and known", 0, NR, 0);
	compdb_release(&db);
}

/* Those of the tests of new headers; "first" is left to appear. */
static void make_dirs(const char *appears)
{
	make_parents("inc2/sub/s.h");
	if (strncmp(appears, "first", 5)) {
		make_parents("inc/sub/s.h");
		make_parents("other/sub/s.h");
	}
}

/* own.c, with a search path of its own. */
static void add_search_command(struct compdb *db, const char *flag)
{
	bool pre = !strncmp(flag, "-include", 8);
	char *argv[] = { "clang", "-Ifirst",	"-Iinc",   "-Iinc2",
			 "-DOWN", "-iquote",	"nowhere", "-c",
			 "own.c", (char *)flag, NULL };

	if (pre) {
		argv[9] = "-include";
		argv[10] = (char *)flag + 8;
	}
	compdb_add(db, tree, "own.c", argv, pre ? 11 : 10);
}

/* One file appears after the first run: who is parsed again? */
static void test_new_header(void **state)
{
	static const struct {
		const char *name;
		const char *text; /* of own.c */
		const char *flag; /* of its command */
		const char *appears;
		uint32_t parsed;
	} table[] = {
		{ "before the one found", "#include <sub/s.h>", "-Iinc2",
		  "inc/sub/s.h", 1 },
		{ "in a new directory", "#include <sub/s.h>", "-Iinc2",
		  "first/sub/s.h", 1 },
		{ "where nobody looks", "#include <sub/s.h>", "-Iinc2",
		  "other/sub/s.h", 0 },
		{ "another name", "#include <sub/s.h>", "-Iinc2", "inc/sub/t.h",
		  0 },
		{ "the same last part", "#include <sub/s.h>", "-Iinc2",
		  "inc/s.h", 0 },
		{ "beside the includer", "#include \"q.h\"", "-Iinc2", "q.h",
		  1 },
		{ "beside an includer that does not look there",
		  "#include <q.h>", "-Iinc2", "q.h", 0 },
		{ "asked for", "#if __has_include(<maybe.h>)\n#endif", "-Iinc2",
		  "inc2/maybe.h", 1 },
		{ "asked for by a header", "#include <asks.h>", "-Iinc2",
		  "inc/sub/maybe2.h", 1 },
		{ "up and down", "#include \"../up.h\"", "-Iinc2/sub",
		  "inc2/up.h", 1 },
		{ "named by a macro", "#define NAME <sub/s.h>\n#include NAME",
		  "-Iinc2", "inc/sub/s.h", 1 },
		{ "a macro's, where nobody looks",
		  "#define NAME <sub/s.h>\n#include NAME", "-Iinc2",
		  "other/sub/s.h", 0 },
		{ "a macro's that was missing",
		  "#define NAME <none.h>\n#include NAME", "-Iinc2",
		  "inc2/none.h", 1 },
		{ "of the command", "", "-includepre.h", "pre.h", 1 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct compdb db = COMPDB_INIT;

		if (i) {
			tree_remove(state);
			index_tree_make(state);
		}
		make_dirs(table[i].appears);
		write_file("inc2/sub/s.h", "int s(void);\n");
		write_file("inc2/q.h", "int q(void);\n");
		write_file("inc2/asks.h", "#if __has_include(<sub/maybe2.h>)\n"
					  "int m(void);\n#endif\n");
		write_file("own.c", table[i].text);
		add_commands(&db);
		add_search_command(&db, table[i].flag);
		run_only(&db, table[i].name);
		expect(&db, table[i].name, 0, NR + 1, 0);
		make_parents(table[i].appears);
		write_file(table[i].appears, "int appeared(void);\n");
		expect(&db, table[i].name, table[i].parsed,
		       NR + 1 - table[i].parsed, 0);
		expect(&db, table[i].name, 0, NR + 1, 0);
		compdb_release(&db);
	}
}

/* Killed right after it has seen the new header: it is not forgotten. */
static void test_new_header_is_kept(void **state)
{
	const struct index_options one = { .jobs = 1 };
	struct compdb db = COMPDB_INIT;
	struct result r;

	(void)state;
	write_unit(2, "#if __has_include(<maybe.h>)\n#endif");
	add_commands(&db);
	expect(&db, "first", NR, 0, 0);
	write_file("inc/maybe.h", "");
	index_unit_parse = stop_on_u2;
	r = run_with(&db, &one);
	assert_int_equal(r.ret, 0);
	assert_true(r.sum.interrupted);
	assert_int_equal(r.sum.parsed, 0);
	result_release(&r);
	index_unit_parse = unit_parse;
	expect(&db, "the next run parses it", 1, NR - 1, 0);
	compdb_release(&db);
}

/* Facts of two makers are never mixed, not even when the run is cut off. */
static void test_all_stale(void **state)
{
	static int (*const changes[])(struct store *,
				      uint32_t) = { forget_tool, forget_files };
	const struct index_options one = { .jobs = 1 };
	struct compdb db = COMPDB_INIT;
	size_t i;

	(void)state;
	add_commands(&db);
	expect(&db, "first", NR, 0, 0);
	for (i = 0; i < ARRAY_SIZE(changes); i++) {
		struct result r;

		change_store(changes[i]);
		index_unit_parse = stop_on_u2;
		r = run_with(&db, &one);
		assert_int_equal(r.sum.fresh, 0);
		assert_int_equal(r.sum.parsed, 2);
		result_release(&r);
		index_unit_parse = unit_parse;
		expect(&db, "goes on", NR - 2, 2, 0);
		expect(&db, "known", 0, NR, 0);
	}
	compdb_release(&db);
}

/* A unit whose header changes while it is parsed. */
static int edit_on_u2(struct unit_parser *p, const char *dir, const char *file,
		      const struct parse_args *args, const char *pch,
		      struct unit_facts *facts)
{
	if (is_file(file, "u2.c")) {
		usleep(50000);
		write_file("inc/own2.h", "int changed(void);\n");
	}
	return unit_parse(p, dir, file, args, pch, facts);
}

static void test_changed_meanwhile(void **state)
{
	struct compdb db = COMPDB_INIT;
	struct result r;

	(void)state;
	write_file("inc/own2.h", "int before(void);\n");
	write_unit(2, "#include <own2.h>");
	add_commands(&db);
	index_unit_parse = edit_on_u2;
	r = run_with(&db, &usual);
	assert_int_equal(r.sum.parsed, NR);
	result_release(&r);
	index_unit_parse = unit_parse;
	expect(&db, "parsed again, to be sure", 1, NR - 1, 0);
	expect(&db, "known", 0, NR, 0);
	compdb_release(&db);
}

/* ---- units that are parsed while the others are looked at ---- */

static int begun[2];

static int say_begun(struct unit_parser *p, const char *dir, const char *file,
		     const struct parse_args *args, const char *pch,
		     struct unit_facts *facts)
{
	assert_int_equal(write(begun[1], "!", 1), 1);
	return unit_parse(p, dir, file, args, pch, facts);
}

/* Has a worker begun before this process hands out what is left to parse? */
static void see_begun(void *data, const struct index_progress *progress)
{
	struct pollfd fd = { .fd = begun[0], .events = POLLIN };
	bool *early = data;

	if (progress->phase == INDEX_PARSING && !progress->done)
		*early |= poll(&fd, 1, 3000) > 0;
}

static void test_parsed_early(void **state)
{
	bool early = false;
	const struct index_options watched = {
		.progress = see_begun,
		.progress_data = &early,
	};
	struct compdb db = COMPDB_INIT;
	struct result r;

	(void)state;
	add_commands(&db);
	expect(&db, "first", NR, 0, 0);
	write_unit(1, "int more(void);");
	assert_int_equal(pipe(begun), 0);
	index_unit_parse = say_begun;
	r = run_with(&db, &watched);
	assert_int_equal(r.ret, 0);
	assert_int_equal(r.sum.parsed, 1);
	assert_int_equal(r.sum.fresh, NR - 1);
	assert_true(early);
	result_release(&r);
	index_unit_parse = unit_parse;
	expect(&db, "known", 0, NR, 0);
	close(begun[0]);
	close(begun[1]);
	compdb_release(&db);
}

/* An early worker that dies says nothing: the one in turn does. */
static int crash_on_u1(struct unit_parser *p, const char *dir, const char *file,
		       const struct parse_args *args, const char *pch,
		       struct unit_facts *facts)
{
	if (is_file(file, "u1.c"))
		abort();
	return unit_parse(p, dir, file, args, pch, facts);
}

/* What else is stale decides what becomes of a unit that was begun early. */
static void test_early_in_vain(void **state)
{
	const struct index_options sampled = { .sample = 1000000 };
	struct compdb db = COMPDB_INIT;
	struct result r;

	(void)state;
	add_commands(&db);
	expect(&db, "first", NR, 0, 0);
	write_unit(1, "int more(void);");
	write_file("inc/a.h", "#pragma once\nint a(void);\nint d(void);\n");
	r = run_with(&db, &usual);
	assert_int_equal(r.sum.parsed, NR);
	/* with a prefix header, which one that was begun early has not */
	assert_int_equal(r.sum.with_prefix, NR);
	result_release(&r);
	write_unit(1, "int even_more(void);");
	r = run_with(&db, &sampled);
	assert_int_equal(r.sum.parsed, 0);
	result_release(&r);
	write_unit(1, "int most(void);");
	index_unit_parse = crash_on_u1;
	r = run_with(&db, &usual);
	assert_int_equal(r.sum.failed, 1);
	assert_int_equal(r.sum.fresh, NR - 1);
	result_release(&r);
	expect_stored("u1.c 3 its worker was killed by signal 6 (Aborted)");
	index_unit_parse = unit_parse;
	expect(&db, "mended", 1, NR - 1, 0);
	compdb_release(&db);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, index_tree_make, tree_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_missing_header),     TEST(test_new_header),
		TEST(test_new_header_is_kept), TEST(test_all_stale),
		TEST(test_changed_meanwhile),  TEST(test_parsed_early),
		TEST(test_early_in_vain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
