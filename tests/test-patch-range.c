// SPDX-License-Identifier: GPL-2.0-only
/*
 * What commits make of a working tree. The tree is as hostile as its contents
 * can make it: attributes ask for a filter and a text conversion that the
 * user's configuration has, and there are hooks; each of them leaves a file.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "patch-run.h"

/* Commits: one, two (tagged), side (from one), link, and HEAD as wanted. */
static const char make_tree[] =
	"exec >/dev/null 2>&1; set -e\n"
	"rm -f out drivers/fifo.c; rmdir drivers/dir.c\n"
	"git init -q .\n"
	"git config user.name J; git config user.email j@example.org\n"
	"git config filter.evil.clean \"touch $EVIL; cat\"\n"
	"git config filter.evil.smudge \"touch $EVIL; cat\"\n"
	"git config diff.evil.textconv \"touch $EVIL; cat\"\n"
	"git add .; git commit -qm one; git tag one\n"
	"echo '*.c filter=evil diff=evil' >.gitattributes\n"
	"sed -i 's/^a2$/two/' drivers/a.c\n"
	"git mv drivers/b.c drivers/moved.c; echo more >>drivers/moved.c\n"
	"git rm -q top.c; echo new >new.h\n"
	"git add .; git commit -qm two; git tag two\n"
	"git checkout -q -b side one; sed -i 's/^a9$/side/' drivers/a.c\n"
	"git commit -qam side\n"
	"ln -s a.c drivers/other.c; git add drivers/other.c\n"
	"git commit -qm link; git tag link\n"
	"git checkout -q --orphan lone; git commit -qm lone\n"
	"git checkout -q --detach two\n"
	"printf '#!/bin/sh\\ntouch %s\\n' \"$EVIL\" >.git/evil\n"
	"chmod +x .git/evil\n"
	"for h in post-checkout post-index-change fsmonitor-watchman; do\n"
	"\tcp .git/evil .git/hooks/$h\n"
	"done\n"
	"git config diff.external \"$PWD/.git/evil\"\n"
	"git config core.fsmonitor \"$PWD/.git/evil\"\n"
	"rm -f $EVIL\n";

static int in_tree(const char *script)
{
	char *command = xasprintf("cd %s && export EVIL=%s/evil && "
				  "export GIT_CONFIG_GLOBAL=/dev/null && %s",
				  t.tree, t.dir, script);
	int ret = system(command);

	free(command);
	return ret;
}

static int setup(void **state)
{
	(void)state;
	return patch_tree_make(&t) || in_tree(make_tree);
}

static int teardown(void **state)
{
	(void)state;
	patch_tree_remove(&t);
	return 0;
}

static const struct row {
	const char *name;
	const char *prepare; /* shell, in the tree; or NULL */
	const char *range;
	const char *base, *head, *between; /* or the message in @base */
	int ret;
} rows[] = {
	{ "the second is checked out", NULL, "one..two",
	  "M drivers/a.c 2+1\nA drivers/b.c 1+12\nD drivers/moved.c\n"
	  "D new.h\nA top.c 1+3\n",
	  "",
	  "M drivers/a.c 2+1\nR drivers/b.c -> drivers/moved.c 13+1\n"
	  "A new.h 1+1\nD top.c\n",
	  0 },
	{ "the first is checked out", "git -c core.fsmonitor= checkout -q one",
	  "one..two", "",
	  "M drivers/a.c 2+1\nD drivers/b.c\nA drivers/moved.c 1+13\n"
	  "A new.h 1+1\nD top.c\n",
	  "M drivers/a.c 2+1\nR drivers/b.c -> drivers/moved.c 13+1\n"
	  "A new.h 1+1\nD top.c\n",
	  0 },
	{ "one commit: up to HEAD", NULL, "two~1",
	  "M drivers/a.c 2+1\nA drivers/b.c 1+12\nD drivers/moved.c\n"
	  "D new.h\nA top.c 1+3\n",
	  "",
	  "M drivers/a.c 2+1\nR drivers/b.c -> drivers/moved.c 13+1\n"
	  "A new.h 1+1\nD top.c\n",
	  0 },
	{ "nothing after the dots", NULL, "two..", "", "", "", 0 },
	{ "nothing before them", NULL, "..two", "", "", "", 0 },
	{ "two branches", "git -c core.fsmonitor= checkout -q side~1",
	  "two..side~1",
	  "M drivers/a.c 2+1 9+1\nD drivers/b.c\n"
	  "A drivers/moved.c 1+13\nA new.h 1+1\nD top.c\n",
	  "",
	  "M drivers/a.c 2+1 9+1\nR drivers/moved.c -> drivers/b.c 12+0\n"
	  "D new.h\nA top.c 1+3\n",
	  0 },
	{ "from the merge base", "git -c core.fsmonitor= checkout -q side~1",
	  "two...side~1", "M drivers/a.c 9+1\n", "", "M drivers/a.c 9+1\n", 0 },
	{ "uncommitted changes",
	  "echo x >>drivers/crlf.c; rm new.h; echo u >untracked.c", "two..",
	  "M drivers/crlf.c 5+0\nA new.h 1+1\n",
	  "M drivers/crlf.c 5+0\nA new.h 1+1\n", "", 0 },
	{ "only a new time", "touch drivers/*.c", "two..", "", "", "", 0 },
	{ "a filter with '=' in its name",
	  "git config filter.e=vil.clean \"touch $EVIL; cat\"; "
	  "git config filter.e=vil.required true; "
	  "echo '*.c filter=e=vil' >.git/info/attributes; touch drivers/*.c",
	  "two..", "", "", "", 0 },
	{ "no such commit", NULL, "one..none", "there is no commit 'none'", "",
	  "", -EINVAL },
	{ "a file is no commit", NULL, "one:top.c..two",
	  "there is no commit 'one:top.c'", "", "", -EINVAL },
	{ "an option", NULL, "--output=x..two",
	  "there is no commit '--output=x'", "", "", -EINVAL },
	{ "an option behind", NULL, "one..-x", "there is no commit '-x'", "",
	  "", -EINVAL },
	{ "empty", NULL, "", "name commits", "", "", -EINVAL },
	{ "an escape sequence", NULL, "\033[31m", "\\x1b[31m", "", "",
	  -EINVAL },
	{ "nothing in common", NULL, "lone...two", "no commit in common", "",
	  "", -EINVAL },
	{ "a link", NULL, "side~1..link",
	  "drivers/other.c is made, changed or deleted as a symbolic link", "",
	  "", -EINVAL },
	{ "no index", "rm .git/index", "one..two", "has no index; check", "",
	  "", -EINVAL },
	{ "no git tree", "rm -rf .git", "one..two", "cannot be used as a git",
	  "", "", -EINVAL },
};

