// SPDX-License-Identifier: GPL-2.0-only
/* Changes of a header that change no code, and those that only look so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "gate/rank.h"

/* A text that may hold a NUL. */
#define TEXT(s)                                                                \
	{                                                                      \
		.buf = (char *)(s), .len = sizeof(s) - 1                       \
	}

/* Header changes that must not pass for comments, and comments that are. */
static void test_same_code(void **state)
{
	static const struct {
		struct strbuf a, b;
		bool same;
	} rows[] = {
		{ TEXT("\n"), TEXT("// a\n"), true },
		{ TEXT("int a;\n"), TEXT("int /* b */ a; // c\n"), true },
		{ TEXT("int a;\n"), TEXT("int b;\n"), false },
		{ TEXT("f(\"//\");\n"), TEXT("f(\"//x\");\n"), false },
		{ TEXT("int a;\n"), TEXT("int a;\n\0int b;\n"), false },
		{ TEXT("int a;\n\0\n"), TEXT("int a;\n\0x\n"), false },
		{ TEXT("#include <l//a.h>\n"), TEXT("#include <l//b.h>\n"),
		  false },
		{ TEXT("# include <l/*a>\nint a;\n#if 1 /**/\n"),
		  TEXT("# include <l/*a>\nint b;\n#if 1 /**/\n"), false },
		{ TEXT("#if __has_include(<l//a.h>)\n"),
		  TEXT("#if __has_include(<l//b.h>)\n"), false },
		{ TEXT("#include <a.h>\n"), TEXT("#include <a.h> // a\n"),
		  true },
		{ TEXT("#if A < 3\n"), TEXT("#if A < 3 /* few */\n"), true },
		{ TEXT("#define A /* a */\\\n\t1\n"),
		  TEXT("#define A /* b */\\\n\t1\n"), true },
		{ TEXT("/* *\\\n/ int a; /**/\n"),
		  TEXT("/* *\\\n/ int b; /**/\n"), false },
		{ TEXT("/\\\n/ /*\nint a; /**/\n"),
		  TEXT("/\\\n/ /*\nint b; /**/\n"), false },
		{ TEXT("// \\ \n/*\nint a; /**/\n"),
		  TEXT("// \\ \n/*\nint b; /**/\n"), false },
		{ TEXT("f(\"\\\\\n\" // \");\n"),
		  TEXT("f(\"\\\\\n\" // a\");\n"), false },
		{ TEXT("#include \"a\\\" /* \"\n// */ int a;\n"),
		  TEXT("#include \"a\\\" /* \"\n// */ int b;\n"), false },
		{ TEXT("#warning /*\nint a;\n#warning */\n"),
		  TEXT("#warning /*\nint b;\n#warning */\n"), false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (rank_same_code(&rows[i].a, &rows[i].b, true) !=
		    rows[i].same)
			fail_msg("row %zu: %s", i, rows[i].b.buf);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_code),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
