// SPDX-License-Identifier: GPL-2.0-only
/*
 * Prefix headers that a run leaves in the database for later ones: who uses
 * them, and that the facts are those of an exact parse whatever happens to what
 * they were made of.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "kept-run.h"

/* ---- who uses it ---- */

static void test_edit(void **state)
{
	const struct index_options none = { .no_prefix = true };
	const struct index_options both = { .verify_prefix = true };
	struct compdb db = COMPDB_INIT;
	struct result r;

	(void)state;
	first_run(&db);
	edit(0, 1);
	run_and_count(&db, &usual, "edited", kept);
	run_and_count(&db, &usual, "known", (struct counts){ 0 });
	edit(0, 2);
	run_and_count(&db, &none, "--no-prefix", exact);
	edit(0, 3);
	r = run_with(&db, &both);
	check_counts(&r, "--verify-prefix", kept);
	assert_int_equal(r.sum.differing, 0);
	result_release(&r);
	write_file("own.h", "#pragma once\nint own(void);\n");
	write_unit(1, "#include \"own.h\"");
	write_unit(2, "#include \"own.h\"");
	run_and_count(&db, &usual, "two", (struct counts){ 2, 2, 2, 0 });
	write_file("own.h", "#pragma once\nint own(int);\n");
	edit(0, 4);
	run_and_count(&db, &usual, "and their header",
		      (struct counts){ 3, 3, 3, 0 });
	write_file("u0.c", "#define NO_B\n#include <b.h>\n"
			   "int u0(void) { return c(); }\n");
	run_and_count(&db, &usual, "does not fit", exact);
	compdb_release(&db);
}

/* More than it was chosen for: then a new one is worth it. */
static void test_outgrown(void **state)
{
	struct compdb db = COMPDB_INIT;
	int i;

	(void)state;
	first_run(&db);
	for (i = 0; i < 4; i++)
		edit(i, i);
	run_and_count(&db, &usual, "many", (struct counts){ 4, 4, 4, 0 });
	for (i = 10; i < 10 + 2 * NR + 1; i++) {
		char *name = xasprintf("u%d.c", i);

		write_unit(i, "");
		add_command(&db, name, "-DX=1");
		free(name);
	}
	i -= 10;
	run_and_count(&db, &usual, "outgrown", (struct counts){ i, i, 0, 1 });
	edit(0, 9);
	run_and_count(&db, &usual, "with the new one", kept);
	compdb_release(&db);
}

/* Units with other flags have one of their own, and other configurations. */
static void test_others(void **state)
{
	const struct index_options second = { .config = "second",
					      .every_config = true };
	const struct index_options first = { .every_config = true };
	struct compdb db = COMPDB_INIT, other = COMPDB_INIT;
	struct result r;
	int i;

	(void)state;
	first_run(&db);
	for (i = 0; i < NR; i++) {
		char *name = xasprintf("u%d.c", i);

		add_command(&other, name, i < 4 ? "-DX=2" : "-DX=3");
		free(name);
	}
	r = run_with(&other, &second);
	check_counts(&r, "second", (struct counts){ NR, 4, 0, 1 });
	result_release(&r);
	edit(0, 1);
	edit(5, 1);
	r = run_with(&other, &second);
	check_counts(&r, "two flags", (struct counts){ 2, 1, 1, 0 });
	result_release(&r);
	run_and_count(&db, &first, "first", (struct counts){ 2, 2, 2, 0 });
	compdb_release(&db);
	compdb_release(&other);
}

/* ---- what it was made of ---- */

static void touch(const char *name)
{
	const struct timespec times[2] = { { .tv_sec = 1000000000 },
					   { .tv_sec = 1000000000 } };
	char *path = in_tree(name);

	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	free(path);
}

static void test_header(void **state)
{
	struct compdb db = COMPDB_INIT;

	(void)state;
	first_run(&db);
	touch("inc/a.h");
	edit(0, 1);
	run_and_count(&db, &usual, "touched", kept);
	write_file("inc/a.h", new_a);
	edit(0, 2);
	run_and_count(&db, &usual, "edited", (struct counts){ NR, NR, 0, 1 });
	edit(0, 3);
	run_and_count(&db, &usual, "with the new one", kept);
	compdb_release(&db);
}

/*
 * So few units that none is built, and that the edited one is parsed before it
 * is known that the header is another one, too.
 */
