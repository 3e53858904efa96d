// SPDX-License-Identifier: GPL-2.0-only
/*
 * A scratch state of a database: it begins as the database is, whatever waits
 * in the log, and nothing of it gets into the files.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "callgraph/store-internal.h"
#include "callgraph/store-memo.h"

struct test {
	char dir[256];
	char *db;
	struct strbuf err;
};

static void put_memo(struct store *store, const char *text)
{
	uint32_t config;

	assert_int_equal(store_begin(store), 0);
	assert_int_equal(store_config(store, "c", "/t", "6.12", &config), 0);
	assert_int_equal(store_put_memo(store, config, MEMO_TOOL, text,
					strlen(text)),
			 0);
	assert_int_equal(store_commit(store), 0);
}

static void expect_memo(struct store *store, const char *text)
{
	struct strbuf sb = STRBUF_INIT;

	assert_int_equal(store_get_memo(store, 1, MEMO_TOOL, &sb), 0);
	assert_string_equal(sb.buf, text);
	strbuf_release(&sb);
}

static struct store *open_it(struct test *t, enum store_mode mode)
{
	struct store *store;

	if (store_open(&store, t->db, mode, &t->err))
		fail_msg("%s", t->err.buf);
	return store;
}

static struct store *open_scratch(struct test *t)
{
	struct store *store;

	if (store_open_scratch(&store, t->db, &t->err))
		fail_msg("%s", t->err.buf);
	return store;
}

static int setup(void **state)
{
	struct test *t = xcalloc(1, sizeof(*t));
	const char *tmp = getenv("TMPDIR");
	struct store *store;

	snprintf(t->dir, sizeof(t->dir), "%s/pw-scratch-XXXXXX",
		 tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(t->dir));
	t->db = xasprintf("%s/k.db", t->dir);
	strbuf_init(&t->err);
	store = open_it(t, STORE_WRITE);
	put_memo(store, "base");
	store_close(store);
	*state = t;
	return 0;
}

static int teardown(void **state)
{
	struct test *t = *state;
	char *cmd = xasprintf("chmod u+w '%s' && rm -rf '%s'", t->dir, t->dir);
	int ret = system(cmd);

	free(cmd);
	strbuf_release(&t->err);
	free(t->db);
	free(t);
	return ret;
}

static void read_db(const struct test *t, struct strbuf *out)
{
	assert_int_equal(strbuf_read_file(out, t->db), 0);
}

static void same_bytes(const struct test *t, const struct strbuf *then)
{
	struct strbuf now = STRBUF_INIT;

	read_db(t, &now);
	assert_int_equal(now.len, then->len);
	assert_memory_equal(now.buf, then->buf, now.len);
	strbuf_release(&now);
}

static void test_private(void **state)
{
	struct test *t = *state;
	struct strbuf before = STRBUF_INIT;
	struct store *one, *two;
	char *big = xcalloc(1, 4 << 20);

	read_db(t, &before);
	one = open_scratch(t);
	two = open_scratch(t);
	expect_memo(one, "base");
	put_memo(one, "mine");
	expect_memo(one, "mine");
	expect_memo(two, "base");
	/* it can grow */
	memset(big, 'x', (4 << 20) - 1);
	put_memo(two, big);
	expect_memo(two, big);
	same_bytes(t, &before);
	store_close(one);
	store_close(two);
	same_bytes(t, &before);
	one = open_it(t, STORE_READ);
	expect_memo(one, "base");
	store_close(one);
	strbuf_release(&before);
	free(big);
}

static void test_rollback(void **state)
{
	struct test *t = *state;
	struct store *store = open_scratch(t);
	uint32_t config;

	assert_int_equal(store_begin(store), 0);
	assert_int_equal(store_config(store, "new", "/t", "", &config), 0);
	assert_int_equal(store_put_memo(store, 1, MEMO_TOOL, "lost", 4), 0);
	store_rollback(store);
	expect_memo(store, "base");
	store_close(store);
}

/* What a writer has committed is there, though it is in the log only. */
static void test_log(void **state)
{
	struct test *t = *state;
	struct store *writer = open_it(t, STORE_WRITE), *scratch;
	struct strbuf before = STRBUF_INIT;

	put_memo(writer, "logged");
	assert_true(store_log_size(writer) > 0);
	read_db(t, &before);
	scratch = open_scratch(t);
	expect_memo(scratch, "logged");
	put_memo(scratch, "mine");
	same_bytes(t, &before);
	/* the writer's lock is still its own */
	expect_memo(writer, "logged");
	put_memo(writer, "more");
	expect_memo(scratch, "mine");
	store_close(scratch);
	store_close(writer);
	strbuf_release(&before);
}

/* The file below the mapping must not change, whatever a writer does. */
static void test_writer_comes_later(void **state)
{
	struct test *t = *state;
	struct store *scratch = open_scratch(t), *writer;
	struct strbuf before = STRBUF_INIT;

	read_db(t, &before);
	writer = open_it(t, STORE_WRITE);
	put_memo(writer, "later");
	sqlite3_wal_checkpoint_v2(writer->db, NULL, SQLITE_CHECKPOINT_PASSIVE,
				  NULL, NULL);
	same_bytes(t, &before);
	expect_memo(scratch, "base");
	store_close(scratch);
	store_close(writer);
	scratch = open_scratch(t);
	expect_memo(scratch, "later");
	store_close(scratch);
	strbuf_release(&before);
}

static void test_read_only_directory(void **state)
{
	struct test *t = *state;
	struct store *scratch;

	assert_int_equal(chmod(t->db, 0444), 0);
	assert_int_equal(chmod(t->dir, 0555), 0);
	scratch = open_scratch(t);
	put_memo(scratch, "mine");
	expect_memo(scratch, "mine");
	store_close(scratch);
	assert_int_equal(chmod(t->dir, 0755), 0);
}

/* Neither logs nor locks are left behind. */
static void test_leaves_nothing(void **state)
{
	static const char *const suffixes[] = { "-wal", "-shm", ".lock",
						"-journal" };
	struct test *t = *state;
	struct store *scratch = open_scratch(t);
	size_t i;

	put_memo(scratch, "mine");
	store_close(scratch);
	for (i = 0; i < ARRAY_SIZE(suffixes); i++) {
		char *path = xasprintf("%s%s", t->db, suffixes[i]);

		assert_int_equal(access(path, F_OK), -1);
		free(path);
	}
}

static void test_errors(void **state)
{
	struct test *t = *state;
	struct store *scratch;
	int fd;

	assert_int_equal(store_open_scratch(&scratch, "/no/such.db", &t->err),
			 -ENOENT);
	assert_null(scratch);
	assert_non_null(strstr(t->err.buf, "/no/such.db"));
	strbuf_reset(&t->err);
	fd = open(t->db, O_WRONLY);
	/* the version of the program that wrote it */
	assert_int_equal(pwrite(fd, "\0\1\0\1", 4, 60), 4);
	close(fd);
	assert_int_equal(store_open_scratch(&scratch, t->db, &t->err), -ESTALE);
	assert_null(scratch);
	assert_non_null(strstr(t->err.buf, "another version"));
}

#define SCRATCH_TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCRATCH_TEST(test_private),
		SCRATCH_TEST(test_rollback),
		SCRATCH_TEST(test_log),
		SCRATCH_TEST(test_writer_comes_later),
		SCRATCH_TEST(test_read_only_directory),
		SCRATCH_TEST(test_leaves_nothing),
		SCRATCH_TEST(test_errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
