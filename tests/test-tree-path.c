// SPDX-License-Identifier: GPL-2.0-only
/* Paths as they are kept: below the tree, below the build directory, neither.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/tree-path.h"

static void test_tree_path(void **state)
{
	static const struct {
		const char *path, *name;
	} table[] = {
		{ "/t/drivers/a.c", "drivers/a.c" },
		{ "/t/o/gen.h", "$O/gen.h" },
		{ "/tree2/a.c", "/tree2/a.c" },
		{ "/usr/include/x.h", "/usr/include/x.h" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct strbuf sb = STRBUF_INIT;

		tree_path_add(&sb, "/t", "/t/o", table[i].path);
		assert_string_equal(sb.buf, table[i].name);
		strbuf_reset(&sb);
		tree_path_open(&sb, "/t", "/t/o", table[i].name);
		assert_string_equal(sb.buf, table[i].path);
		strbuf_release(&sb);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tree_path),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
