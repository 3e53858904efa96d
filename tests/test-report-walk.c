// SPDX-License-Identifier: GPL-2.0-only
/*
 * Configurations that are walked over side by side: the report, and what goes
 * wrong, are those of one after another.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "util/aside.h"

#include "callgraph/store.h"
#include "cmd-report-walk.h"
#include "cmd-report.h"

#include "facts-by-hand.h"

enum { NR_CONFIGS = 7 };

struct test {
	char dir[64];
	char *db;
};

/*
 * The same file, compiled differently: in every second configuration what is
 * looked for is one call further down, and each has a start of its own.
 */
static void fill(struct unit_facts *f, uint32_t config)
{
	char own[16];
	uint32_t ops = var(f, "ops", "a.c"), probe = func(f, "probe", "a.c");
	uint32_t bad = func(f, "bad", NULL), mid = func(f, "mid", "a.c");
	uint32_t other;

	snprintf(own, sizeof(own), "probe%u", config);
	other = func(f, own, "a.c");
	begin_body(f, "a.c", false);
	add_def(f, probe, "a.c", 10, 0);
	add_def(f, mid, "a.c", 30, 0);
	add_def(f, other, "a.c", 40, 0);
	add_call(f, probe, config % 2 ? mid : bad, "a.c", 11, FACT_NONE);
	add_call(f, mid, bad, "a.c", 31, FACT_NONE);
	add_call(f, other, mid, "a.c", 41, FACT_NONE);
	PUSH(f, assigns, .func = FACT_NONE, .kind = ASSIGN_INIT,
	     .lhs = { VALUE_GLOBAL, 0, ops, str(f, "|ops.probe") },
	     .rhs = { VALUE_FUNC, 1, probe, 0 }, .slot = str(f, "ops.probe"),
	     .index = FACT_NONE, .file = str(f, "a.c"), .line = 20, .col = 1);
	PUSH(f, assigns, .func = FACT_NONE, .kind = ASSIGN_INIT,
	     .lhs = { VALUE_GLOBAL, 0, ops, str(f, "|ops.probe") },
	     .rhs = { VALUE_FUNC, 1, other, 0 }, .slot = str(f, "ops.probe"),
	     .index = FACT_NONE, .file = str(f, "a.c"), .line = 21, .col = 1);
	end_body(f);
}

static void put_config(struct store *store, uint32_t nr)
{
	struct store_unit unit = { .file = "a.c", .command_hash = nr };
	struct unit_facts f;
	char name[16];

	snprintf(name, sizeof(name), "c%u/all", nr);
	assert_int_equal(store_config(store, name, "/t", "6.12", &unit.config),
			 0);
	unit_facts_init(&f);
	fill(&f, nr);
	assert_int_equal(store_put_unit(store, &unit, &f, 0), 0);
	unit_facts_release(&f);
}

static int setup(void **state)
{
	struct test *t = xcalloc(1, sizeof(*t));
	const char *tmp = getenv("TMPDIR");
	struct strbuf err = STRBUF_INIT;
	struct store *store;
	uint32_t i;

	snprintf(t->dir, sizeof(t->dir), "%s/pw-walk-XXXXXX",
		 tmp && strlen(tmp) < 32 ? tmp : "/tmp");
	assert_non_null(mkdtemp(t->dir));
	t->db = xasprintf("%s/k.db", t->dir);
	assert_int_equal(store_open(&store, t->db, STORE_WRITE, &err), 0);
	for (i = 0; i < NR_CONFIGS; i++)
		put_config(store, i);
	store_close(store);
	*state = t;
	return 0;
}

static int teardown(void **state)
{
	struct test *t = *state;

	aside_threads = 0;
	report_walk_megabytes = 2048;
	unlink(t->db);
	assert_int_equal(rmdir(t->dir), 0);
	free(t->db);
	free(t);
	return 0;
}

