// SPDX-License-Identifier: GPL-2.0-only
/*
 * Kept prefix headers that are not what they were, or that a worker dies with:
 * it costs time and no fact, and they are forgotten.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "callgraph/store-memo.h"
#include "indexer/index-kept.h"

#include "kept-run.h"

static int flip(struct store *store, uint32_t config, int kind, size_t at)
{
	struct strbuf data = STRBUF_INIT;
	int ret = store_get_memo(store, config, kind, &data);

	assert_true(data.len > at);
	data.buf[at] ^= 4;
	if (!ret)
		ret = store_put_memo(store, config, kind, data.buf, data.len);
	strbuf_release(&data);
	return ret;
}

static int cut(struct store *store, uint32_t config, int kind)
{
	struct strbuf data = STRBUF_INIT;
	int ret = store_get_memo(store, config, kind, &data);

	if (!ret)
		ret = store_put_memo(store, config, kind, data.buf,
				     data.len / 2);
	strbuf_release(&data);
	return ret;
}

static int flip_pch(struct store *store, uint32_t config)
{
	return flip(store, config, MEMO_KEPT_PCH, 70000);
}

static int cut_pch(struct store *store, uint32_t config)
{
	return cut(store, config, MEMO_KEPT_PCH);
}

static int no_pch(struct store *store, uint32_t config)
{
	return store_put_memo(store, config, MEMO_KEPT_PCH, NULL, 0);
}

static int flip_state(struct store *store, uint32_t config)
{
	return flip(store, config, MEMO_KEPT_STATE, 200);
}

static int cut_state(struct store *store, uint32_t config)
{
	return cut(store, config, MEMO_KEPT_STATE);
}

static int flip_maker(struct store *store, uint32_t config)
{
	return flip(store, config, MEMO_KEPT, 8);
}

static int cut_list(struct store *store, uint32_t config)
{
	return cut(store, config, MEMO_KEPT);
}

static int long_list(struct store *store, uint32_t config)
{
	static const char zeroes[10000];
	struct strbuf data = STRBUF_INIT;
	int ret = store_get_memo(store, config, MEMO_KEPT, &data);

	strbuf_add(&data, zeroes, sizeof(zeroes));
	if (!ret)
		ret = store_put_memo(store, config, MEMO_KEPT, data.buf,
				     data.len);
	strbuf_release(&data);
	return ret;
}

/* As if another prefix header had its number now. */
static int other_facts(struct store *store, uint32_t config)
{
	struct kept_list list;
	int ret = kept_list_load(store, config, &list);

	assert_int_equal(list.nr, 1);
	list.rows[0].sets++;
	return ret ? ret : kept_list_store(store, config, &list);
}

/* What it holds is not what its sum is of: libclang has to refuse it. */
static int put_nonsense(struct store *store, uint32_t config, const char *pch)
{
	struct kept_list list;
	int ret = kept_list_load(store, config, &list);

	assert_int_equal(list.nr, 1);
	list.rows[0].pch_len = strlen(pch);
	list.rows[0].pch_sum = kept_sum_of(pch, strlen(pch));
	if (!ret)
		ret = kept_list_store(store, config, &list);
	if (!ret)
		ret = store_put_memo(store, config, MEMO_KEPT_PCH, pch,
				     strlen(pch));
	return ret;
}

static int nonsense_pch(struct store *store, uint32_t config)
{
	return put_nonsense(store, config, "CPCH, but nothing of it");
}

static int text_pch(struct store *store, uint32_t config)
{
	return put_nonsense(store, config, "int a;\n");
}

