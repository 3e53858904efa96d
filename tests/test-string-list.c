// SPDX-License-Identifier: GPL-2.0-only
/* Lists of strings: copies, order without repeats, and use after release. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "util/alloc.h"
#include "util/strbuf.h"
#include "util/string-list.h"

static void fill(struct string_list *list, const char *letters)
{
	char s[2] = "";

	for (; *letters; letters++) {
		s[0] = *letters;
		string_list_add(list, s);
	}
}

static void expect(const struct string_list *list, const char *letters)
{
	size_t i;

	assert_int_equal(list->nr, strlen(letters));
	for (i = 0; i < list->nr; i++) {
		assert_int_equal(list->item[i][0], letters[i]);
		assert_int_equal(strlen(list->item[i]), 1);
	}
}

static void test_sort_unique(void **state)
{
	static const struct {
		const char *letters, *sorted;
	} cases[] = {
		{ "", "" },	 { "a", "a" },	     { "aa", "a" },
		{ "ba", "ab" },	 { "cabac", "abc" }, { "aab", "ab" },
		{ "abb", "ab" }, { "bBaA", "ABab" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct string_list list = { 0 };

		fill(&list, cases[i].letters);
		expect(&list, cases[i].letters);
		string_list_sort_unique(&list);
		expect(&list, cases[i].sorted);
		string_list_release(&list);
	}
}

static void test_has(void **state)
{
	struct string_list list = { 0 };

	(void)state;
	assert_false(string_list_has(&list, ""));
	fill(&list, "ca");
	assert_true(string_list_has(&list, "a"));
	assert_true(string_list_has(&list, "c"));
	assert_false(string_list_has(&list, "b"));
	assert_false(string_list_has(&list, "ca"));
	assert_false(string_list_has(&list, ""));
	string_list_release(&list);
	assert_false(string_list_has(&list, "a"));
	fill(&list, "b");
	expect(&list, "b");
	string_list_release(&list);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sort_unique),
		cmocka_unit_test(test_has),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
