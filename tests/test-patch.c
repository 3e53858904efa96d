// SPDX-License-Identifier: GPL-2.0-only
/*
 * What patches make of a tree. Every case also asks whether the tree is as it
 * was, to the byte and the time, and whether the temporary directory is gone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "patch-cases.h"
#include "patch-run.h"

/* A file of its own for each patch: "p1", "p2", ... */
static void write_patches(const struct patch_case *c, struct string_list *files)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(c->patches) && c->patches[i]; i++) {
		char *name = xasprintf("p%zu", i + 1);
		char *path = xasprintf("%s/%s", t.dir, name);
		size_t len = strlen(c->patches[i]);

		assert_int_equal(
			patch_tree_write(t.dir, name, c->patches[i], len), 0);
		string_list_add(files, path);
		free(name);
		free(path);
	}
}

static void assert_plain(const char *s)
{
	for (; *s; s++)
		if (*s < 0x20 || *s >= 0x7f)
			fail_msg("byte %#x in a message", (unsigned char)*s);
}

static void run_case(const struct patch_case *c)
{
	struct patch_set set = PATCH_SET_INIT;
	struct string_list files = { 0 };
	struct strbuf err = STRBUF_INIT, got = STRBUF_INIT;
	int ret;

	write_patches(c, &files);
	ret = patch_read(&set, t.tree, &files, &patch_default_limits, &err);
	if (ret != c->ret)
		print_error("%s: %d (want %d) %s\n", c->name, ret, c->ret,
			    err.buf);
	assert_int_equal(ret, c->ret);
	if (!ret) {
		patch_describe(&set, &got);
		if (strcmp(got.buf, c->expected))
			print_error("%s:\n", c->name);
		assert_string_equal(got.buf, c->expected);
		assert_int_equal(err.len, 0);
		if (c->path)
			assert_content(&set, c->path, c->content);
	} else {
		if (!strstr(err.buf, c->expected))
			print_error("%s: %s\n", c->name, err.buf);
		assert_non_null(strstr(err.buf, c->expected));
		/* which patch, and no paths of ours */
		assert_non_null(strstr(err.buf, "/p"));
		assert_null(strstr(err.buf, t.tmp));
		assert_plain(err.buf);
	}
	patch_set_release(&set);
	assert_untouched();
	string_list_release(&files);
	strbuf_release(&err);
	strbuf_release(&got);
}

static void test_case(void **state)
{
	run_case(*state);
}

static void test_lines(void **state)
{
	struct line_range ranges[] = { { 3, 2 }, { 7, 0 }, { 9, 1 } };
	struct change c = { .ranges = ranges, .nr_ranges = 3 };
	static const uint32_t in[] = { 3, 4, 9 };
	static const uint32_t out[] = { 0, 1, 2, 5, 7, 8, 10, UINT32_MAX };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(in); i++)
		assert_true(change_has_line(&c, in[i]));
	for (i = 0; i < ARRAY_SIZE(out); i++)
		assert_false(change_has_line(&c, out[i]));
	for (i = 0; i < 12; i++)
		assert_int_equal(change_cuts_behind(&c, i), i == 7);
}

int main(void)
{
	size_t nr = nr_patch_cases(), i;
	struct CMUnitTest *tests = xcalloc(nr + 1, sizeof(*tests));
	int ret;

	for (i = 0; i < nr; i++)
		tests[i] = (struct CMUnitTest){
			.name = patch_case(i)->name,
			.test_func = test_case,
			.setup_func = patch_run_setup,
			.teardown_func = patch_run_teardown,
			.initial_state = (void *)patch_case(i),
		};
	tests[nr] = (struct CMUnitTest)cmocka_unit_test(test_lines);
	ret = _cmocka_run_group_tests("patch", tests, nr + 1, NULL, NULL);
	free(tests);
	return ret;
}