static void assert_set(const struct patch_set *set, const char *expected)
{
	struct strbuf sb = STRBUF_INIT;

	patch_describe(set, &sb);
	assert_string_equal(sb.buf, expected);
	strbuf_release(&sb);
}

static void test_row(void **state)
{
	struct patch_set base = PATCH_SET_INIT, head = PATCH_SET_INIT;
	struct patch_set between = PATCH_SET_INIT;
	const struct row *row = *state;
	struct strbuf err = STRBUF_INIT;
	uint64_t hash;
	char *evil;
	int ret;

	if (row->prepare)
		assert_int_equal(in_tree(row->prepare), 0);
	evil = xasprintf("%s/evil", t.dir);
	unlink(evil);
	hash = patch_tree_hash(t.tree);
	ret = patch_read_range(&base, &head, &between, t.tree, row->range,
			       &patch_default_limits, &err);
	if (ret != row->ret)
		print_error("%d %s\n", ret, err.buf);
	assert_int_equal(ret, row->ret);
	if (!ret) {
		assert_set(&base, row->base);
		assert_set(&head, row->head);
		assert_set(&between, row->between);
	} else if (!strstr(err.buf, row->base)) {
		fail_msg("%s", err.buf);
	}
	patch_set_release(&base);
	patch_set_release(&head);
	patch_set_release(&between);
	strbuf_release(&err);
	/* with .git and its index */
	assert_int_equal(patch_tree_hash(t.tree), hash);
	assert_int_equal(patch_tree_count(t.tmp), 0);
	assert_int_not_equal(access(evil, F_OK), 0);
	free(evil);
}

/* What an index says need not be the top of the tree. */
static void test_below(void **state)
{
	struct patch_set base = PATCH_SET_INIT, head = PATCH_SET_INIT;
	struct patch_set between = PATCH_SET_INIT;
	struct strbuf err = STRBUF_INIT;
	char *below = xasprintf("%s/drivers", t.tree);

	(void)state;
	assert_int_equal(patch_read_range(&base, &head, &between, below,
					  "one..two", &patch_default_limits,
					  &err),
			 -EINVAL);
	assert_non_null(strstr(err.buf, "name the top of it"));
	patch_set_release(&base);
	patch_set_release(&head);
	patch_set_release(&between);
	strbuf_release(&err);
	free(below);
}

static void test_limit(void **state)
{
	struct patch_set base = PATCH_SET_INIT, head = PATCH_SET_INIT;
	struct patch_set between = PATCH_SET_INIT;
	struct patch_limits l = patch_default_limits;
	struct strbuf err = STRBUF_INIT;

	(void)state;
	l.files = 2;
	assert_int_equal(patch_read_range(&base, &head, &between, t.tree,
					  "one..two", &l, &err),
			 -E2BIG);
	assert_non_null(strstr(err.buf, "more than 2 files"));
	patch_set_release(&base);
	patch_set_release(&head);
	patch_set_release(&between);
	strbuf_release(&err);
	assert_int_equal(patch_tree_count(t.tmp), 0);
}

int main(void)
{
	struct CMUnitTest tests[ARRAY_SIZE(rows) + 2] = {
		cmocka_unit_test_setup_teardown(test_below, setup, teardown),
		cmocka_unit_test_setup_teardown(test_limit, setup, teardown),
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		tests[i + 2].name = rows[i].name;
		tests[i + 2].test_func = test_row;
		tests[i + 2].setup_func = setup;
		tests[i + 2].teardown_func = teardown;
		tests[i + 2].initial_state = (void *)&rows[i];
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
