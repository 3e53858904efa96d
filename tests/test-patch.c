// SPDX-License-Identifier: GPL-2.0-only
/*
 * What patches make of a tree. Every case also asks whether the tree is as it
 * was, to the byte and the time, and whether the temporary directory is gone.
 */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "gate/patch.h"
#include "patch-cases.h"
#include "patch-tree.h"

static struct patch_tree t;
static uint64_t before;

static int setup(void **state)
{
	(void)state;
	if (patch_tree_make(&t))
		return -1;
	before = patch_tree_hash(t.tree);
	return !before;
}

static int teardown(void **state)
{
	(void)state;
	patch_tree_remove(&t);
	return 0;
}

static void assert_untouched(void)
{
	assert_int_equal(patch_tree_hash(t.tree), before);
	assert_int_equal(patch_tree_count(t.tmp), 0);
}

/* "M drivers/a.c 3+1 7+2", a line each. */
static void describe(const struct patch_set *set, struct strbuf *out)
{
	size_t i, k;

	for (i = 0; i < set->nr; i++) {
		const struct change *c = &set->changes[i];

		strbuf_addf(out, "%c ", "AMDR"[c->kind]);
		if (c->old_path)
			strbuf_addf(out, "%s -> ", c->old_path);
		strbuf_addstr(out, c->path);
		for (k = 0; k < c->nr_ranges; k++)
			strbuf_addf(out, " %u+%u", c->ranges[k].first,
				    c->ranges[k].nr);
		strbuf_addch(out, '\n');
	}
}

static void assert_content(const struct patch_set *set, const char *path,
			   const char *expected)
{
	const struct change *c = patch_find(set, path);
	struct strbuf sb = STRBUF_INIT;
	struct stat st;

	assert_non_null(c);
	assert_non_null(c->content);
	assert_int_equal(lstat(c->content, &st), 0);
	assert_true(S_ISREG(st.st_mode));
	assert_int_equal(strbuf_read_file(&sb, c->content), 0);
	assert_string_equal(sb.buf, expected);
	strbuf_release(&sb);
}

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
		describe(&set, &got);
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

/* ---- limits ---- */

static int read_text(struct patch_set *set, const char *text,
		     const struct patch_limits *limits, struct strbuf *err)
{
	struct string_list files = { 0 };
	char *path = xasprintf("%s/p1", t.dir);
	int ret;

	assert_int_equal(patch_tree_write(t.dir, "p1", text, strlen(text)), 0);
	string_list_add(&files, path);
	ret = patch_read(set, t.tree, &files, limits, err);
	string_list_release(&files);
	free(path);
	return ret;
}

static void assert_limit(const char *text, const struct patch_limits *limits,
			 const char *word)
{
	struct patch_set set = PATCH_SET_INIT;
	struct strbuf err = STRBUF_INIT;
	int ret = read_text(&set, text, limits, &err);

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
	ret = read_text(&set, PATCH_BOMB, &patch_default_limits, &err);
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
	describe(&set, &got);
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
	assert_int_equal(read_text(&set, PATCH_BINARY_NO_DATA,
				   &patch_default_limits, &err),
			 0);
	describe(&set, &got);
	assert_string_equal(got.buf, "M drivers/a.c 2+1\n");
	assert_int_equal(set.notes.nr, 1);
	assert_non_null(strstr(set.notes.item[0], "drivers/logo.bin"));
	patch_set_release(&set);
	strbuf_release(&got);
	assert_untouched();
}

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
	assert_int_equal(
		read_text(&set, PATCH_SPACES, &patch_default_limits, &err), 0);
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
	assert_int_equal(read_text(&set, MAIL_PLAIN, &patch_default_limits,
				   &err),
			 -ENOENT);
	setenv("PATH", path, 1);
	assert_non_null(strstr(err.buf, "git was not found; install it"));
	patch_set_release(&set);
	strbuf_release(&err);
	free(path);
	assert_untouched();
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
			if (read_text(&set, MAIL_PLAIN, &patch_default_limits,
				      &err) ||
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
	assert_int_equal(
		read_text(&set, MAIL_PLAIN, &patch_default_limits, &err), 0);
	assert_null(strstr(set.dir, t.tree));
	patch_set_release(&set);
	setenv("TMPDIR", t.tmp, 1);
	free(inside);
	assert_untouched();
}

static const struct {
	const char *name;
	CMUnitTestFunction fn;
} others[] = {
	{ "limits", test_limits },
	{ "a file that grows", test_growing },
	{ "a bomb", test_bomb },
	{ "maildir", test_maildir },
	{ "standard input", test_stdin },
	{ "what is no file", test_no_file },
	{ "notes", test_notes },
	{ "environment", test_environment },
	{ "without git", test_no_git },
	{ "lines of a change", test_lines },
	{ "signals", test_signals },
	{ "TMPDIR in the tree", test_tmpdir_in_tree },
};

int main(void)
{
	size_t nr = nr_patch_cases + ARRAY_SIZE(others), i;
	struct CMUnitTest *tests = xcalloc(nr, sizeof(*tests));
	int ret;

	for (i = 0; i < nr; i++) {
		struct CMUnitTest *test = &tests[i];

		test->setup_func = setup;
		test->teardown_func = teardown;
		if (i < nr_patch_cases) {
			test->name = patch_cases[i].name;
			test->test_func = test_case;
			test->initial_state = (void *)&patch_cases[i];
		} else {
			test->name = others[i - nr_patch_cases].name;
			test->test_func = others[i - nr_patch_cases].fn;
		}
	}
	ret = _cmocka_run_group_tests("patch", tests, nr, NULL, NULL);
	free(tests);
	return ret;
}