static void test_damaged(void **state)
{
	static const struct {
		const char *name;
		int (*change)(struct store *store, uint32_t config);
		bool stays; /* and is in nobody's way */
	} table[] = {
		{ "flipped pch", flip_pch },
		{ "cut pch", cut_pch },
		{ "no pch", no_pch },
		{ "flipped state", flip_state },
		{ "cut state", cut_state },
		{ "other libclang", flip_maker, true },
		{ "cut list", cut_list, true },
		{ "long list", long_list, true },
		{ "other facts", other_facts },
		{ "nonsense", nonsense_pch },
		{ "text", text_pch },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct compdb db = COMPDB_INIT;

		if (i) {
			tree_remove(state);
			index_tree_make(state);
		}
		first_run(&db);
		change_store(table[i].change);
		edit(0, 1);
		run_and_count(&db, &usual, table[i].name, exact);
		if (!table[i].stays)
			change_store(expect_none);
		edit(0, 2);
		run_and_count(&db, &usual, table[i].name, exact);
		/* the next one that is built is kept again */
		write_file("inc/a.h", new_a);
		run_and_count(&db, &usual, table[i].name,
			      (struct counts){ NR, NR, 0, 1 });
		edit(0, 3);
		run_and_count(&db, &usual, table[i].name, kept);
		compdb_release(&db);
	}
}

/* A worker dies of it, or of the unit whatever it is parsed with. */
static int crash_with_prefix(struct unit_parser *p, const char *dir,
			     const char *file, const struct parse_args *args,
			     const char *pch, struct unit_facts *facts)
{
	if (pch)
		abort();
	return unit_parse(p, dir, file, args, pch, facts);
}

static int crash_on_u1(struct unit_parser *p, const char *dir, const char *file,
		       const struct parse_args *args, const char *pch,
		       struct unit_facts *facts)
{
	if (is_file(file, "u1.c"))
		abort();
	return unit_parse(p, dir, file, args, pch, facts);
}

static void test_crash(void **state)
{
	struct compdb db = COMPDB_INIT;
	struct result r;

	(void)state;
	first_run(&db);
	edit(0, 1);
	edit(1, 1);
	index_unit_parse = crash_on_u1;
	r = run_with(&db, &usual);
	assert_int_equal(r.sum.parsed, 1);
	assert_int_equal(r.sum.with_kept, 1);
	assert_int_equal(r.sum.by_status[UNIT_CRASHED], 1);
	result_release(&r);
	change_store(expect_one);
	index_unit_parse = unit_parse;
	run_and_count(&db, &usual, "mended", kept);
	edit(0, 2);
	edit(1, 2);
	index_unit_parse = crash_with_prefix;
	r = run_with(&db, &usual);
	check_counts(&r, "its fault", (struct counts){ 2, 0, 0, 0 });
	result_release(&r);
	index_unit_parse = unit_parse;
	same_as_exact(&db, "its fault");
	change_store(expect_none);
	compdb_release(&db);
}

/*
 * The first units of a directory are tried before the others: to die then is no
 * other death.
 */
static void test_crash_of_trial(void **state)
{
	struct compdb db = COMPDB_INIT;
	struct result r;
	int i;

	(void)state;
	make_dir("sub");
	for (i = 0; i < NR; i++) {
		char *name = xasprintf("sub/v%d.c", i);
		char *text = xasprintf("#include <a.h>\n#include <b.h>\n"
				       "int v%d(void) { return a() + c(); }\n",
				       i);

		write_file(name, text);
		add_command(&db, name, "-DX=1");
		free(text);
		free(name);
	}
	run_only(&db, "first");
	change_store(expect_one);
	for (i = 0; i < NR; i++) {
		char *name = xasprintf("sub/v%d.c", i);

		write_file(name, "#include <a.h>\n#include <b.h>\n"
				 "int w(void) { return c(); }\n");
		free(name);
	}
	index_unit_parse = crash_with_prefix;
	r = run_with(&db, &usual);
	check_counts(&r, "its fault", (struct counts){ NR, 0, 0, 0 });
	result_release(&r);
	index_unit_parse = unit_parse;
	same_as_exact(&db, "its fault");
	change_store(expect_none);
	compdb_release(&db);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, index_tree_make, tree_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_damaged),
		TEST(test_crash),
		TEST(test_crash_of_trial),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
