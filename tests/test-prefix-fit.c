// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which units may use a prefix header: by their text, by their command, and by
 * what they turned out to read.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "prefix-group.h"

static struct prefix *learned(struct group *g, struct unit_facts *facts)
{
	struct prefix *p;
	struct fact_dep dep = { 0 };
	int i;

	for (i = 0; i < 4; i++)
		add_unit(g, "#include <all.h>\n", plain_argv, 3);
	unit_facts_init(facts);
	dep.file = interner_addstr(&facts->strings, "inc/all.h");
	ALLOC_GROW(facts->deps, 1, facts->alloc_deps);
	facts->deps[facts->nr_deps++] = dep;
	p = make_prefix(g);
	prefix_learn(p, facts, tree, NULL);
	return p;
}

static void test_fits_source(void **state)
{
	static const struct {
		const char *name, *text;
		bool expected;
	} table[] = {
		{ "plain", "#include <all.h>\nint x;\n", true },
		{ "ifdef", "#define VERBOSE\n#include <all.h>\n", false },
		{ "undef", "#undef VERBOSE\n#include <all.h>\n", false },
		{ "defined()", "#define KIND 1\n#include <all.h>\n", false },
		{ "in an expression", "#define LEVEL 3\n#include <all.h>\n",
		  false },
		{ "ifndef with more in it", "#define DEPTH\n#include <all.h>\n",
		  false },
		{ "a default", "#define fmt(x) \"m: \" x\n#include <all.h>\n",
		  true },
		{ "a name nobody tests", "#define OTHER\n#include <all.h>\n",
		  true },
		{ "afterwards", "#include <all.h>\n#define VERBOSE\n", true },
		{ "between",
		  "#include <one.h>\n#define VERBOSE\n"
		  "#include \"x.h\"\n",
		  false },
		{ "in a comment", "/*\n#define VERBOSE\n*/\n#include <all.h>\n",
		  true },
		{ "a longer name", "#define VERBOSE_2\n#include <all.h>\n",
		  true },
		{ "where no way leads", "#define INNER\n#include <all.h>\n",
		  true },
		{ "the way there", "#define NEVER\n#include <all.h>\n", false },
		{ "after what is true", "#define LATE\n#include <all.h>\n",
		  true },
		{ "where it does not come",
		  "#ifndef CONFIG_SET\n#define VERBOSE\n#endif\n"
		  "#include <all.h>\n",
		  true },
		{ "where it may come",
		  "#ifndef CONFIG_OTHER\n#define VERBOSE\n#endif\n"
		  "#include <all.h>\n",
		  false },
		{ "of the compiler's own",
		  "#ifndef __clang__\n#define KIND\n#else\n"
		  "#define VERBOSE\n#endif\n#include <all.h>\n",
		  false },
	};
	struct group g = { .nr = 0 };
	struct unit_facts facts;
	struct prefix *p = learned(&g, &facts);
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct group one = { .nr = 0 };

		add_unit(&one, table[i].text, plain_argv, 3);
		if (prefix_fits(p, &one.units[0]) != table[i].expected)
			fail_msg("%s", table[i].name);
		group_release(&one);
	}
	prefix_free(p);
	unit_facts_release(&facts);
	group_release(&g);
}

static void test_fits_command(void **state)
{
	static const struct {
		const char *name;
		const char *argv[4];
		int argc;
		bool expected;
	} table[] = {
		{ "the same", { "-Iinc", "-DKBUILD_MODNAME=\"y\"" }, 2, true },
		{ "own directory last",
		  { "-Iinc", "-Idrivers/x", "-DKBUILD_MODNAME=\"y\"" },
		  3,
		  true },
		{ "own directory first",
		  { "-Idrivers/x", "-Iinc", "-DKBUILD_MODNAME=\"y\"" },
		  3,
		  false },
		{ "directory missing", { "-DKBUILD_MODNAME=\"y\"" }, 1, false },
		{ "define missing", { "-Iinc" }, 1, false },
		{ "one define more",
		  { "-Iinc", "-DKBUILD_MODNAME=\"y\"", "-DKBUILD_BASENAME=y" },
		  3,
		  false },
		{ "another define",
		  { "-Iinc", "-DKBUILD_MODFILE=\"y\"" },
		  2,
		  false },
	};
	struct group g = { .nr = 0 };
	struct unit_facts facts;
	struct prefix *p = learned(&g, &facts);
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct group one = { .nr = 0 };

		add_unit(&one, "int x;\n", (char **)table[i].argv,
			 table[i].argc);
		if (prefix_fits(p, &one.units[0]) != table[i].expected)
			fail_msg("%s", table[i].name);
		group_release(&one);
	}
	prefix_free(p);
	unit_facts_release(&facts);
	group_release(&g);
}

/* A unit's own header may define the name; a shared one is trusted. */
static void test_fits_facts(void **state)
{
	static const struct {
		const char *file;
		bool expected;
	} table[] = {
		{ "own-plain.h", true },
		{ "own-verbose.h", false },
		{ "inc/shared-verbose.h", true },
		{ "not-there.h", false },
	};
	struct group g = { .nr = 0 };
	struct unit_facts facts, seen;
	struct prefix *p = learned(&g, &facts);
	size_t i;
	int again;

	(void)state;
	write_file("own-plain.h", "#define OTHER\n");
	write_file("own-verbose.h", "#define VERBOSE\n");
	write_file("inc/shared-verbose.h", "#define VERBOSE\n");
	unit_facts_init(&seen);
	for (i = 0; i < ARRAY_SIZE(table) * 2; i++) {
		struct fact_dep dep = { 0 };
		size_t row = i % ARRAY_SIZE(table);

		again = i >= ARRAY_SIZE(table);
		unit_facts_clear(&seen);
		dep.file = interner_addstr(&seen.strings, table[row].file);
		ALLOC_GROW(seen.deps, 1, seen.alloc_deps);
		seen.deps[seen.nr_deps++] = dep;
		if (prefix_fits_facts(p, &g.units[0], &seen, tree, NULL) !=
		    table[row].expected)
			fail_msg("%s%s", table[row].file,
				 again ? ", asked again" : "");
	}
	prefix_free(p);
	unit_facts_release(&facts);
	unit_facts_release(&seen);
	group_release(&g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fits_source),
		cmocka_unit_test(test_fits_command),
		cmocka_unit_test(test_fits_facts),
	};

	return cmocka_run_group_tests(tests, prefix_tree_make, tree_remove);
}
