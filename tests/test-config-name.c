// SPDX-License-Identifier: GPL-2.0-only
/* Which configurations a name on the command line stands for. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "util/alloc.h"

#include "callgraph/config-name.h"

static const struct {
	const char *wanted, *name;
	bool meant;
} cases[] = {
	{ "arm64/allyesconfig", "arm64/allyesconfig", true },
	{ "arm64", "arm64/allyesconfig", true },
	{ "arm64", "arm64", true },
	{ "arm", "arm64/allyesconfig", false },
	{ "arm", "arm/allyesconfig", true },
	{ "arm64/", "arm64/allyesconfig", false },
	{ "arm64/all", "arm64/allyesconfig", false },
	{ "arm64/a", "arm64/a/b", false },
	{ "allyesconfig", "arm64/allyesconfig", false },
	{ "arm64/allyesconfig", "arm64", false },
	{ "", "/x", false },
	{ "", "", true },
};

static void test_meant(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		if (config_is_meant(cases[i].wanted, cases[i].name) !=
		    cases[i].meant)
			fail_msg("'%s' for '%s'", cases[i].wanted,
				 cases[i].name);
}

static void test_lists(void **state)
{
	struct string_list wanted = { 0 }, have = { 0 };
	struct strbuf err = STRBUF_INIT;

	(void)state;
	string_list_add(&have, "arm/a");
	string_list_add(&have, "mips/b");
	assert_true(config_is_wanted(NULL, "arm/a"));
	assert_true(config_is_wanted(&wanted, "arm/a"));
	assert_int_equal(config_check_names(NULL, &have, "k.db", &err), 0);
	string_list_add(&wanted, "x86_64/a");
	string_list_add(&wanted, "mips");
	assert_false(config_is_wanted(&wanted, "arm/a"));
	assert_true(config_is_wanted(&wanted, "mips/b"));
	assert_int_equal(config_check_names(&wanted, &have, "k.db", &err),
			 -ENOENT);
	assert_string_equal(err.buf, "--config: there is no 'x86_64/a' in "
				     "k.db; there are: arm/a, mips/b");
	string_list_release(&wanted);
	string_list_release(&have);
	strbuf_release(&err);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_meant),
		cmocka_unit_test(test_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
