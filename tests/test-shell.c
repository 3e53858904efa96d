// SPDX-License-Identifier: GPL-2.0-only
/* Lines of a shell and paths, as compile commands have them. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/compdb.h"

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
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shell_split),
		cmocka_unit_test(test_normalise),
	};

	return cmocka_run_group_tests_name("shell", tests, NULL, NULL);
}
