// SPDX-License-Identifier: GPL-2.0-only
/*
 * Databases that cannot be used: each is refused with a message that names the
 * file, the reason and the cure, and none is changed by that. And what stops a
 * writer half way: the store is then as it was at the last commit.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "callgraph/graph.h"
#include "callgraph/store.h"

#include "facts-by-hand.h"

struct test {
	char dir[64];
	char *db;
	struct strbuf err;
};

static char *beside(const struct test *t, const char *suffix)
{
	return xasprintf("%s%s", t->db, suffix);
}

static int setup(void **state)
{
	struct test *t = xcalloc(1, sizeof(*t));
	const char *tmp = getenv("TMPDIR");

	snprintf(t->dir, sizeof(t->dir), "%s/pw-errors-XXXXXX",
		 tmp && strlen(tmp) < 32 ? tmp : "/tmp");
	assert_non_null(mkdtemp(t->dir));
	t->db = xasprintf("%s/k.db", t->dir);
	strbuf_init(&t->err);
	*state = t;
	return 0;
}

static void remove_db(const struct test *t)
{
	static const char *const suffix[] = { "", "-wal", "-shm", ".lock",
					      ".new" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(suffix); i++) {
		char *path = beside(t, suffix[i]);

		if (unlink(path) < 0 && errno == EISDIR)
			rmdir(path);
		free(path);
	}
}

static int teardown(void **state)
{
	struct test *t = *state;

	remove_db(t);
	assert_int_equal(rmdir(t->dir), 0);
	strbuf_release(&t->err);
	free(t->db);
	free(t);
	return 0;
}

static void expect(int ret, int expected, struct test *t)
{
	if (ret != expected)
		fail_msg("%d instead of %d: %s", ret, expected, t->err.buf);
}

/* ---- a database with something in it ---- */

/* One file of @nr calls. */
static int put(struct store *store, const char *file, uint32_t nr)
{
	struct store_unit unit = { .file = file };
	struct unit_facts f;
	uint32_t i, fn;
	int ret;

	unit_facts_init(&f);
	fn = func(&f, "caller", file);
	begin_body(&f, file, false);
	add_def(&f, fn, file, 1, 0);
	for (i = 0; i < nr; i++)
		add_call(&f, fn, func(&f, "callee", NULL), file, i + 1, fn);
	end_body(&f);
	ret = store_config(store, "arm64", "/tree", "6.12", &unit.config);
	if (!ret)
		ret = store_put_unit(store, &unit, &f, 0);
	unit_facts_release(&f);
	return ret;
}

static struct store *open_store(struct test *t, enum store_mode mode)
{
	struct store *store;

	expect(store_open(&store, t->db, mode, &t->err), 0, t);
	return store;
}

static void make_db(struct test *t)
{
	struct store *store = open_store(t, STORE_WRITE);

	assert_int_equal(put(store, "a.c", 2000), 0);
	store_close(store);
}

static uint32_t nr_calls(struct test *t, struct store *store)
{
	struct graph *g;
	uint32_t nr;

	expect(store_load_graph(store, 1, 0, &g, &t->err), 0, t);
	nr = graph_nr_calls(g);
	graph_free(g);
	return nr;
}

static void write_at(const struct test *t, off_t at, const void *data,
		     size_t len)
{
	int fd = open(t->db, O_WRONLY | O_CREAT, 0644);

	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, data, len, at), len);
	close(fd);
}

static off_t size_of(const struct test *t)
{
	struct stat st;

	return stat(t->db, &st) ? -1 : st.st_size;
}

/* ---- what can be in the way ---- */

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

static void assert_has(const char *name, const char *message, const char *part)
{
	if (!strstr(message, part))
		fail_msg("%s: no \"%s\" in: %s", name, part, message);
}

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

/* ---- where nothing may be written ---- */

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

/* ---- two writers ---- */

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

/* ---- the disk is full ---- */

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

/* ---- damage that shows only while reading ---- */

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

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_refused),	     TEST(test_empty_for_writing),
		TEST(test_read_only_file),   TEST(test_read_only_directory),
		TEST(test_unreadable),	     TEST(test_locked),
		TEST(test_killed),	     TEST(test_disk_full),
		TEST(test_lost_transaction), TEST(test_full_when_made),
		TEST(test_damaged),	     TEST(test_cut_while_open),
		TEST(test_made_again),	     TEST(test_foreign_log),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
