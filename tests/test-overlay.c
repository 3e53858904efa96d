// SPDX-License-Identifier: GPL-2.0-only
/* Overlays: what is seen, and the file that clang is given. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "indexer/overlay.h"

static char dir[256];

static int make_dir(void **state)
{
	const char *tmp = getenv("TMPDIR");

	(void)state;
	snprintf(dir, sizeof(dir), "%s/test-overlay-XXXXXX",
		 tmp ? tmp : "/tmp");
	return mkdtemp(dir) ? 0 : -1;
}

static int remove_dir(void **state)
{
	char *cmd = xasprintf("rm -rf '%s'", dir);
	int ret = system(cmd);

	(void)state;
	free(cmd);
	return ret;
}

static char *put_file(const char *name, const char *text)
{
	char *path = xasprintf("%s/%s", dir, name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	return path;
}

static int add_entry(void *data, const char *path, enum overlay_state state,
		     const char *content)
{
	strbuf_addf(data, "%s %d %s;", path, state, content ? content : "-");
	return !strcmp(path, "stop");
}

static void test_find(void **state)
{
	struct overlay *o = overlay_new("/t");
	struct strbuf sb = STRBUF_INIT;
	const char *content = "x";

	(void)state;
	assert_int_equal(overlay_find(NULL, "/t/a", &content), OVERLAY_NONE);
	assert_null(content);
	overlay_replace(o, "b/x.c", "/new/1");
	overlay_remove(o, "a");
	overlay_replace(o, "c", "/new/2");
	overlay_remove(o, "c");
	overlay_remove(o, "d");
	overlay_replace(o, "d", "/new/3");
	assert_int_equal(overlay_find(o, "/t/b/x.c", &content),
			 OVERLAY_REPLACED);
	assert_string_equal(content, "/new/1");
	assert_int_equal(overlay_find(o, "/t/a", NULL), OVERLAY_GONE);
	assert_int_equal(overlay_find(o, "/t/c", &content), OVERLAY_GONE);
	assert_null(content);
	assert_int_equal(overlay_find(o, "/t/d", NULL), OVERLAY_REPLACED);
	assert_int_equal(overlay_find(o, "/t/b", NULL), OVERLAY_NONE);
	assert_int_equal(overlay_find(o, "b/x.c", NULL), OVERLAY_NONE);
	assert_int_equal(overlay_each(o, add_entry, &sb), 0);
	assert_string_equal(sb.buf, "a 2 -;b/x.c 1 /new/1;c 2 -;d 1 /new/3;");
	overlay_replace(o, "stop", "/new/4");
	overlay_replace(o, "tail", "/new/5");
	strbuf_reset(&sb);
	assert_int_equal(overlay_each(o, add_entry, &sb), 1);
	assert_null(strstr(sb.buf, "tail"));
	strbuf_release(&sb);
	overlay_free(o);
	overlay_free(NULL);
}

static void expect_read(const char *path, const char *text)
{
	struct strbuf sb = STRBUF_INIT;
	int ret = overlay_read(&sb, path);

	assert_int_equal(ret, text ? 0 : -ENOENT);
	assert_string_equal(sb.buf, text ? text : "");
	assert_int_equal(overlay_readable(path), text != NULL);
	strbuf_release(&sb);
}

static void test_use(void **state)
{
	struct overlay *o = overlay_new(dir);
	char *a = put_file("a", "old a"), *b = put_file("b", "old b");
	char *new = put_file("new", "new"), *c = xasprintf("%s/c", dir);

	(void)state;
	overlay_replace(o, "a", new);
	overlay_replace(o, "c", new);
	overlay_remove(o, "b");
	expect_read(a, "old a");
	expect_read(c, NULL);
	assert_null(overlay_used());
	overlay_use(o, "/vfs");
	assert_ptr_equal(overlay_used(), o);
	assert_string_equal(overlay_vfs(), "/vfs");
	expect_read(a, "new");
	expect_read(b, NULL);
	expect_read(c, "new");
	expect_read(new, "new");
	overlay_use(NULL, NULL);
	assert_null(overlay_vfs());
	expect_read(b, "old b");
	overlay_free(o);
	free(a);
	free(b);
	free(c);
	free(new);
}

/* A name may hold any byte but NUL and the slash. */
static void test_vfs(void **state)
{
	struct overlay *o = overlay_new("/t");
	char *vfs = xasprintf("%s/vfs", dir), *gone = xasprintf("%s/g", dir);
	struct strbuf sb = STRBUF_INIT;

	(void)state;
	overlay_replace(o, "a\"b\\c\nd.h", "/n");
	overlay_remove(o, "e");
	assert_int_equal(overlay_write_vfs(o, vfs, gone), 0);
	assert_int_equal(strbuf_read_file(&sb, vfs), 0);
	assert_non_null(strstr(sb.buf, "\"/t/a\\\"b\\\\c\\x0ad.h\""));
	assert_non_null(strstr(sb.buf, gone));
	strbuf_reset(&sb);
	assert_int_equal(strbuf_read_file(&sb, gone), 0);
	assert_non_null(strstr(sb.buf, "#error"));
	assert_int_equal(overlay_write_vfs(o, "/no/such/dir", gone), -ENOENT);
	strbuf_release(&sb);
	overlay_free(o);
	free(vfs);
	free(gone);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_find),
		cmocka_unit_test_setup_teardown(test_use, make_dir, remove_dir),
		cmocka_unit_test_setup_teardown(test_vfs, make_dir, remove_dir),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