static void test_header_of_few(void **state)
{
	static const char old_a[] = "#pragma once\nint a(void);\n";
	struct compdb db = COMPDB_INIT;

	(void)state;
	first_run(&db);
	keep_three(&db);
	edit(0, 1);
	run_and_count(&db, &usual, "before", kept);
	write_file("inc/a.h", new_a);
	write_unit(0, "int u(void) { return e(); }");
	run_and_count(&db, &usual, "edited with a unit",
		      (struct counts){ 3, 0, 0, 0 });
	write_file("inc/a.h", old_a);
	edit(0, 2);
	run_and_count(&db, &usual, "its facts are gone",
		      (struct counts){ 3, 0, 0, 0 });
	release_all(&db);
}

/* One unit still has what the others lost: then it is there, and may hold. */
static void test_restored(void **state)
{
	const struct index_options sampled = { .sample = 1000000 };
	struct compdb db = COMPDB_INIT;
	struct result r;

	(void)state;
	first_run(&db);
	keep_three(&db);
	write_file("inc/a.h", new_a);
	r = run_with(&db, &sampled);
	assert_int_equal(r.sum.parsed, 0);
	result_release(&r);
	write_file("inc/a.h", "#pragma once\nint a(void);\n");
	edit(0, 1);
	run_and_count(&db, &usual, "as it was", kept);
	release_all(&db);
}

/* All units look in first/ before they look in inc/. */
static void add_with_first(struct compdb *db)
{
	int i;

	for (i = 0; i < NR; i++) {
		char *name = xasprintf("u%d.c", i);
		char *argv[] = { "clang", "-Ifirst", "-Iinc", "-c", name };

		compdb_add(db, tree, name, argv, ARRAY_SIZE(argv));
		free(name);
	}
}

/* A file that was not there: in front of one that it read, or asked for. */
static void test_new_name(void **state)
{
	static const struct {
		const char *name, *file;
		struct counts counts;
		bool gone;
	} table[] = {
		{ "in front of it", "first/a.h", { 3, 0, 0, 0 }, true },
		{ "beside who asks for it",
		  "inc/maybe.h",
		  { 3, 0, 0, 0 },
		  true },
		{ "a macro's", "first/named.h", { 3, 0, 0, 0 }, true },
		{ "of no interest", "first/else.h", { 1, 1, 1, 0 }, false },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct compdb db = COMPDB_INIT;

		if (i) {
			tree_remove(state);
			index_tree_make(state);
		}
		write_file("inc/named.h", "int named(void);\n");
		write_file("inc/b.h",
			   "#pragma once\n#define N <named.h>\n"
			   "#include N\nint b(void); int maybe(void);\n"
			   "static inline int c(void)\n{\n"
			   "#if __has_include(\"maybe.h\")\n"
			   "\treturn maybe();\n#endif\n"
			   "\treturn b();\n}\n");
		add_with_first(&db);
		run_only(&db, table[i].name);
		keep_three(&db);
		make_parents(table[i].file);
		write_file(table[i].file, "int a(void); int b(void);\n"
					  "int maybe(void);\n");
		edit(0, 1);
		run_and_count(&db, &usual, table[i].name, table[i].counts);
		edit(0, 2);
		run_and_count(&db, &usual, table[i].name,
			      table[i].gone ? exact : kept);
		release_all(&db);
	}
}

/* The same where no macro makes a name: then only that name counts. */
static void test_new_plain_name(void **state)
{
	static const char in_b[] =
		"#pragma once\nint b(void);\n"
		"#if __has_include(\"maybe.h\")\n#define MAYBE\n#endif\n";
	static const struct {
		const char *name, *file;
		struct counts counts;
	} table[] = {
		{ "in front of it", "first/a.h", { 3, 0, 0, 0 } },
		{ "beside who asks for it", "inc/maybe.h", { 3, 0, 0, 0 } },
		{ "of no interest", "first/else.h", { 1, 1, 1, 0 } },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct compdb db = COMPDB_INIT;

		if (i) {
			tree_remove(state);
			index_tree_make(state);
		}
		write_file("inc/a.h", "#pragma once\nint a(void);\n"
				      "#define MAYBE_NOT\n");
		write_file("inc/b.h", in_b);
		add_with_first(&db);
		run_only(&db, table[i].name);
		keep_three(&db);
		make_parents(table[i].file);
		write_file(table[i].file, "int a(void);\n");
		write_unit(0, "#ifdef MAYBE_NOT\nint v(void)\n{\n"
			      "#ifdef MAYBE\n\treturn b();\n#else\n"
			      "\treturn a();\n#endif\n}\n#endif\n");
		run_and_count(&db, &usual, table[i].name, table[i].counts);
		release_all(&db);
	}
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, index_tree_make, tree_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_edit),	  TEST(test_outgrown),
		TEST(test_others),	  TEST(test_header),
		TEST(test_header_of_few), TEST(test_restored),
		TEST(test_new_name),	  TEST(test_new_plain_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
