// SPDX-License-Identifier: GPL-2.0-only
/* A database that can be damaged: see store-damage.h. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "facts-by-hand.h"
#include "store-damage.h"

char *beside(const struct test *t, const char *suffix)
{
	return xasprintf("%s%s", t->db, suffix);
}

int damage_setup(void **state)
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

void remove_db(const struct test *t)
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

int damage_teardown(void **state)
{
	struct test *t = *state;

	remove_db(t);
	assert_int_equal(rmdir(t->dir), 0);
	strbuf_release(&t->err);
	free(t->db);
	free(t);
	return 0;
}

void expect(int ret, int expected, struct test *t)
{
	if (ret != expected)
		fail_msg("%d instead of %d: %s", ret, expected, t->err.buf);
}

int put(struct store *store, const char *file, uint32_t nr)
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

struct store *open_store(struct test *t, enum store_mode mode)
{
	struct store *store;

	expect(store_open(&store, t->db, mode, &t->err), 0, t);
	return store;
}

void make_db(struct test *t)
{
	struct store *store = open_store(t, STORE_WRITE);

	assert_int_equal(put(store, "a.c", 2000), 0);
	store_close(store);
}

uint32_t nr_calls(struct test *t, struct store *store)
{
	struct graph *g;
	uint32_t nr;

	expect(store_load_graph(store, 1, 0, &g, &t->err), 0, t);
	nr = graph_nr_calls(g);
	graph_free(g);
	return nr;
}

void write_at(const struct test *t, off_t at, const void *data, size_t len)
{
	int fd = open(t->db, O_WRONLY | O_CREAT, 0644);

	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, data, len, at), len);
	close(fd);
}

off_t size_of(const struct test *t)
{
	struct stat st;

	return stat(t->db, &st) ? -1 : st.st_size;
}

void assert_has(const char *name, const char *message, const char *part)
{
	if (!strstr(message, part))
		fail_msg("%s: no \"%s\" in: %s", name, part, message);
}
