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

/* Old and new names, statics of a name that others have, an edited header. */
static void store_twice(struct test *t, bool few)
{
	put(t, "arm64", "d/a.c", driver, 3);
	put(t, "arm64", "base/core.c", core, 0);
	reopen(t);
	assert_int_equal(store_prepare_units(t->store, few), 0);
	put(t, "arm64", "d/b.c", driver, 3);
	put(t, "arm64", "d/a.c", core, 30);
	put(t, "arm64", "d/c.c", driver, 30);
	assert_int_equal(store_finish(t->store), 0);
	/* and with tables of all again */
	put(t, "arm64", "d/e.c", driver, 3);
}

static void test_same_rows(void **state)
{
	struct test *all = *state, *few;
	struct strbuf want = STRBUF_INIT, got = STRBUF_INIT;
	void *other;

	assert_int_equal(store_setup(&other), 0);
	few = other;
	store_twice(all, false);
	store_twice(few, true);
	dump_rows(all, &want);
	dump_rows(few, &got);
	assert_string_equal(got.buf, want.buf);
	strbuf_release(&want);
	strbuf_release(&got);
	store_teardown(&other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lazy_words),
		cmocka_unit_test(test_expected_words),
		cmocka_unit_test_setup_teardown(test_same_rows, store_setup,
						store_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
