// SPDX-License-Identifier: GPL-2.0-only
/* Directives of a text, their conditions, and what of it is live. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "util/strbuf.h"

#include "indexer/condition.h"
#include "indexer/directive.h"

static void test_directives(void **state)
{
	static const struct {
		const char *name, *text, *expected;
	} table[] = {
		{ "none", "int a;\n", "" },
		{ "include", "#include <linux/a.h>\n", "0 <linux/a.h>;" },
		{ "no newline at the end", "#define A 1", "1 A 1;" },
		{ "blanks", "  #\tdefine  A 1  \n", "1 A 1;" },
		{ "comment before it", "/* x */ # /* y */ undef A // z\n",
		  "2 A;" },
		{ "comment inside", "#define A /* x\n y */ 1\n", "1 A   1;" },
		{ "continued", "#if defined(A) && \\\n\tdefined(B)\nint x;\n",
		  "3 defined(A) && \tdefined(B);" },
		{ "in a comment", "/*\n#define A\n*/\n", "" },
		{ "in a line comment", "// \\\n#define A\n#define B\n",
		  "1 B;" },
		{ "comment in a string", "char *s = \"/*\";\n#define A\n",
		  "1 A;" },
		{ "quote in a character", "int c = '\"';\n#define A\n",
		  "1 A;" },
		{ "escaped quote", "char *s = \"\\\"/*\";\n#define A\n",
		  "1 A;" },
		{ "apostrophe in #error", "#error don't\n#define A\n",
		  "10 don't;1 A;" },
		{ "in the middle of a line", "int x; #define A\n", "" },
		{ "all",
		  "#ifdef A\n#elif B\n#else\n#endif\n#ifndef C\n"
		  "#pragma once\n#warning w\n",
		  "4 A;6 B;7 ;8 ;5 C;9 once;10 w;" },
		{ "comment not closed", "#define A\n/* #define B\n", "1 A;" },
		{ "empty directive", "#\n#define A\n", "10 ;1 A;" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct strbuf got = STRBUF_INIT;
		struct directive_scan scan;
		char *text = xmemdup(table[i].text, strlen(table[i].text));

		directive_scan_init(&scan, text, strlen(table[i].text));
		while (directive_next(&scan))
			strbuf_addf(&got, "%d %s;", (int)scan.kind,
				    scan.rest.buf);
		directive_scan_release(&scan);
		if (strcmp(got.buf, table[i].expected))
			fail_msg("%s: got '%s', expected '%s'", table[i].name,
				 got.buf, table[i].expected);
		strbuf_release(&got);
		free(text);
	}
}

static void test_identifiers(void **state)
{
	static const struct {
		const char *line, *expected;
	} table[] = {
		{ "", "" },
		{ "defined(A) && B_2 > 10", "defined A B_2 " },
		{ "0x1F + 3UL", "" },
		{ "\"in a string\" A 'x'", "A " },
		{ "\"not closed", "not closed " },
	};
	size_t i, len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct strbuf got = STRBUF_INIT;
		const char *p = table[i].line, *word;

		while ((word = identifier_next(&p, &len))) {
			strbuf_add(&got, word, len);
			strbuf_addch(&got, ' ');
		}
		assert_string_equal(got.buf, table[i].expected);
		strbuf_release(&got);
	}
}

/* Y is defined, N is not, and of all others nothing is known. */
static enum truth look_up(const void *data, const char *name, size_t len)
{
	(void)data;
	if (len == 1 && *name == 'Y')
		return TRUTH_YES;
	return len == 1 && *name == 'N' ? TRUTH_NO : TRUTH_UNKNOWN;
}

