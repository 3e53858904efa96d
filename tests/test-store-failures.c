// SPDX-License-Identifier: GPL-2.0-only
/*
 * What goes wrong at work: a writer that is stopped half way, after which the
 * store is as it was at the last commit, and a file that turns out damaged.
 */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "store-damage.h"

static void test_locked(void **state)
{
	struct test *t = *state;
	struct store *first = open_store(t, STORE_WRITE), *second, *reader;
	char *pid = xasprintf("process %ld", (long)getpid());

	expect(store_open(&second, t->db, STORE_WRITE, &t->err), -EBUSY, t);
	assert_null(second);
	assert_has("locked", t->err.buf, t->db);
	assert_has("locked", t->err.buf, pid);
	/* between transactions, in one, and for readers */
	assert_int_equal(put(first, "a.c", 10), 0);
	expect(store_open(&second, t->db, STORE_WRITE, &t->err), -EBUSY, t);
	assert_int_equal(store_begin(first), 0);
	assert_int_equal(put(first, "b.c", 10), 0);
	reader = open_store(t, STORE_READ);
	assert_int_equal(nr_calls(t, reader), 10);
	assert_int_equal(put(reader, "c.c", 10), -EACCES);
	store_close(reader);
	assert_int_equal(store_commit(first), 0);
	store_close(first);
	first = open_store(t, STORE_WRITE);
	assert_int_equal(nr_calls(t, first), 20);
	store_close(first);
	free(pid);
}

/* A writer is killed in the middle of a transaction. */
static void test_killed(void **state)
{
	struct test *t = *state;
	struct store *store;
	int status;
	pid_t pid;

	make_db(t);
	pid = fork();
	if (!pid) {
		if (store_open(&store, t->db, STORE_WRITE, &t->err) ||
		    put(store, "b.c", 100) || store_begin(store) ||
		    put(store, "a.c", 1) || put(store, "c.c", 30000))
			_exit(1);
		raise(SIGKILL);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	store = open_store(t, STORE_READ);
	assert_int_equal(nr_calls(t, store), 2100);
	store_close(store);
	store = open_store(t, STORE_WRITE);
	assert_int_equal(put(store, "c.c", 10), 0);
	assert_int_equal(nr_calls(t, store), 2110);
	store_close(store);
}

static void limit_file_size(rlim_t size)
{
	struct rlimit limit;

	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = size == RLIM_INFINITY ? limit.rlim_max : size;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void test_disk_full(void **state)
{
	struct test *t = *state;
	struct store *store = open_store(t, STORE_WRITE);
	uint32_t i;
	int ret = 0;

	assert_int_equal(put(store, "a.c", 2000), 0);
	limit_file_size(1 << 20);
	assert_int_equal(store_begin(store), 0);
	/* more than fits the cache: fails while writing or when committing */
	for (i = 0; !ret && i < 10; i++)
		ret = put(store, i % 2 ? "b.c" : "c.c", 30000);
	if (!ret)
		ret = store_commit(store);
	else
		store_rollback(store);
	limit_file_size(RLIM_INFINITY);
	if (ret != -ENOSPC)
		fail_msg("%d: %s", ret, store_error(store));
	assert_has("disk full", store_error(store), "full");
	assert_int_equal(nr_calls(t, store), 2000);
	/* and goes on when there is room again */
	assert_int_equal(put(store, "b.c", 10), 0);
	assert_int_equal(nr_calls(t, store), 2010);
	store_close(store);
	store = open_store(t, STORE_READ);
	assert_int_equal(nr_calls(t, store), 2010);
	store_close(store);
}

/* Nothing may be written behind a transaction that SQLite took back. */
static void test_lost_transaction(void **state)
{
	struct test *t = *state;
	struct store *store = open_store(t, STORE_WRITE);
	uint32_t i;
	int ret = 0;

	limit_file_size(1 << 20);
	assert_int_equal(store_begin(store), 0);
	assert_int_equal(put(store, "first.c", 10), 0);
	/* more than the cache holds, so that it has to be written */
	for (i = 0; !ret && i < 40; i++) {
		char file[16];

		snprintf(file, sizeof(file), "f%u.c", i);
		ret = put(store, file, 60000);
	}
	limit_file_size(RLIM_INFINITY);
	assert_int_equal(ret, -ENOSPC);
	assert_int_equal(put(store, "late.c", 10), -ENOSPC);
	assert_int_equal(store_commit(store), -ENOSPC);
	assert_int_equal(nr_calls(t, store), 0);
	assert_int_equal(put(store, "late.c", 10), 0);
	assert_int_equal(nr_calls(t, store), 10);
	store_close(store);
}

static void test_full_when_made(void **state)
{
	struct test *t = *state;
	struct store *store;
	int ret;

	limit_file_size(4096);
	ret = store_open(&store, t->db, STORE_WRITE, &t->err);
	limit_file_size(RLIM_INFINITY);
	expect(ret, -ENOSPC, t);
	assert_int_equal(size_of(t), -1);
	make_db(t);
}

static void test_damaged(void **state)
{
	struct test *t = *state;
	struct store *store;
	struct graph *g;
	char junk[8192];
	off_t at, size;

	make_db(t);
	size = size_of(t);
	memset(junk, 0xa5, sizeof(junk));
	for (at = 8192; at < size; at += sizeof(junk))
		write_at(t, at, junk, sizeof(junk));
	if (!store_open(&store, t->db, STORE_READ, &t->err)) {
		assert_int_equal(store_load_graph(store, 1, 0, &g, &t->err),
				 -EIO);
		assert_null(g);
		store_close(store);
	}
	assert_has("damaged", t->err.buf, t->db);
	assert_has("damaged", t->err.buf, "remove it");
}

/* A file that shrinks under a reader. */
static void test_cut_while_open(void **state)
{
	struct test *t = *state;
	struct store *store;
	struct graph *g;

	make_db(t);
	store = open_store(t, STORE_READ);
	assert_int_equal(truncate(t->db, size_of(t) / 2 / 8192 * 8192), 0);
	assert_int_equal(store_load_graph(store, 1, 0, &g, &t->err), -EIO);
	assert_has("cut", t->err.buf, "damaged or cut short");
	store_close(store);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, damage_setup, damage_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_locked),	   TEST(test_killed),
		TEST(test_disk_full),	   TEST(test_lost_transaction),
		TEST(test_full_when_made), TEST(test_damaged),
		TEST(test_cut_while_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
