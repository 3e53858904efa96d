// SPDX-License-Identifier: GPL-2.0-only
/*
 * Prefix headers that a run leaves in the database for later ones: who uses
 * them, and that the facts are those of an exact parse whatever happens to what
 * they were made of or to themselves.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "callgraph/store-memo.h"
#include "indexer/index-kept.h"

#include "graph-dump.h"
#include "index-run.h"

/* ---- facts ---- */

static int first_config(void *data, const struct store_config *config)
{
	*(uint32_t *)data = config->id;
	return 1;
}

static char *dump_db(const char *name)
{
	struct strbuf err = STRBUF_INIT;
	char *path = in_tree(name), *text;
	struct store *store;
	struct graph *graph;
	uint32_t config = 0;

	if (store_open(&store, path, STORE_READ, &err))
		fail_msg("%s", err.buf);
	assert_int_equal(store_each_config(store, first_config, &config), 1);
	if (store_load_graph(store, config, STORE_LITERALS, &graph, &err))
		fail_msg("%s", err.buf);
	text = graph_dump(graph);
	graph_free(graph);
	store_close(store);
	free(path);
	return text;
}

static void remove_db(const char *name)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ends); i++) {
		char *file = xasprintf("%s%s", name, ends[i]);
		char *path = in_tree(file);

		unlink(path);
		free(path);
		free(file);
	}
}

/* The database has the facts of an exact parse of all as it is now. */
static void same_as_exact(const struct compdb *db, const char *name)
{
	char *path = in_tree("exact.db"), *is, *should;
	const struct index_options opt = {
		.tree = tree,
		.config = "test",
		.compdb = "c.json",
		.db = path,
		.jobs = 2,
		.no_prefix = true,
	};
	struct strbuf err = STRBUF_INIT;
	struct index_summary sum;

	remove_db("exact.db");
	index_summary_init(&sum);
	if (index_run(&opt, db, &sum, &err))
		fail_msg("%s", err.buf);
	is = dump_db("k.db");
	should = dump_db("exact.db");
	if (strcmp(is, should))
		fail_msg("%s: %s\nand not %s", name, is, should);
	free(is);
	free(should);
	free(path);
	index_summary_release(&sum);
}

/* ---- runs ---- */

/* How many units were parsed, and with what. */
struct counts {
	uint32_t parsed, with_prefix, with_kept, built;
};

static void check_counts(const struct result *r, const char *name,
			 struct counts should)
{
	if (r->ret)
		fail_msg("%s: %s", name, r->err.buf);
	if (r->sum.parsed != should.parsed ||
	    r->sum.with_prefix != should.with_prefix ||
	    r->sum.with_kept != should.with_kept ||
	    r->sum.prefixes != should.built)
		fail_msg("%s: %u parsed, %u with a prefix, %u with a kept one, "
			 "%u built",
			 name, r->sum.parsed, r->sum.with_prefix,
			 r->sum.with_kept, r->sum.prefixes);
	/* nothing of it is anybody's business */
	assert_int_equal(r->sum.lost_prefix, 0);
	assert_int_equal(r->sum.errors, 0);
	assert_int_equal(r->sum.failed, 0);
	assert_string_equal(r->sum.notes.buf, "");
}

static void run_and_count(const struct compdb *db,
			  const struct index_options *opt, const char *name,
			  struct counts should)
{
	char *scratch = in_tree("k.db.tmp");
	struct result r = run_with(db, opt);

	check_counts(&r, name, should);
	result_release(&r);
	same_as_exact(db, name);
	assert_int_equal(access(scratch, F_OK), -1);
	free(scratch);
}

static void edit(int unit, int nr)
{
	char *text = xasprintf("int own%d(void);\n"
			       "int use%d(void) { return own%d() + c(); }",
			       nr, nr, nr);

	write_unit(unit, text);
	free(text);
}

static void first_run(struct compdb *db)
{
	add_commands(db);
	run_and_count(db, &usual, "first", (struct counts){ NR, NR, 0, 1 });
}

