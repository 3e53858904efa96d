// SPDX-License-Identifier: GPL-2.0-only
/*
 * What make prints, read: recipes and failures. The text is ours, in the shape
 * that kbuild gives it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "kbuild/recipe.h"
#include "kbuild/tools.h"

#define CC "clang -D__KERNEL__ "

static const struct {
	const char *name, *input, *expected;
} recipe_table[] = {
	{ "alone", CC "-c -o a.o a.c", "clang -D__KERNEL__ -c -o a.o a.c" },
	{ "as kbuild has it",
	  "set -e;  echo '  CC      d/a.o';   trap 'rm -f d/a.o; kill $$' HUP;"
	  " " CC "-Wp,-MMD,d/.a.o.d -DN='\"a;b\"' -c -o d/a.o /t/d/a.c ;"
	  " fixdep d/.a.o.d d/a.o '" CC "-c -o d/a.o /t/d/a.c' > d/.a.o.cmd;"
	  " rm -f d/.a.o.d",
	  "clang -D__KERNEL__ -Wp,-MMD,d/.a.o.d -DN=\"a;b\" -c -o d/a.o "
	  "/t/d/a.c" },
	{ "continued lines",
	  "set -e; \\\n\t" CC "-c \\\n\t-o a.o a.c; \\\ntrue",
	  "clang -D__KERNEL__ -c -o a.o a.c" },
	{ "two backslashes are one", "echo a\\\\\n" CC "-c -o a.o a.c",
	  "clang -D__KERNEL__ -c -o a.o a.c" },
	{ "every separator",
	  "true && " CC "-c -o a.o a.c || false\n"
	  "cd . | " CC "-c -o b.o b.c & (" CC "-c -o c.o c.c)",
	  "clang -D__KERNEL__ -c -o a.o a.c\n"
	  "clang -D__KERNEL__ -c -o b.o b.c\n"
	  "clang -D__KERNEL__ -c -o c.o c.c" },
	{ "output sent elsewhere",
	  CC "-c -o a.o a.c 2>&1 >/dev/null\n" CC "-c -o b.o b.c 2> log.c",
	  "clang -D__KERNEL__ -c -o a.o a.c\n"
	  "clang -D__KERNEL__ -c -o b.o b.c" },
	{ "variables and words before",
	  "if A=1 B='x y' " CC "-c -o a.o a.c; then true; fi",
	  "clang -D__KERNEL__ -c -o a.o a.c" },
	{ "ccache", "ccache " CC "-c -o a.o a.c",
	  "ccache clang -D__KERNEL__ -c -o a.o a.c" },
	{ "a substitution with a quote in it",
	  "x=$(echo \";\" | cat); " CC "-I$(echo ')') -c -o a.o a.c",
	  "clang -D__KERNEL__ -I$(echo ')') -c -o a.o a.c" },
	{ "a host program", "clang -c -o a.o a.c", "" },
	{ "a host program beside", "clang -c -o a.o a.c; echo -D__KERNEL__",
	  "" },
	{ "assembly", CC "-c -o a.o a.S", "" },
	{ "assembler output", CC "-S -o a.s a.c", "" },
	{ "the linker", "ld.lld -r -o a.o b.o -D__KERNEL__", "" },
	{ "only quoted", "fixdep 'clang -D__KERNEL__ -c -o a.o a.c'", "" },
	{ "only a comment", "# " CC "-c -o a.o a.c", "" },
	{ "no output", CC "-c a.c", "" },
	{ "no source", CC "-c -o a.o -include b.c", "" },
	{ "a C file that is included", CC "-c -include b.c -o a.o a.c",
	  "clang -D__KERNEL__ -c -include b.c -o a.o a.c" },
	{ "tables of modpost", CC "-c -o a.mod.o a.mod.c", "" },
	{ "an open quote", CC "-c -o a.o a.c 'b\n" CC "-c -o c.o c.c",
	  "clang -D__KERNEL__ -c -o c.o c.c (1 unreadable)" },
	{ "the end comes early", CC "-c -o a.o a.c \\",
	  "clang -D__KERNEL__ -c -o a.o a.c" },
	{ "the same twice", CC "-c -o a.o a.c\n" CC "-c -o a.o a.c",
	  "clang -D__KERNEL__ -c -o a.o a.c" },
};

static void feed(struct recipe *r, const char *text)
{
	size_t n;

	for (; *text; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		recipe_line(r, text, n);
	}
	recipe_end(r);
}

static char *join_commands(const struct compdb *db, size_t unreadable)
{
	struct strbuf out = STRBUF_INIT;
	size_t i;
	int k;

	for (i = 0; i < db->nr; i++) {
		strbuf_addstr(&out, i ? "\n" : "");
		for (k = 0; k < db->cmds[i].argc; k++)
			strbuf_addf(&out, "%s%s", k ? " " : "",
				    db->cmds[i].argv[k]);
	}
	if (unreadable)
		strbuf_addf(&out, " (%zu unreadable)", unreadable);
	return strbuf_detach(&out);
}

static void test_recipe(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(recipe_table); i++) {
		struct compdb db = COMPDB_INIT;
		struct recipe r;
		char *got;

		recipe_init(&r, &db, "/o", NULL, 0);
		feed(&r, recipe_table[i].input);
		got = join_commands(&db, r.unreadable);
		if (strcmp(got, recipe_table[i].expected))
			fail_msg("%s: '%s'", recipe_table[i].name, got);
		free(got);
		recipe_release(&r);
		compdb_release(&db);
	}
}

static void test_recipe_dirs(void **state)
{
	static const struct {
		const char *output;
		bool taken;
	} table[] = {
		{ "drivers/a/x.o", true },
		{ "drivers/a/b/x.o", true },
		{ "./drivers/a/y.o", true },
		{ "drivers/c/../a/z.o", true },
		{ "drivers/ab/x.o", false },
		{ "drivers/x.o", false },
		{ "drivers/a/../c/x.o", false },
		{ "kernel/drivers/a/x.o", false },
		{ "lib/d/x.o", true },
	};
	static char *const dirs[] = { "drivers/a", "lib/d", "fs" };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		char *line = xasprintf(CC "-c -o %s /t/x.c", table[i].output);
		struct compdb db = COMPDB_INIT;
		struct recipe r;

		recipe_init(&r, &db, "/o", dirs, 3);
		feed(&r, line);
		if (db.nr != table[i].taken ||
		    r.taken[0] + r.taken[1] != table[i].taken || r.taken[2])
			fail_msg("%s: %zu", table[i].output, db.nr);
		recipe_release(&r);
		compdb_release(&db);
		free(line);
	}
}

static void test_explain(void **state)
{
	static const struct {
		const char *name, *log, *expected;
	} table[] = {
		{ "nothing", "", "" },
		{ "no hint", "make: *** [x] Error 1\n",
		  "\nmake: *** [x] Error 1" },
		{ "what make does around it",
		  "make[1]: Entering directory '/o'\n  HOSTCC  a.o\n"
		  "*** too old\n***   yours: 1\nmake[2]: *** [a:1: b] Error 1\n"
		  "make: *** [c] Error 2\nmake[1]: Leaving directory '/o'\n",
		  "\n*** too old\n***   yours: 1" },
		{ "a shell", "/bin/sh: 1: flex: not found\n",
		  "apt install flex'" },
		{ "another shell", "bash: line 1: bc: command not found\n",
		  "apt install bc'" },
		{ "make", "make: bison: No such file or directory",
		  "apt install bison'" },
		{ "a header",
		  "a.c:1:10: fatal error: 'gelf.h' file not found\n",
		  "apt install libelf-dev'" },
		{ "gcc's words for it",
		  "a.c:1: fatal error: libelf.h: "
		  "No such file or directory\n",
		  "apt install libelf-dev'" },
		{ "a header in a directory",
		  "a.c:1: fatal error: 'openssl/bio.h' file not found\n",
		  "apt install libssl-dev'" },
		{ "the linker", "make: ld.lld: No such file or directory\n",
		  "apt install lld'" },
		{ "two, one of them twice",
		  "sh: flex: not found\nsh: flex: not found\n"
		  "make: clang: No such file or directory\n",
		  "apt install flex clang'" },
		{ "part of a longer word",
		  "sh: abc: not found\nx-flex: not found\ngcc.c: not found\n",
		  "gcc.c: not found" },
		{ "named, but not missed", "bison: warning: 3 conflicts\n",
		  "bison: warning: 3 conflicts" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct strbuf out = STRBUF_INIT;
		bool hint;

		kbuild_explain_log(table[i].log, &out);
		hint = strstr(table[i].expected, "apt install");
		if (!strstr(out.buf, table[i].expected) ||
		    (*table[i].expected == '\n' &&
		     strcmp(out.buf, table[i].expected)) ||
		    hint != !!strstr(out.buf, "apt install"))
			fail_msg("%s: '%s'", table[i].name, out.buf);
		strbuf_release(&out);
	}
}

static void test_explain_length(void **state)
{
	struct strbuf log = STRBUF_INIT, out = STRBUF_INIT;
	int i;

	(void)state;
	strbuf_addstr(&log, "sh: bc: not found\n");
	for (i = 1; i <= 100; i++)
		strbuf_addf(&log, "line %d.\n", i);
	kbuild_explain_log(log.buf, &out);
	assert_null(strstr(out.buf, "line 70."));
	assert_non_null(strstr(out.buf, "line 71."));
	assert_non_null(strstr(out.buf, "line 100."));
	/* Whatever is missing may have been said long before. */
	assert_non_null(strstr(out.buf, "apt install bc'"));
	strbuf_release(&log);
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_recipe),
		cmocka_unit_test(test_recipe_dirs),
		cmocka_unit_test(test_explain),
		cmocka_unit_test(test_explain_length),
	};

	return cmocka_run_group_tests_name("make output", tests, NULL, NULL);
}