static void init_report(struct report *report)
{
	struct rule *rule = xcalloc(1, sizeof(*rule));

	memset(report, 0, sizeof(*report));
	rule->id = xstrdup("rule");
	rule->summary = xstrdup("");
	rule->help = xstrdup("");
	rule->from = SOURCE_CALLBACK;
	rule->to = TARGET_CALL;
	string_list_add(&rule->callbacks, "ops.probe");
	string_list_add(&rule->functions, "bad");
	report->rules = (struct rule_set){ rule, 1 };
}

/* The report, or what went wrong. To be freed. */
static char *check(struct test *t, int *ret)
{
	struct check_options opt;
	struct strbuf err = STRBUF_INIT;
	struct report report;
	char *text = NULL;
	size_t len;
	FILE *out;

	check_options_init(&opt);
	opt.db = t->db;
	init_report(&report);
	*ret = report_from_database(&opt, &report, &err);
	out = open_memstream(&text, &len);
	if (*ret)
		fputs(err.buf, out);
	else
		report_json.render(&report, out);
	fclose(out);
	report_release(&report);
	check_options_release(&opt);
	strbuf_release(&err);
	return text;
}

static const struct {
	int threads;
	uint32_t megabytes;
} cases[] = {
	{ 2, 2048 },
	{ 5, 2048 },
	{ 100, 2048 },
	/* room for one, which is always there, and for two */
	{ 5, 1 },
	{ 5, 40 },
};

static void same_in_all(struct test *t, const char *expected, int expected_ret)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		char *text;
		int ret;

		aside_threads = cases[i].threads;
		report_walk_megabytes = cases[i].megabytes;
		text = check(t, &ret);
		assert_int_equal(ret, expected_ret);
		assert_string_equal(text, expected);
		free(text);
	}
}

static void test_same_report(void **state)
{
	char *text;
	int ret;

	aside_threads = 1;
	text = check(*state, &ret);
	assert_int_equal(ret, 0);
	/* the finding of all has the shorter way, those of one are all there */
	assert_non_null(strstr(text, "\"c6/all\""));
	assert_non_null(strstr(text, "\"probe6\""));
	assert_non_null(strstr(text, "\"probe0\""));
	same_in_all(*state, text, 0);
	free(text);
}

static void damage(const struct test *t, const char *set, uint32_t config)
{
	char *sql = xasprintf("UPDATE body SET %s WHERE unit IN"
			      " (SELECT unit FROM member WHERE config ="
			      " (SELECT id FROM config WHERE name ="
			      " 'c%u/all'))",
			      set, config);
	sqlite3 *db;

	assert_int_equal(sqlite3_open(t->db, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_changes(db), 1);
	sqlite3_close(db);
	free(sql);
}

/* Of two that cannot be read, the one is named that comes first. */
static void test_same_error(void **state)
{
	char *text;
	int ret;

	damage(*state, "facts = x'ffffffff'", 5);
	damage(*state, "file = 1000000", 2);
	aside_threads = 1;
	text = check(*state, &ret);
	assert_int_not_equal(ret, 0);
	assert_non_null(strstr(text, "a body has no file"));
	same_in_all(*state, text, ret);
	free(text);
}

/* What is loaded is not what was looked at first. */
static void test_replaced(void **state)
{
	const struct test *t = *state;
	struct check_options opt;
	struct strbuf err = STRBUF_INIT;
	struct report report;
	struct store *store;

	check_options_init(&opt);
	opt.db = t->db;
	init_report(&report);
	assert_int_equal(store_open(&store, t->db, STORE_READ, &err), 0);
	assert_int_equal(
		report_walk_config(&opt, store, 1, "c0/all", &report, &err), 0);
	assert_int_not_equal(
		report_walk_config(&opt, store, 1, "other", &report, &err), 0);
	assert_non_null(strstr(err.buf, "replaced"));
	store_close(store);
	report_release(&report);
	check_options_release(&opt);
	strbuf_release(&err);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_same_report),
		TEST(test_same_error),
		TEST(test_replaced),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