/* Half of the commands are gone, and with them the need for a new prefix. */
static void keep_three(struct compdb *db)
{
	db->nr = 3;
	run_only(db, "three are left");
}

static const struct counts kept = { 1, 1, 1, 0 }, exact = { 1, 0, 0, 0 };

/* ---- who uses it ---- */

static void test_edit(void **state)
{
	const struct index_options none = { .no_prefix = true };
	const struct index_options both = { .verify_prefix = true };
	struct compdb db = COMPDB_INIT;
	struct result r;

	(void)state;
	first_run(&db);
	edit(0, 1);
	run_and_count(&db, &usual, "edited", kept);
	run_and_count(&db, &usual, "known", (struct counts){ 0 });
	edit(0, 2);
	run_and_count(&db, &none, "--no-prefix", exact);
	edit(0, 3);
	r = run_with(&db, &both);
	check_counts(&r, "--verify-prefix", kept);
	assert_int_equal(r.sum.differing, 0);
	result_release(&r);
	write_file("u0.c", "#define NO_B\n#include <b.h>\n"
			   "int u0(void) { return c(); }\n");
	run_and_count(&db, &usual, "does not fit", exact);
	compdb_release(&db);
}

/* More than it was chosen for: then a new one is worth it. */
static void test_outgrown(void **state)
{
	struct compdb db = COMPDB_INIT;
	int i;

	(void)state;
	first_run(&db);
	for (i = 0; i < 4; i++)
		edit(i, i);
	run_and_count(&db, &usual, "many", (struct counts){ 4, 4, 4, 0 });
	for (i = 10; i < 10 + 2 * NR + 1; i++) {
		char *name = xasprintf("u%d.c", i);

		write_unit(i, "");
		add_command(&db, name, "-DX=1");
		free(name);
	}
	i -= 10;
	run_and_count(&db, &usual, "outgrown", (struct counts){ i, i, 0, 1 });
	edit(0, 9);
	run_and_count(&db, &usual, "with the new one", kept);
	compdb_release(&db);
}

/* Units with other flags have one of their own, and other configurations. */
static void test_others(void **state)
{
	const struct index_options second = { .config = "second",
					      .every_config = true };
	const struct index_options first = { .every_config = true };
	struct compdb db = COMPDB_INIT, other = COMPDB_INIT;
	struct result r;
	int i;

	(void)state;
	first_run(&db);
	for (i = 0; i < NR; i++) {
		char *name = xasprintf("u%d.c", i);

		add_command(&other, name, i < 4 ? "-DX=2" : "-DX=3");
		free(name);
	}
	r = run_with(&other, &second);
	check_counts(&r, "second", (struct counts){ NR, 4, 0, 1 });
	result_release(&r);
	edit(0, 1);
	edit(5, 1);
	r = run_with(&other, &second);
	check_counts(&r, "two flags", (struct counts){ 2, 1, 1, 0 });
	result_release(&r);
	run_and_count(&db, &first, "first", (struct counts){ 2, 2, 2, 0 });
	compdb_release(&db);
	compdb_release(&other);
}

/* ---- what it was made of ---- */

static void touch(const char *name)
{
	const struct timespec times[2] = { { .tv_sec = 1000000000 },
					   { .tv_sec = 1000000000 } };
	char *path = in_tree(name);

	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	free(path);
}

static const char new_a[] = "#pragma once\nint a(void);\nint d(void);\n"
			    "static inline int e(void) { return d(); }\n";

static void test_header(void **state)
{
	struct compdb db = COMPDB_INIT;

	(void)state;
	first_run(&db);
	touch("inc/a.h");
	edit(0, 1);
	run_and_count(&db, &usual, "touched", kept);
	write_file("inc/a.h", new_a);
	edit(0, 2);
	run_and_count(&db, &usual, "edited", (struct counts){ NR, NR, 0, 1 });
	edit(0, 3);
	run_and_count(&db, &usual, "with the new one", kept);
	compdb_release(&db);
}

/*
 * So few units that none is built, and that the edited one is parsed before it
 * is known that the header is another one, too.
 */