static void test_condition(void **state)
{
	static const struct {
		const char *expr;
		enum truth expected;
	} table[] = {
		{ "defined(Y)", TRUTH_YES },
		{ "defined Y", TRUTH_YES },
		{ "defined ( N )", TRUTH_NO },
		{ "!defined(N)", TRUTH_YES },
		{ "!defined(Q)", TRUTH_UNKNOWN },
		{ "defined(Q) && defined(N)", TRUTH_NO },
		{ "defined(Q) || defined(Y)", TRUTH_YES },
		{ "defined(N) || defined(Y) && defined(N)", TRUTH_NO },
		{ "(defined(N) || defined(Y)) && !defined(N)", TRUTH_YES },
		{ "!(defined(Y) && defined(Y))", TRUTH_NO },
		{ "IS_ENABLED(Y)", TRUTH_YES },
		{ "IS_ENABLED(N)", TRUTH_UNKNOWN },
		{ "!IS_ENABLED(Y)", TRUTH_NO },
		{ "Y", TRUTH_UNKNOWN },
		{ "0", TRUTH_UNKNOWN },
		{ "Y > 2 && defined(N)", TRUTH_NO },
		{ "defined(Y) == 1", TRUTH_UNKNOWN },
		{ "(defined(Y)) + 1", TRUTH_UNKNOWN },
		{ "FOO(a, b) || defined(Y)", TRUTH_YES },
		{ "defined(YY)", TRUTH_UNKNOWN },
		{ "defined(", TRUTH_UNKNOWN },
		{ "", TRUTH_UNKNOWN },
		{ "defined(Y))", TRUTH_UNKNOWN },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++)
		if (condition_eval(table[i].expr, look_up, NULL) !=
		    table[i].expected)
			fail_msg("'%s'", table[i].expr);
}

/* Which of the #define lines may be reached. */
static void test_live(void **state)
{
	static const struct {
		const char *name, *text, *expected;
	} table[] = {
		{ "none", "#define a\n", "a" },
		{ "true",
		  "#ifdef Y\n#define a\n#else\n#define b\n#endif\n"
		  "#define c\n",
		  "ac" },
		{ "false", "#ifdef N\n#define a\n#else\n#define b\n#endif\n",
		  "b" },
		{ "unknown", "#ifdef Q\n#define a\n#else\n#define b\n#endif\n",
		  "ab" },
		{ "ifndef", "#ifndef Y\n#define a\n#else\n#define b\n#endif\n",
		  "b" },
		{ "nested",
		  "#ifdef N\n#ifdef Y\n#define a\n#endif\n#else\n"
		  "#ifdef Y\n#define b\n#endif\n#endif\n",
		  "b" },
		{ "elif after true",
		  "#if defined(Y)\n#define a\n#elif defined(Y)\n#define b\n"
		  "#else\n#define c\n#endif\n",
		  "a" },
		{ "elif after unknown",
		  "#if Q\n#define a\n#elif defined(N)\n#define b\n"
		  "#elif defined(Y)\n#define c\n#else\n#define d\n#endif\n",
		  "ac" },
		{ "no #if", "#else\n#define a\n#endif\n#endif\n#define b\n",
		  "ab" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct strbuf got = STRBUF_INIT;
		struct directive_scan scan;
		struct live live;

		directive_scan_init(&scan, table[i].text,
				    strlen(table[i].text));
		live_init(&live, look_up, NULL);
		while (directive_next(&scan))
			if (live_step(&live, scan.kind, scan.rest.buf) &&
			    scan.kind == DIRECTIVE_DEFINE)
				strbuf_addstr(&got, scan.rest.buf);
		directive_scan_release(&scan);
		if (strcmp(got.buf, table[i].expected))
			fail_msg("%s: got '%s', expected '%s'", table[i].name,
				 got.buf, table[i].expected);
		strbuf_release(&got);
	}
}

/* Deeper than it can follow: nothing is left out, and it finds back. */
static void test_live_depth(void **state)
{
	struct live live;
	int i;

	(void)state;
	live_init(&live, look_up, NULL);
	for (i = 0; i < LIVE_DEPTH + 3; i++)
		assert_true(live_step(&live, DIRECTIVE_IFDEF, "Y"));
	assert_true(live_step(&live, DIRECTIVE_DEFINE, "a"));
	while (i--)
		live_step(&live, DIRECTIVE_ENDIF, "");
	live_step(&live, DIRECTIVE_IFDEF, "N");
	assert_false(live_step(&live, DIRECTIVE_DEFINE, "a"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_directives),
		cmocka_unit_test(test_identifiers),
		cmocka_unit_test(test_condition),
		cmocka_unit_test(test_live),
		cmocka_unit_test(test_live_depth),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
