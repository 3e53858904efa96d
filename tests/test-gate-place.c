// SPDX-License-Identifier: GPL-2.0-only
/* Where an entry is shown: what of a finding the patch touches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "gate-world.h"

static const char outer_text[] = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n"
				 "14\n15\n16\n17\n18\n19\n"
				 "int outer_probe(void)\n" /* 20 */
				 "{\n"
				 "	impl_init();\n"
				 "}\n"
				 "24\n25\n26\n27\n28\n29\n30\n31\n32\n33\n34\n"
				 "35\n36\n37\n38\n39\n"
				 "struct platform_driver outer_driver = {\n"
				 "	.probe = outer_probe,\n"
				 "	.driver.name = \"outer\",\n"
				 "};\n"
				 "44\n";

static void test_places(void **state)
{
	static const struct {
		const char *name, *path;
		uint32_t first, last;
		const char *file;
		uint32_t line;
	} cases[] = {
		{ "the call", "drivers/inner.c", 12, 12, "drivers/inner.c",
		  12 },
		{ "the call in many lines", "drivers/inner.c", 1, 99,
		  "drivers/inner.c", 12 },
		{ "a hop", "drivers/outer.c", 22, 22, "drivers/outer.c", 22 },
		{ "the probe's name", "drivers/outer.c", 20, 20,
		  "drivers/outer.c", 20 },
		{ "the probe's body", "drivers/outer.c", 21, 21,
		  "drivers/outer.c", 21 },
		{ "the driver's initialiser", "drivers/outer.c", 42, 42,
		  "drivers/outer.c", 42 },
		{ "behind the driver", "drivers/outer.c", 44, 44, NULL, 0 },
		{ "before the probe", "drivers/outer.c", 3, 19, NULL, 0 },
		{ "another file", "include/foo.h", 1, 99, NULL, 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct gate_entry *e;
		struct world w;

		world_init(&w);
		add(&w.result.after, base());
		change(&w, cases[i].path, NULL, outer_text, cases[i].first,
		       cases[i].last);
		expect(&w, cases[i].name, "added ");
		e = &w.result.list[0];
		if (!e->file != !cases[i].file ||
		    (e->file && strcmp(e->file, cases[i].file)) ||
		    e->line != cases[i].line)
			fail_msg("%s: %s:%u", cases[i].name,
				 e->file ? e->file : "(none)", e->line);
		world_release(&w);
	}
}

static void test_mended_place(void **state)
{
	struct world w;

	(void)state;
	world_init(&w);
	add(&w.result.before, base());
	change(&w, "drivers/new.c", "drivers/inner.c", "x\n", 5, 7);
	expect(&w, "mended", "mended ");
	assert_string_equal(w.result.list[0].file, "drivers/new.c");
	assert_int_equal(w.result.list[0].line, 7);
	world_release(&w);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_mended_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