static void test_header_of_few(void **state)
{
	static const char old_a[] = "#pragma once\nint a(void);\n";
	struct compdb db = COMPDB_INIT;

	(void)state;
	first_run(&db);
	keep_three(&db);
	edit(0, 1);
	run_and_count(&db, &usual, "before", kept);
	write_file("inc/a.h", new_a);
	write_unit(0, "int u(void) { return e(); }");
	run_and_count(&db, &usual, "edited with a unit",
		      (struct counts){ 3, 0, 0, 0 });
	write_file("inc/a.h", old_a);
	edit(0, 2);
	run_and_count(&db, &usual, "its facts are gone",
		      (struct counts){ 3, 0, 0, 0 });
	compdb_release(&db);
}

/* One unit still has what the others lost: then it is there, and may hold. */
static void test_restored(void **state)
{
	const struct index_options sampled = { .sample = 1000000 };
	struct compdb db = COMPDB_INIT;
	struct result r;

	(void)state;
	first_run(&db);
	keep_three(&db);
	write_file("inc/a.h", new_a);
	r = run_with(&db, &sampled);
	assert_int_equal(r.sum.parsed, 0);
	result_release(&r);
	write_file("inc/a.h", "#pragma once\nint a(void);\n");
	edit(0, 1);
	run_and_count(&db, &usual, "as it was", kept);
	compdb_release(&db);
}

/* A file that was not there: in front of one that it read, or asked for. */
static void test_new_name(void **state)
{
	static const struct {
		const char *name, *file;
		struct counts counts;
		bool gone;
	} table[] = {
		{ "in front of it", "first/a.h", { 3, 0, 0, 0 }, true },
		{ "beside who asks for it",
		  "inc/maybe.h",
		  { 3, 0, 0, 0 },
		  true },
		{ "a macro's", "first/named.h", { 3, 0, 0, 0 }, true },
		{ "of no interest", "first/else.h", { 1, 1, 1, 0 }, false },
	};
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct compdb db = COMPDB_INIT;

		if (i) {
			tree_remove(state);
			index_tree_make(state);
		}
		write_file("inc/named.h", "int named(void);\n");
		write_file("inc/b.h", "#pragma once\n#define N <named.h>\n"
				      "#include N\nint b(void);\n"
				      "static inline int c(void)\n{\n"
				      "#if __has_include(\"maybe.h\")\n"
				      "\treturn maybe();\n#endif\n"
				      "\treturn b();\n}\n");
		for (k = 0; k < NR; k++) {
			char *name = xasprintf("u%zu.c", k);
			char *argv[] = { "clang", "-Ifirst", "-Iinc",
					 "-c",	  name,	     NULL };

			compdb_add(&db, tree, name, argv, 5);
			free(name);
		}
		run_only(&db, table[i].name);
		keep_three(&db);
		make_parents(table[i].file);
		write_file(table[i].file, "int a(void); int b(void);\n"
					  "int maybe(void);\n");
		edit(0, 1);
		run_and_count(&db, &usual, table[i].name, table[i].counts);
		edit(0, 2);
		run_and_count(&db, &usual, table[i].name,
			      table[i].gone ? exact : kept);
		compdb_release(&db);
	}
}

/* ---- what happens to itself ---- */

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

static int read_nr(struct store *store, uint32_t config)
{
	struct kept_list list;

	assert_int_equal(kept_list_load(store, config, &list), 0);
	return list.nr;
}

static int expect_none(struct store *store, uint32_t config)
{
	struct strbuf data = STRBUF_INIT;

	assert_int_equal(read_nr(store, config), 0);
	assert_int_equal(store_get_memo(store, config, MEMO_KEPT_PCH, &data),
			 0);
	assert_int_equal(data.len, 0);
	return 0;
}

