// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ways to give patches, how much of them is taken, and what around the program
 * must make no difference: environment, signals, where temporary files go.
 */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "patch-cases.h"
#include "patch-run.h"

/* ---- limits ---- */

static void assert_limit(const char *text, const struct patch_limits *limits,
			 const char *word)
{
	struct patch_set set = PATCH_SET_INIT;
	struct strbuf err = STRBUF_INIT;
	int ret = patch_read_text(&set, text, limits, &err);

	if (ret != -E2BIG || !strstr(err.buf, word))
		print_error("%d %s\n", ret, err.buf);
	assert_int_equal(ret, -E2BIG);
	assert_non_null(strstr(err.buf, word));
	patch_set_release(&set);
	strbuf_release(&err);
	assert_untouched();
}

static void test_limits(void **state)
{
	struct patch_limits l = patch_default_limits;

	(void)state;
	l.bytes = 100;
	assert_limit(PATCH_TWO_FILES, &l, "100 bytes");
	l = patch_default_limits;
	l.files = 1;
	assert_limit(PATCH_TWO_FILES, &l, "1 files");
	l = patch_default_limits;
	l.file_bytes = 30;
	assert_limit(PATCH_TWO_FILES, &l, "30 that a file may have");
	l = patch_default_limits;
	l.all_bytes = 70;
	assert_limit(PATCH_TWO_FILES, &l, "70 bytes");
	l = patch_default_limits;
	l.patches = 2;
	assert_limit(MBOX_SERIES, &l, "2 patches");
	l = patch_default_limits;
	l.seconds = 0;
	assert_limit(PATCH_TWO_FILES, &l, "takes too long");
}

/* A file may grow beyond the limit, not only be beyond it. */
static void test_growing(void **state)
{
	struct patch_limits l = patch_default_limits;

	(void)state;
	l.file_bytes = 100;
	assert_limit(PATCH_GROWS, &l, "makes a file of 2");
}

/* It says that it has 8 GB: git must not even try. */
static void test_bomb(void **state)
{
	struct patch_set set = PATCH_SET_INIT;
	struct strbuf err = STRBUF_INIT;
	int ret;

	(void)state;
	ret = patch_read_text(&set, PATCH_BOMB, &patch_default_limits, &err);
	assert_int_equal(ret, -E2BIG);
	assert_non_null(strstr(err.buf, "too much memory"));
	patch_set_release(&set);
	strbuf_release(&err);
	assert_untouched();
}

/* ---- ways to give patches ---- */

static void test_maildir(void **state)
{
	struct patch_set set = PATCH_SET_INIT;
	struct string_list files = { 0 };
	struct strbuf err = STRBUF_INIT, got = STRBUF_INIT;
	char *path = xasprintf("%s/maildir", t.dir);

	(void)state;
	patch_tree_write(t.dir, "maildir/cur/1:2,S", MAIL_PLAIN,
			 strlen(MAIL_PLAIN));
	patch_tree_write(t.dir, "maildir/new/2", MAIL_SECOND,
			 strlen(MAIL_SECOND));
	string_list_add(&files, path);
	assert_int_equal(patch_read(&set, t.tree, &files, &patch_default_limits,
				    &err),
			 0);
	patch_describe(&set, &got);
	assert_string_equal(got.buf, "M drivers/a.c 2+2\n");
	patch_set_release(&set);
	string_list_release(&files);
	strbuf_release(&err);
	strbuf_release(&got);
	free(path);
	assert_untouched();
}

static void test_stdin(void **state)
{
	struct patch_set set = PATCH_SET_INIT;
	struct string_list files = { 0 };
	struct strbuf err = STRBUF_INIT;
	int fds[2], saved = dup(STDIN_FILENO);

	(void)state;
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(write(fds[1], MAIL_PLAIN, strlen(MAIL_PLAIN)),
			 strlen(MAIL_PLAIN));
	close(fds[1]);
	assert_int_equal(dup2(fds[0], STDIN_FILENO), STDIN_FILENO);
	close(fds[0]);
	string_list_add(&files, "-");
	assert_int_equal(patch_read(&set, t.tree, &files, &patch_default_limits,
				    &err),
			 0);
	assert_non_null(patch_find(&set, "drivers/a.c"));
	patch_set_release(&set);
	string_list_release(&files);
	if (saved >= 0) {
		dup2(saved, STDIN_FILENO);
		close(saved);
	}
	assert_untouched();
}

static void test_no_file(void **state)
{
	static const struct {
		const char *file;
		int ret;
		const char *word;
	} rows[] = {
		{ "missing", -ENOENT, "missing cannot be read" },
		{ "tree", -EINVAL, "no maildir" },
		{ "empty", -EINVAL, "not a patch" },
	};
	size_t i;

	(void)state;
	assert_int_equal(patch_tree_write(t.dir, "empty", "", 0), 0);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct patch_set set = PATCH_SET_INIT;
		struct string_list files = { 0 };
		struct strbuf err = STRBUF_INIT;
		char *path = xasprintf("%s/%s", t.dir, rows[i].file);

		string_list_add(&files, path);
		assert_int_equal(patch_read(&set, t.tree, &files,
					    &patch_default_limits, &err),
				 rows[i].ret);
		assert_non_null(strstr(err.buf, rows[i].word));
		patch_set_release(&set);
		string_list_release(&files);
		strbuf_release(&err);
		free(path);
		assert_untouched();
	}
}

