// SPDX-License-Identifier: GPL-2.0-only
/* Files that appear as a whole or not at all, and files that just appear. */
#include <dirent.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "util/outfile.h"

static char *dir, *path;

static int setup(void **state)
{
	const char *tmp = getenv("TMPDIR");
	FILE *f;

	(void)state;
	dir = xasprintf("%s/test-outfile.XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(dir))
		return -1;
	path = xasprintf("%s/report", dir);
	f = fopen(path, "w");
	return !f || fputs("old", f) == EOF || fclose(f);
}

static int nr_files(void)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	int nr = 0;

	assert_non_null(d);
	while ((entry = readdir(d)))
		nr += entry->d_name[0] != '.';
	closedir(d);
	return nr;
}

static int teardown(void **state)
{
	int ret;

	(void)state;
	unlink(path);
	ret = rmdir(dir);
	free(path);
	free(dir);
	return ret;
}

static void assert_content(const char *expected)
{
	struct strbuf sb = STRBUF_INIT;

	assert_int_equal(strbuf_read_file(&sb, path), 0);
	assert_string_equal(sb.buf, expected);
	strbuf_release(&sb);
}

static void test_commit(void **state)
{
	struct strbuf err = STRBUF_INIT;
	struct outfile out;

	(void)state;
	assert_int_equal(outfile_open(&out, path, &err), 0);
	fputs("new", out.f);
	fflush(out.f);
	assert_content("old"); /* until the end */
	assert_int_equal(outfile_commit(&out, &err), 0);
	assert_content("new");
	assert_int_equal(nr_files(), 1);
	assert_int_equal(err.len, 0);
}

static void test_abort(void **state)
{
	struct strbuf err = STRBUF_INIT;
	struct outfile out;

	(void)state;
	assert_int_equal(outfile_open(&out, path, &err), 0);
	fputs("half", out.f);
	outfile_abort(&out);
	assert_content("old");
	assert_int_equal(nr_files(), 1);
}

/* The stream has failed, whatever the last flush says. */
static void test_failed_write(void **state)
{
	struct strbuf err = STRBUF_INIT;
	struct outfile out;

	(void)state;
	assert_int_equal(outfile_open(&out, path, &err), 0);
	fclose(out.f);
	out.f = fopen(path, "r"); /* cannot be written to */
	assert_non_null(out.f);
	fputs("new", out.f);
	assert_true(outfile_commit(&out, &err) < 0);
	assert_non_null(strstr(err.buf, path));
	assert_non_null(strstr(err.buf, "cannot be written: "));
	assert_content("old");
	assert_int_equal(nr_files(), 1);
	strbuf_release(&err);
}

static void test_symlink(void **state)
{
	struct strbuf err = STRBUF_INIT;
	char *link = xasprintf("%s/link", dir);
	struct outfile out;
	struct stat st;

	(void)state;
	assert_int_equal(symlink("report", link), 0);
	assert_int_equal(outfile_open(&out, link, &err), 0);
	fputs("new", out.f);
	assert_int_equal(outfile_commit(&out, &err), 0);
	assert_content("new");
	assert_int_equal(lstat(link, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	unlink(link);
	free(link);
}

static void test_mode(void **state)
{
	struct strbuf err = STRBUF_INIT;
	mode_t mask = umask(027);
	struct outfile out;
	struct stat st;

	(void)state;
	assert_int_equal(outfile_open(&out, path, &err), 0);
	assert_int_equal(outfile_commit(&out, &err), 0);
	umask(mask);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
}

static void test_bad_places(void **state)
{
	static const struct {
		const char *name; /* below the directory, or absolute */
		int expected;
	} cases[] = {
		{ "", -EISDIR },
		{ "nowhere/report", -ENOENT },
		{ "report/file", -ENOTDIR },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct strbuf err = STRBUF_INIT;
		char *bad = xasprintf("%s/%s", dir, cases[i].name);
		struct outfile out;

		assert_int_equal(outfile_open(&out, bad, &err),
				 cases[i].expected);
		assert_non_null(strstr(err.buf, "choose another place"));
		strbuf_release(&err);
		free(bad);
	}
	assert_content("old");
	assert_int_equal(nr_files(), 1);
}

/* Not replaced by a file, which as root would go well. */
static void test_device(void **state)
{
	struct strbuf err = STRBUF_INIT;
	struct outfile out;

	(void)state;
	assert_int_equal(outfile_open(&out, "/dev/full", &err), 0);
	assert_null(out.tmp);
	fputs("new", out.f);
	assert_int_equal(outfile_commit(&out, &err), -ENOSPC);
	assert_non_null(strstr(err.buf, "/dev/full cannot be written: "));
	strbuf_release(&err);
}

/* Written as they are, for readers of our own. */
static void test_write_file(void **state)
{
	struct strbuf text = STRBUF_INIT;
	char *nowhere = xasprintf("%s/no/x", dir);

	(void)state;
	strbuf_addstr(&text, "much longer than what was there");
	assert_int_equal(strbuf_write_file(&text, path), 0);
	assert_content(text.buf);
	strbuf_setlen(&text, 4);
	assert_int_equal(strbuf_write_file(&text, path), 0);
	assert_content("much");
	assert_int_equal(strbuf_write_file(&text, nowhere), -ENOENT);
	if (!access("/dev/full", W_OK)) {
		assert_int_equal(strbuf_write_file(&text, "/dev/full"),
				 -ENOSPC);
		strbuf_grow(&text, 1 << 20);
		memset(text.buf, 'x', 1 << 20);
		strbuf_setlen(&text, 1 << 20);
		assert_int_equal(strbuf_write_file(&text, "/dev/full"),
				 -ENOSPC);
	}
	strbuf_release(&text);
	free(nowhere);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_commit, setup, teardown),
		cmocka_unit_test_setup_teardown(test_abort, setup, teardown),
		cmocka_unit_test_setup_teardown(test_failed_write, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_symlink, setup, teardown),
		cmocka_unit_test_setup_teardown(test_mode, setup, teardown),
		cmocka_unit_test_setup_teardown(test_bad_places, setup,
						teardown),
		cmocka_unit_test_setup_teardown(test_device, setup, teardown),
		cmocka_unit_test_setup_teardown(test_write_file, setup,
						teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
