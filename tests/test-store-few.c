// SPDX-License-Identifier: GPL-2.0-only
/*
 * Units that are stored without a table of all that is there: the rows are
 * those that are written with one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "util/aside.h"

#include "callgraph/store-internal.h"
#include "store-units.h"

/* ---- the interner ---- */

enum { LOADED = 30000 };

static char *word(uint32_t i)
{
	return xasprintf("word%u", i);
}

/* "word1" has number 1, and so on; nothing is in the table. */
static void load_words(struct interner *in)
{
	struct strbuf text = STRBUF_INIT;
	uint32_t i;

	for (i = 1; i <= LOADED; i++) {
		strbuf_addf(&text, "word%u", i);
		strbuf_addch(&text, '\0');
	}
	interner_init(in);
	interner_reserve_text(in, LOADED, text.len);
	interner_load_text(in, text.buf, text.len);
	interner_index_lazily(in);
	strbuf_release(&text);
}

static void expect_word(struct interner *in, uint32_t i, uint32_t number)
{
	char *s = word(i);

	assert_int_equal(interner_addstr(in, s), number);
	assert_int_equal(interner_find(in, s), number);
	assert_string_equal(interner_get(in, number), s);
	free(s);
}

static void test_lazy_words(void **state)
{
	struct interner in;
	uint32_t i;

	(void)state;
	load_words(&in);
	/* found without having been asked for, and not added by that */
	assert_int_equal(interner_find(&in, "word77"), 77);
	assert_int_equal(interner_find(&in, "none"), UINT32_MAX);
	assert_int_equal(in.nr, LOADED + 1);
	for (i = 1; i <= LOADED; i += 997)
		expect_word(&in, i, i);
	assert_int_equal(in.nr, LOADED + 1);
	/* more new ones than the table had room for when it began */
	for (i = 1; i <= 3000; i++)
		expect_word(&in, LOADED + i, LOADED + i);
	for (i = 5; i <= LOADED; i += 4999)
		expect_word(&in, i, i);
	assert_int_equal(interner_addstr(&in, ""), 0);
	interner_release(&in);
}

static void test_expected_words(void **state)
{
	struct interner in, other;
	uint32_t i, slots;

	(void)state;
	load_words(&in);
	interner_init(&other);
	for (i = 1; i <= LOADED + 5; i += 2) {
		char *s = word(i);

		interner_addstr(&other, s);
		free(s);
	}
	interner_expect(&in, &other);
	/* room for all of them was made: nothing is searched for any more */
	slots = in.nr_in;
	assert_true(slots > LOADED / 2);
	for (i = 1; i <= LOADED; i += 2)
		expect_word(&in, i, i);
	assert_int_equal(in.nr_in, slots);
	expect_word(&in, LOADED + 1, LOADED + 1);
	expect_word(&in, 2, 2);
	interner_release(&other);
	interner_release(&in);
}

/* ---- the store ---- */

static int dump_table(const struct test *t, const char *sql, struct strbuf *out)
{
	sqlite3_stmt *stmt;
	sqlite3 *db;
	int ret = -1;

	assert_int_equal(sqlite3_open(t->db, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL),
			 SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		strbuf_addf(out, "%s\n", sqlite3_column_text(stmt, 0));
		ret = 0;
	}
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return ret;
}

static void dump_rows(const struct test *t, struct strbuf *out)
{
	static const char *const tables[] = {
		"SELECT first || hex(texts) FROM names",
		"SELECT first || hex(packed) FROM symbols",
		"SELECT id || hex(ids) FROM idset",
		"SELECT id || ifnull(hash, '') || hex(facts) FROM body",
		"SELECT id || name || file FROM function",
		"SELECT caller || ' ' || callee FROM call",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(tables); i++)
		assert_int_equal(dump_table(t, tables[i], out), 0);
}

static void reopen(struct test *t)
{
	store_close(t->store);
	assert_int_equal(store_open(&t->store, t->db, STORE_WRITE, &t->err), 0);
}

enum way { ALL, FEW, AHEAD };

