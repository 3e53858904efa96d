// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the command of one unit says, and those of the others do not, decides
 * whether another configuration's unit may stand for it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "index-run.h"

static const struct index_options first = { .config = "first" };
static const struct index_options second = { .config = "second" };

enum { MAX_FLAGS = 4 };

/* All units, and of u0.c its own flags; @option is the configuration's. */
static void add_all(struct compdb *db, const char *option,
		    const char *const *flags)
{
	int i, k;

	for (i = 0; i < NR; i++) {
		char *name = xasprintf("u%d.c", i);
		char *base = xasprintf("-DKBUILD_BASENAME=\"u%d\"", i);
		char *argv[16] = { "clang", "-Iinc", "-DALL",	    base,
				   "-c",    name,    (char *)option };
		int argc = 7;

		for (k = 0; !i && k < MAX_FLAGS && flags[k]; k++)
			argv[argc++] = (char *)flags[k];
		/* one that all others have */
		if (i || !flags[0] || strcmp(flags[0], "-"))
			argv[argc++] = "-DMOST";
		compdb_add(db, tree, name, argv, argc);
		free(base);
		free(name);
	}
}

static void run_one(const char *name, const struct index_options *opt,
		    const char *const *flags, uint32_t parsed)
{
	struct compdb db = COMPDB_INIT;
	struct result r;

	add_all(&db, opt == &first ? "-DONE" : "-DTWO", flags);
	r = run_with(&db, opt);
	if (r.ret)
		fail_msg("%s: %s", name, r.err.buf);
	if (r.sum.parsed != parsed)
		fail_msg("%s: %s: %u parsed, %u borrowed", name, opt->config,
			 r.sum.parsed, r.sum.borrowed);
	result_release(&r);
	compdb_release(&db);
}

/* The flags of u0.c there, and here. */
static void test_own_words(void **state)
{
	static const struct {
		const char *name;
		const char *there[MAX_FLAGS], *here[MAX_FLAGS];
		uint32_t parsed;
	} table[] = {
		{ "none", { NULL }, { NULL }, 0 },
		{ "the same", { "-DX=1", "-Iown" }, { "-DX=1", "-Iown" }, 0 },
		{ "another value", { "-DX=1" }, { "-DX=2" }, 1 },
		{ "one more", { NULL }, { "-DX=1" }, 1 },
		{ "one less", { "-DX=1" }, { NULL }, 1 },
		{ "undefined", { "-UX" }, { "-DX" }, 1 },
		{ "another order", { "-DX", "-UX" }, { "-UX", "-DX" }, 1 },
		{ "another include",
		  { "-include", "inc/a.h" },
		  { "-include", "inc/b.h" },
		  1 },
		{ "macros of another file",
		  { "-include", "inc/a.h" },
		  { "-imacros", "inc/a.h" },
		  1 },
		{ "the same header by another name",
		  { "-include", "inc/a.h" },
		  { "-include", "./inc/../inc/a.h" },
		  0 },
		{ "another directory", { "-Iown" }, { "-Iother" }, 0 },
		{ "a name that kbuild gives",
		  { "-DKBUILD_MODNAME=\"a\"" },
		  { "-DKBUILD_MODNAME=\"b\"" },
		  0 },
		{ "how it is made into code", { "-O2" }, { "-O1" }, 0 },
		{ "without what most have", { NULL }, { "-" }, 1 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		if (i) {
			tree_remove(state);
			index_tree_make(state);
		}
		run_one(table[i].name, &first, table[i].there, NR);
		run_one(table[i].name, &second, table[i].here, table[i].parsed);
		run_one(table[i].name, &second, table[i].here, 0);
	}
}

/*
 * The flag of a Makefile becomes another: the old unit is still the second
 * configuration's when it looks for one to borrow. The hashes of the commands,
 * and with them the order of candidates, are others with every value.
 */
static void test_changed_flag(void **state)
{
	static const char *const old[MAX_FLAGS] = { "-DX=1" };
	int i;

	for (i = 2; i < 8; i++) {
		char *flag = xasprintf("-DX=%d", i);
		const char *const new[MAX_FLAGS] = { flag };
		const struct index_options *early = i % 2 ? &first : &second;

		tree_remove(state);
		index_tree_make(state);
		run_one("before", &first, old, NR);
		run_one("before", &second, old, 0);
		run_one(flag, early, new, 1);
		run_one(flag, early == &first ? &second : &first, new, 0);
		/* what was borrowed is that of now */
		run_one("and back", early, old, 1);
		run_one("and back", early == &first ? &second : &first, old, 0);
		free(flag);
	}
}

/* @option: that all commands have */
static void run_given(const struct index_options *opt, const char *option,
		      uint32_t parsed)
{
	static const char *const none[MAX_FLAGS];
	struct compdb db = COMPDB_INIT;
	struct result r;

	add_all(&db, option, none);
	r = run_with(&db, opt);
	assert_int_equal(r.ret, 0);
	if (r.sum.parsed != parsed)
		fail_msg("%s: %u parsed, %u borrowed", option, r.sum.parsed,
			 r.sum.borrowed);
	result_release(&r);
	compdb_release(&db);
}

/* What all commands define is no command's own, but one source uses it. */
static void test_given(void **state)
{
	static const struct {
		const char *there, *here;
	} table[] = {
		{ "-DMODE=one", "-DMODE=two" },
		{ "-DMODE=one", "-DOTHER" },
		{ "-DOTHER", "-DMODE=two" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		tree_remove(state);
		index_tree_make(state);
		write_file("u3.c", "int MODE;\nint MODELS;\n");
		write_file("u4.c", "int MODELS;\nint A_MODE;\n");
		run_given(&first, table[i].there, NR);
		run_given(&second, table[i].here, 1);
	}
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, index_tree_make, tree_remove)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(test_own_words),
		TEST(test_changed_flag),
		TEST(test_given),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