static int expect_one(struct store *store, uint32_t config)
{
	assert_int_equal(read_nr(store, config), 1);
	return 0;
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

/* ---- how long it stays ---- */

static int forget_tool(struct store *store, uint32_t config)
{
	return store_put_memo(store, config, MEMO_TOOL, "other", 5);
}

static int forget_files(struct store *store, uint32_t config)
{
	return store_put_memo(store, config, MEMO_WATCH, "other", 5);
}

/* Nobody knows what is new, or what it says: it is made again. */
static void test_all_stale(void **state)
{
	static int (*const changes[])(struct store *,
				      uint32_t) = { forget_tool, forget_files };
	struct compdb db = COMPDB_INIT;
	size_t i;

	(void)state;
	first_run(&db);
	keep_three(&db);
	for (i = 0; i < ARRAY_SIZE(changes); i++) {
		change_store(changes[i]);
		edit(0, i);
		run_and_count(&db, &usual, "all",
			      i ? (struct counts){ 3, 0, 0, 0 }
				: (struct counts){ 3, 3, 3, 0 });
	}
	change_store(expect_none);
	compdb_release(&db);
}

/* With the last unit that was parsed with it its facts go. */
static void test_dropped(void **state)
{
	const struct index_options none = { .no_prefix = true };
	struct compdb db = COMPDB_INIT;
	int i;

	(void)state;
	first_run(&db);
	change_store(expect_one);
	for (i = 0; i < NR; i++)
		edit(i, i);
	run_and_count(&db, &none, "exact", (struct counts){ NR, 0, 0, 0 });
	change_store(expect_none);
	edit(0, 9);
	run_and_count(&db, &usual, "none", exact);
	compdb_release(&db);
}

/* What was built before the run was ended is not built again. */
static void test_interrupted(void **state)
{
	const struct index_options one = { .jobs = 1 };
	struct compdb db = COMPDB_INIT;
	struct result r;

	(void)state;
	add_commands(&db);
	index_unit_parse = stop_on_u2;
	r = run_with(&db, &one);
	assert_true(r.sum.interrupted);
	assert_int_equal(r.sum.parsed, 2);
	result_release(&r);
	index_unit_parse = unit_parse;
	run_and_count(&db, &usual, "goes on",
		      (struct counts){ NR - 2, NR - 2, NR - 2, 0 });
	compdb_release(&db);
}

static int halve_room(struct store *store, uint32_t config)
{
	struct kept_list list;

	assert_int_equal(kept_list_load(store, config, &list), 0);
	assert_int_equal(list.nr, 1);
	index_kept_room = list.rows[0].pch_len * 3 / 2;
	return 0;
}

/* Room for one: the one that serves more units has it. */
static void test_room(void **state)
{
	const struct index_options second = { .config = "second",
					      .every_config = true };
	const struct index_options first = { .every_config = true };
	struct compdb few = COMPDB_INIT, more = COMPDB_INIT;
	uint64_t room = index_kept_room;
	struct result r;
	int i;

	(void)state;
	add_commands(&few);
	few.nr = NR - 1;
	r = run_with(&few, &first);
	assert_int_equal(r.sum.prefixes, 1);
	result_release(&r);
	change_store(halve_room);
	for (i = 0; i < NR; i++) {
		char *name = xasprintf("u%d.c", i);

		add_command(&more, name, "-DX=2");
		free(name);
	}
	r = run_with(&more, &second);
	assert_int_equal(r.sum.prefixes, 1);
	result_release(&r);
	change_store(expect_none);
	edit(0, 1);
	r = run_with(&more, &second);
	assert_int_equal(r.sum.with_kept, 1);
	result_release(&r);
	write_file("inc/a.h", new_a);
	r = run_with(&few, &first);
	assert_int_equal(r.sum.prefixes, 1);
	result_release(&r);
	change_store(expect_none);
	index_kept_room = room;
	compdb_release(&few);
	compdb_release(&more);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, index_tree_make, tree_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_edit),	  TEST(test_outgrown),
		TEST(test_others),	  TEST(test_header),
		TEST(test_header_of_few), TEST(test_restored),
		TEST(test_new_name),	  TEST(test_damaged),
		TEST(test_crash),	  TEST(test_all_stale),
		TEST(test_dropped),	  TEST(test_interrupted),
		TEST(test_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
