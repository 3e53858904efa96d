// SPDX-License-Identifier: GPL-2.0-only
/*
 * Databases that cannot be opened: each is refused with a message that names
 * the file, the reason and the cure, and none is changed by that.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "store-damage.h"

static void make_nothing(struct test *t)
{
	(void)t;
}

static void make_empty(struct test *t)
{
	write_at(t, 0, "", 0);
}

static void make_text(struct test *t)
{
	write_at(t, 0, "hello\n", 6);
}

static void make_long_text(struct test *t)
{
	char text[8192];

	memset(text, 'x', sizeof(text));
	write_at(t, 0, text, sizeof(text));
}

static void make_foreign(struct test *t)
{
	make_db(t);
	write_at(t, 68, "\0\0\0\0", 4);
}

static void make_old(struct test *t)
{
	make_db(t);
	write_at(t, 60, "\0\0\0\1", 4);
}

static void make_later(struct test *t)
{
	make_db(t);
	write_at(t, 60, "\177\0\0\0", 4);
}

static void make_magic_only(struct test *t)
{
	write_at(t, 0, "SQLite format 3", 16);
}

static void make_half(struct test *t)
{
	make_db(t);
	assert_int_equal(truncate(t->db, size_of(t) / 2), 0);
}

static void make_page_less(struct test *t)
{
	make_db(t);
	assert_int_equal(truncate(t->db, size_of(t) - 8192), 0);
}

static void make_byte_less(struct test *t)
{
	make_db(t);
	assert_int_equal(truncate(t->db, size_of(t) - 1), 0);
}

static void make_directory(struct test *t)
{
	assert_int_equal(mkdir(t->db, 0755), 0);
}

static void make_fifo(struct test *t)
{
	assert_int_equal(mkfifo(t->db, 0644), 0);
}

static void make_nowhere(struct test *t)
{
	free(t->db);
	t->db = xasprintf("%s/no/k.db", t->dir);
}

static const struct {
	const char *name;
	void (*make)(struct test *t);
	enum store_mode mode;
	int err;
	const char *reason, *cure;
} refused[] = {
	{ "missing", make_nothing, STORE_READ, ENOENT, "no such database",
	  "`probewalk index`" },
	{ "no directory", make_nowhere, STORE_WRITE, ENOENT, "No such file",
	  "--db" },
	{ "empty", make_empty, STORE_READ, EINVAL, "empty",
	  "`probewalk index`" },
	{ "text", make_text, STORE_READ, EINVAL, "not a database", "--db" },
	{ "text, writing", make_text, STORE_WRITE, EINVAL, "not a database",
	  "--db" },
	{ "long text", make_long_text, STORE_READ, EINVAL, "not a database",
	  "--db" },
	{ "foreign", make_foreign, STORE_READ, EINVAL, "not made by probewalk",
	  "--db" },
	{ "foreign, writing", make_foreign, STORE_WRITE, EINVAL,
	  "not made by probewalk", "--db" },
	{ "earlier version", make_old, STORE_READ, ESTALE, "another version",
	  "`probewalk index`" },
	{ "later version", make_later, STORE_READ, EINVAL, "another version",
	  "`probewalk index`" },
	{ "later version, writing", make_later, STORE_WRITE, EINVAL,
	  "another version", "remove it" },
	{ "first bytes", make_magic_only, STORE_READ, EIO, "cut short",
	  "`probewalk index`" },
	{ "first half", make_half, STORE_READ, EIO, "cut short",
	  "`probewalk index`" },
	{ "first half, writing", make_half, STORE_WRITE, EIO, "cut short",
	  "remove it" },
	{ "a page less", make_page_less, STORE_READ, EIO, "cut short",
	  "remove it" },
	{ "a byte less", make_byte_less, STORE_READ, EIO, "cut short",
	  "remove it" },
	{ "directory", make_directory, STORE_READ, EISDIR, "directory",
	  "--db" },
	{ "directory, writing", make_directory, STORE_WRITE, EISDIR,
	  "directory", "--db" },
	{ "fifo", make_fifo, STORE_WRITE, EINVAL, "not a regular file",
	  "--db" },
};

static void assert_refused(struct test *t, size_t i)
{
	struct store *store = (struct store *)t;
	char *lock = beside(t, ".lock");
	off_t size;
	int ret;

	refused[i].make(t);
	size = size_of(t);
	strbuf_reset(&t->err);
	ret = store_open(&store, t->db, refused[i].mode, &t->err);
	if (ret != -refused[i].err)
		fail_msg("%s: %d: %s", refused[i].name, ret, t->err.buf);
	assert_null(store);
	assert_has(refused[i].name, t->err.buf, t->db);
	assert_has(refused[i].name, t->err.buf, refused[i].reason);
	assert_has(refused[i].name, t->err.buf, refused[i].cure);
	assert_int_equal(size_of(t), size);
	assert_int_equal(access(lock, F_OK), -1);
	free(lock);
}

static void test_refused(void **state)
{
	struct test *t = *state;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(refused); i++) {
		assert_refused(t, i);
		remove_db(t);
		free(t->db);
		t->db = xasprintf("%s/k.db", t->dir);
	}
}

/* mktemp makes an empty file: a writer may have it. */
static void test_empty_for_writing(void **state)
{
	struct test *t = *state;
	struct store *store;

	make_empty(t);
	make_db(t);
	store = open_store(t, STORE_READ);
	assert_int_equal(nr_calls(t, store), 2000);
	store_close(store);
}