static void prepare(struct test *t, enum way way)
{
	if (way == AHEAD) {
		store_prepare_ahead(t->store);
		assert_non_null(t->store->ahead);
	}
	assert_int_equal(store_prepare_units(t->store, way != ALL), 0);
	assert_null(t->store->ahead);
	assert_int_equal(t->store->cache.few, way != ALL);
}

/* Old and new names, statics of a name that others have, an edited header. */
static void store_twice(struct test *t, enum way way)
{
	put(t, "arm64", "d/a.c", driver, 3);
	put(t, "arm64", "base/core.c", core, 0);
	reopen(t);
	prepare(t, way);
	put(t, "arm64", "d/b.c", driver, 3);
	put(t, "arm64", "d/a.c", core, 30);
	put(t, "arm64", "d/c.c", driver, 30);
	assert_int_equal(store_finish(t->store), 0);
	/* and with tables of all again */
	put(t, "arm64", "d/e.c", driver, 3);
}

static void compare_ways(struct test *all, enum way way)
{
	struct strbuf want = STRBUF_INIT, got = STRBUF_INIT;
	struct test *other;
	void *state;

	assert_int_equal(store_setup(&state), 0);
	other = state;
	store_twice(all, ALL);
	store_twice(other, way);
	dump_rows(all, &want);
	dump_rows(other, &got);
	assert_string_equal(got.buf, want.buf);
	strbuf_release(&want);
	strbuf_release(&got);
	store_teardown(&state);
}

static void test_same_rows(void **state)
{
	compare_ways(*state, FEW);
}

static void test_ahead(void **state)
{
	aside_threads = 2;
	compare_ways(*state, AHEAD);
	aside_threads = 0;
}

/* Somebody else needs a version, adds a name, or gives it all up meanwhile. */
static void test_ahead_meanwhile(void **state)
{
	struct test *t = *state;
	uint32_t first, second, name;

	aside_threads = 2;
	put(t, "arm64", "d/a.c", driver, 3);
	reopen(t);
	store_prepare_ahead(t->store);
	assert_int_equal(store_cache_versions(t->store), 0);
	assert_int_equal(store_add_version(t->store, "new.h", 1, &first), 0);
	assert_int_equal(store_cache_numbers(t->store), 0);
	assert_int_equal(store_add_version(t->store, "new.h", 1, &second), 0);
	assert_int_equal(second, first);
	assert_int_equal(store_add_name(t->store, "d/a.c", &name), 0);
	assert_true(name < t->store->cache.first_name);

	reopen(t);
	store_prepare_ahead(t->store);
	store_prepare_cancel(t->store);
	assert_null(t->store->ahead);
	assert_false(t->store->cache.has_numbers);
	/* many are to come after all */
	store_prepare_ahead(t->store);
	assert_int_equal(store_prepare_units(t->store, false), 0);
	assert_false(t->store->cache.few);
	aside_threads = 0;
}

/* The same with the numbers of a few in place, and one of them not stored. */
static void test_many_after_few(void **state)
{
	struct test *t = *state;
	uint32_t name;

	put(t, "arm64", "d/a.c", driver, 3);
	reopen(t);
	assert_int_equal(store_prepare_units(t->store, true), 0);
	assert_int_equal(store_add_name(t->store, "only here", &name), 0);
	assert_int_equal(store_prepare_units(t->store, false), 0);
	assert_true(t->store->cache.few);
	assert_int_equal(store_write_pages(t->store), 0);
	assert_int_equal(store_prepare_units(t->store, false), 0);
	assert_false(t->store->cache.few);
	assert_int_equal(interner_find(&t->store->cache.names, "only here"),
			 name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lazy_words),
		cmocka_unit_test(test_expected_words),
		cmocka_unit_test_setup_teardown(test_same_rows, store_setup,
						store_teardown),
		cmocka_unit_test_setup_teardown(test_ahead, store_setup,
						store_teardown),
		cmocka_unit_test_setup_teardown(test_ahead_meanwhile,
						store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(test_many_after_few,
						store_setup, store_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