/* A binary file without contents is told, not dropped. */
static void test_notes(void **state)
{
	struct patch_set set = PATCH_SET_INIT;
	struct strbuf err = STRBUF_INIT, got = STRBUF_INIT;

	(void)state;
	assert_int_equal(patch_read_text(&set, PATCH_BINARY_NO_DATA,
					 &patch_default_limits, &err),
			 0);
	patch_describe(&set, &got);
	assert_string_equal(got.buf, "M drivers/a.c 2+1\n");
	assert_int_equal(set.notes.nr, 1);
	assert_non_null(strstr(set.notes.item[0], "drivers/logo.bin"));
	patch_set_release(&set);
	strbuf_release(&got);
	assert_untouched();
}

/* ---- what must make no difference ---- */

/* What the user or a stranger put into the environment has no say. */
static void test_environment(void **state)
{
	struct patch_set set = PATCH_SET_INIT;
	struct strbuf err = STRBUF_INIT;

	(void)state;
	setenv("GIT_DIR", "/nonexistent", 1);
	setenv("GIT_WORK_TREE", "/nonexistent", 1);
	setenv("GIT_CONFIG_COUNT", "1", 1);
	setenv("GIT_CONFIG_KEY_0", "apply.whitespace", 1);
	setenv("GIT_CONFIG_VALUE_0", "error-all", 1);
	setenv("GIT_EXTERNAL_DIFF", "/nonexistent", 1);
	assert_int_equal(patch_read_text(&set, PATCH_SPACES,
					 &patch_default_limits, &err),
			 0);
	assert_content(&set, "drivers/s.c", "trailing \n");
	unsetenv("GIT_DIR");
	unsetenv("GIT_WORK_TREE");
	unsetenv("GIT_CONFIG_COUNT");
	unsetenv("GIT_CONFIG_KEY_0");
	unsetenv("GIT_CONFIG_VALUE_0");
	unsetenv("GIT_EXTERNAL_DIFF");
	patch_set_release(&set);
	assert_untouched();
}

static void test_no_git(void **state)
{
	struct patch_set set = PATCH_SET_INIT;
	struct strbuf err = STRBUF_INIT;
	char *path = xstrdup(getenv("PATH"));

	(void)state;
	setenv("PATH", t.dir, 1);
	assert_int_equal(patch_read_text(&set, MAIL_PLAIN,
					 &patch_default_limits, &err),
			 -ENOENT);
	setenv("PATH", path, 1);
	assert_non_null(strstr(err.buf, "git was not found; install it"));
	patch_set_release(&set);
	strbuf_release(&err);
	free(path);
	assert_untouched();
}

/* Killed or not, nothing is left. */
static void test_signals(void **state)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGKILL };
	struct strbuf err = STRBUF_INIT;
	size_t i;
	int k;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(signals); i++) {
		struct patch_set set = PATCH_SET_INIT;
		int fds[2];
		pid_t pid;
		char c;

		assert_int_equal(pipe(fds), 0);
		pid = fork();
		if (!pid) {
			alarm(60);
			if (patch_read_text(&set, MAIL_PLAIN,
					    &patch_default_limits, &err) ||
			    write(fds[1], "", 1) < 0)
				_exit(1);
			for (;;)
				pause();
		}
		close(fds[1]);
		assert_int_equal(read(fds[0], &c, 1), 1);
		assert_int_equal(patch_tree_count(t.tmp), 1);
		kill(pid, signals[i]);
		assert_int_equal(waitpid(pid, NULL, 0), pid);
		for (k = 0; k < 500 && patch_tree_count(t.tmp); k++)
			usleep(20000);
		close(fds[0]);
		assert_untouched();
	}
}

/* A temporary directory below the tree would change the tree. */
static void test_tmpdir_in_tree(void **state)
{
	struct patch_set set = PATCH_SET_INIT;
	struct strbuf err = STRBUF_INIT;
	char *inside = xasprintf("%s/drivers", t.tree);

	(void)state;
	setenv("TMPDIR", inside, 1);
	assert_int_equal(patch_read_text(&set, MAIL_PLAIN,
					 &patch_default_limits, &err),
			 0);
	assert_null(strstr(set.dir, t.tree));
	patch_set_release(&set);
	setenv("TMPDIR", t.tmp, 1);
	free(inside);
	assert_untouched();
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, patch_run_setup,                 \
					patch_run_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_limits),	   TEST(test_growing),
		TEST(test_bomb),	   TEST(test_maildir),
		TEST(test_stdin),	   TEST(test_no_file),
		TEST(test_notes),	   TEST(test_environment),
		TEST(test_no_git),	   TEST(test_signals),
		TEST(test_tmpdir_in_tree),
	};

	return cmocka_run_group_tests_name("patch-input", tests, NULL, NULL);
}