/* Of an earlier version nothing can be kept: no mixture of both. */
static void test_made_again(void **state)
{
	struct test *t = *state;
	struct store *store;

	make_old(t);
	store = open_store(t, STORE_WRITE);
	assert_true(store_made_again(store));
	assert_int_equal(nr_calls(t, store), 0);
	assert_int_equal(put(store, "a.c", 7), 0);
	store_close(store);
	assert_string_equal(t->err.buf, "");
	store = open_store(t, STORE_WRITE);
	assert_false(store_made_again(store));
	assert_int_equal(nr_calls(t, store), 7);
	store_close(store);
}

/* A writer is killed and its database removed, but not the log beside it. */
static void test_foreign_log(void **state)
{
	struct test *t = *state;
	char *log = beside(t, "-wal");
	struct store *store;
	int status;
	pid_t pid = fork();

	if (!pid) {
		store = open_store(t, STORE_WRITE);
		_exit(put(store, "a.c", 2000) != 0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(access(log, F_OK), 0);
	assert_int_equal(unlink(t->db), 0);
	store = open_store(t, STORE_WRITE);
	assert_int_equal(nr_calls(t, store), 0);
	assert_int_equal(put(store, "b.c", 3), 0);
	store_close(store);
	free(log);
}

/* Permissions do not bind root. */
static bool become_somebody(void)
{
	return geteuid() || !seteuid(65534);
}

static void become_root_again(void)
{
	if (!getuid())
		assert_int_equal(seteuid(0), 0);
}

static void test_read_only_file(void **state)
{
	struct test *t = *state;
	struct store *store;
	int ret;

	make_db(t);
	assert_int_equal(chmod(t->db, 0444), 0);
	assert_int_equal(chmod(t->dir, 0777), 0);
	if (!become_somebody())
		skip();
	ret = store_open(&store, t->db, STORE_WRITE, &t->err);
	become_root_again();
	expect(ret, -EACCES, t);
	assert_has("read-only", t->err.buf, t->db);
	assert_has("read-only", t->err.buf, "read-only");
}

static void test_read_only_directory(void **state)
{
	struct test *t = *state;
	struct store *store;
	uint32_t nr = 0;
	int ret;

	make_db(t);
	assert_int_equal(chmod(t->db, 0444), 0);
	assert_int_equal(chmod(t->dir, 0555), 0);
	if (!become_somebody())
		skip();
	ret = store_open(&store, t->db, STORE_READ, &t->err);
	if (!ret) {
		nr = nr_calls(t, store);
		store_close(store);
		ret = store_open(&store, t->db, STORE_WRITE, &t->err);
	}
	become_root_again();
	assert_int_equal(chmod(t->dir, 0755), 0);
	expect(ret, -EACCES, t);
	assert_has("directory", t->err.buf, "Permission denied");
	assert_int_equal(nr, 2000);
}

static void test_unreadable(void **state)
{
	struct test *t = *state;
	struct store *store;
	int ret;

	make_db(t);
	assert_int_equal(chmod(t->db, 0), 0);
	assert_int_equal(chmod(t->dir, 0777), 0);
	if (!become_somebody())
		skip();
	ret = store_open(&store, t->db, STORE_READ, &t->err);
	become_root_again();
	expect(ret, -EACCES, t);
	assert_has("unreadable", t->err.buf, "Permission denied");
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, damage_setup, damage_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_refused),	   TEST(test_empty_for_writing),
		TEST(test_made_again),	   TEST(test_foreign_log),
		TEST(test_read_only_file), TEST(test_read_only_directory),
		TEST(test_unreadable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
