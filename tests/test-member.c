// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two configurations in one database: what is borrowed, what stays apart, who
 * keeps a unit alive.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "callgraph/graph.h"
#include "callgraph/store.h"
#include "cmd-report.h"

#include "facts-by-hand.h"
#include "graph-dump.h"
#include "two-configs.h"

/* A static function that calls @callee, which the file does not define, and an
 * inline one of a header, which stands on @line there. */
static void fill(struct unit_facts *f, const char *file, const char *callee,
		 uint32_t line)
{
	uint32_t probe = func(f, "probe", file);
	uint32_t in = func(f, "inline_fn", "h.h");

	begin_body(f, file, false);
	add_def(f, probe, file, 10, 0);
	add_call(f, probe, func(f, callee, NULL), file, 11, FACT_NONE);
	end_body(f);
	if (!line)
		return;
	begin_body(f, "h.h", true);
	add_def(f, in, "h.h", line, ATTR_INLINE);
	add_call(f, in, func(f, "shared", NULL), "h.h", line + 1, FACT_NONE);
	end_body(f);
}

static void put(struct test *t, uint32_t config, const char *file,
		uint64_t command, const char *callee, uint32_t header_line)
{
	struct unit_facts f;

	unit_facts_init(&f);
	fill(&f, file, callee, header_line);
	put_facts(t, config, file, command, &f);
	unit_facts_release(&f);
}

static uint32_t nr_named(struct test *t, uint32_t config, const char *name)
{
	struct graph *g = load(t, config);
	uint32_t nr = graph_symbols_named(g, name).nr;

	graph_free(g);
	return nr;
}

static int add_unit(void *data, const struct store_unit *unit)
{
	strbuf_addf(data, "%u:%s/%u%s ", unit->config, unit->file,
		    (unsigned int)unit->command_hash,
		    unit->parsed_in == unit->config ? "" : "*");
	return 0;
}

/* All members, those that are borrowed with a star. */
static void assert_members(struct test *t, const char *expected)
{
	struct strbuf out = STRBUF_INIT;

	assert_int_equal(store_each_unit(t->store, 0, add_unit, &out), 0);
	assert_string_equal(out.buf, expected);
	strbuf_release(&out);
}

static void assert_foreign(struct test *t, uint32_t config,
			   const char *expected)
{
	struct strbuf out = STRBUF_INIT;

	assert_int_equal(
		store_each_foreign_unit(t->store, config, add_unit, &out), 0);
	assert_string_equal(out.buf, expected);
	strbuf_release(&out);
}

/* ---- tests ---- */

static void test_apart(void **state)
{
	struct test *t = *state;
	struct graph *g;
	uint32_t fn;

	put(t, ARM, "a.c", 7, "reg", 3);
	put(t, X86, "a.c", 8, "reg", 3);
	put_definition(t, ARM, "core.c", "reg");
	g = load(t, ARM);
	assert_string_equal(graph_config(g), "arm64");
	fn = graph_find_symbol(g, SYMBOL_FUNC, "reg");
	assert_true(graph_symbol(g, fn)->defined);
	assert_int_equal(graph_calls_to(g, fn).nr, 1);
	graph_free(g);
	g = load(t, X86);
	assert_string_equal(graph_config(g), "x86");
	fn = graph_find_symbol(g, SYMBOL_FUNC, "reg");
	assert_false(graph_symbol(g, fn)->defined);
	assert_int_equal(graph_calls_to(g, fn).nr, 1);
	graph_free(g);
}

/* A borrowed unit calls what only the borrower defines. */
static void test_borrowed(void **state)
{
	struct test *t = *state;
	struct graph *g;
	uint32_t fn;

	put(t, ARM, "a.c", 7, "reg", 3);
	put_definition(t, X86, "x86/core.c", "reg");
	borrow(t, X86, "a.c", 8, unit_of(t, ARM, "a.c"));
	assert_members(t, "1:a.c/7 2:a.c/8* 2:x86/core.c/7 ");
	assert_foreign(t, X86, "1:a.c/7 ");
	assert_foreign(t, ARM, "2:x86/core.c/7 ");
	g = load(t, X86);
	fn = graph_find_symbol(g, SYMBOL_FUNC, "reg");
	assert_true(graph_symbol(g, fn)->defined);
	assert_int_equal(graph_calls_to(g, fn).nr, 1);
	assert_int_equal(graph_symbols_named(g, "inline_fn").nr, 1);
	assert_int_equal(graph_symbols_named(g, "deep").nr, 1);
	graph_free(g);
	/* the owner does not see the borrower's own */
	g = load(t, ARM);
	fn = graph_find_symbol(g, SYMBOL_FUNC, "reg");
	assert_false(graph_symbol(g, fn)->defined);
	assert_int_equal(graph_symbols_named(g, "deep").nr, 0);
	graph_free(g);
}

/* One file parsed in both, one function of a header that differs. */
static void test_ambiguous(void **state)
{
	struct test *t = *state;
	uint32_t config, i;

	put(t, ARM, "a.c", 7, "reg", 3);
	put(t, X86, "a.c", 7, "reg", 30);
	for (config = ARM; config <= X86; config++) {
		struct graph *g = load(t, config);

		assert_int_equal(graph_nr_symbols(g), 4);
		assert_int_equal(graph_nr_calls(g), 2);
		for (i = 0; i < graph_nr_symbols(g); i++)
			assert_false(graph_symbol(g, i)->ambiguous);
		graph_free(g);
	}
	/* with both in one configuration, it is */
	borrow(t, ARM, "b.c", 7, unit_of(t, X86, "a.c"));
	{
		struct graph *g = load(t, ARM);
		uint32_t fn = graph_symbols_named(g, "inline_fn").first[0];

		assert_true(graph_symbol(g, fn)->ambiguous);
		assert_int_equal(graph_symbol(g, fn)->line, 3);
		assert_int_equal(graph_calls_from(g, fn).nr, 2);
		graph_free(g);
	}
}

/* Equal declarations of headers are stored once, whoever saw them. */
static void test_header_once(void **state)
{
	struct test *t = *state;
	char *before, *after;
	struct graph *g;

	put(t, ARM, "a.c", 7, "reg", 3);
	put(t, X86, "b.c", 7, "reg", 3);
	borrow(t, X86, "a.c", 7, unit_of(t, ARM, "a.c"));
	g = load(t, X86);
	assert_int_equal(graph_symbols_named(g, "inline_fn").nr, 1);
	assert_false(
		graph_symbol(g, graph_symbols_named(g, "inline_fn").first[0])
			->ambiguous);
	before = graph_dump(g);
	graph_free(g);
	/* dropping what nobody sees does not drop what another one sees */
	assert_int_equal(store_drop_member(t->store, ARM, "a.c", 7), 0);
	assert_int_equal(store_finish(t->store), 0);
	g = load(t, X86);
	after = graph_dump(g);
	assert_string_equal(after, before);
	graph_free(g);
	free(before);
	free(after);
	assert_int_equal(nr_named(t, ARM, "inline_fn"), 0);
}

/* Parsed again after an edit: the borrower gets the new text. */
static void test_parsed_again(void **state)
{
	struct test *t = *state;
	uint32_t id;

	put(t, ARM, "a.c", 7, "old", 0);
	id = unit_of(t, ARM, "a.c");
	borrow(t, X86, "a.c", 8, id);
	put(t, ARM, "a.c", 7, "new", 0);
	assert_int_equal(unit_of(t, ARM, "a.c"), id);
	assert_int_equal(unit_of(t, X86, "a.c"), id);
	assert_int_equal(nr_named(t, X86, "old"), 0);
	assert_int_equal(nr_named(t, X86, "new"), 1);
}

/* The borrower parses it itself, and the owner keeps what it has. */
static void test_own_instead(void **state)
{
	struct test *t = *state;

	put(t, ARM, "a.c", 7, "old", 0);
	borrow(t, X86, "a.c", 8, unit_of(t, ARM, "a.c"));
	put(t, X86, "a.c", 8, "new", 0);
	assert_members(t, "1:a.c/7 2:a.c/8 ");
	assert_int_equal(nr_named(t, ARM, "old"), 1);
	assert_int_equal(nr_named(t, X86, "old"), 0);
	assert_int_equal(nr_named(t, X86, "new"), 1);
	/* and back: its own is nobody's then */
	borrow(t, X86, "a.c", 8, unit_of(t, ARM, "a.c"));
	assert_members(t, "1:a.c/7 2:a.c/8* ");
	assert_foreign(t, ARM, "");
	assert_int_equal(nr_named(t, X86, "new"), 0);
}

/* A unit lives as long as somebody has it. */
static void test_drop(void **state)
{
	struct test *t = *state;
	uint32_t id;

	put(t, ARM, "a.c", 7, "reg", 0);
	id = unit_of(t, ARM, "a.c");
	borrow(t, X86, "a.c", 8, id);
	assert_int_equal(store_drop_member(t->store, ARM, "a.c", 7), 0);
	assert_members(t, "2:a.c/8* ");
	assert_int_equal(nr_named(t, ARM, "reg"), 0);
	assert_int_equal(nr_named(t, X86, "reg"), 1);
	/* still the owner's: parsed there again, it is the same unit */
	put(t, ARM, "a.c", 7, "again", 0);
	assert_int_equal(unit_of(t, ARM, "a.c"), id);
	assert_int_equal(nr_named(t, X86, "again"), 1);
	assert_int_equal(store_drop_member(t->store, ARM, "a.c", 7), 0);
	assert_int_equal(store_drop_member(t->store, X86, "a.c", 8), 0);
	assert_members(t, "");
	assert_foreign(t, X86, "");
	/* there is none */
	assert_int_equal(store_drop_member(t->store, X86, "a.c", 8), 0);
}

/* Deleted with all its memberships. */
static void test_delete(void **state)
{
	struct test *t = *state;

	put(t, ARM, "a.c", 7, "reg", 0);
	put(t, ARM, "b.c", 7, "reg", 0);
	borrow(t, X86, "a.c", 8, unit_of(t, ARM, "a.c"));
	assert_int_equal(store_delete_unit(t->store, unit_of(t, ARM, "a.c")),
			 0);
	assert_members(t, "1:b.c/7 ");
	assert_int_equal(nr_named(t, X86, "reg"), 0);
}

/* No such unit: nothing is changed. */
static void test_borrow_nothing(void **state)
{
	struct test *t = *state;

	put(t, ARM, "a.c", 7, "reg", 0);
	assert_int_not_equal(
		store_borrow_unit(t->store, X86, "a.c", 8, 99, NULL), 0);
	assert_int_not_equal(
		store_borrow_unit(t->store, ARM, "a.c", 7, 99, NULL), 0);
	assert_members(t, "1:a.c/7 ");
	assert_int_equal(nr_named(t, ARM, "reg"), 1);
}

/* ---- the report of both ---- */

/* A callback that calls what it must not, and a helper that may. */
static void callback(struct unit_facts *f, const char *file)
{
	uint32_t probe = func(f, "probe", file), ops = var(f, "ops", file);

	begin_body(f, file, false);
	add_def(f, probe, file, 10, 0);
	add_call(f, probe, func(f, "bad", NULL), file, 11, FACT_NONE);
	add_call(f, probe, func(f, "helper", NULL), file, 12, FACT_NONE);
	PUSH(f, assigns, .func = FACT_NONE, .kind = ASSIGN_INIT,
	     .lhs = { VALUE_GLOBAL, 0, ops, str(f, "|ops.probe") },
	     .rhs = { VALUE_FUNC, 1, probe, 0 }, .slot = str(f, "ops.probe"),
	     .index = FACT_NONE, .file = str(f, file), .line = 20, .col = 1);
	end_body(f);
}

static void put_callback(struct test *t)
{
	struct unit_facts f;

	unit_facts_init(&f);
	callback(&f, "a.c");
	put_facts(t, ARM, "a.c", 7, &f);
	unit_facts_clear(&f);
	begin_body(&f, "core.c", false);
	add_def(&f, func(&f, "helper", NULL), "core.c", 5, 0);
	add_call(&f, func(&f, "helper", NULL), func(&f, "bad", NULL), "core.c",
		 6, FACT_NONE);
	end_body(&f);
	put_facts(t, X86, "core.c", 7, &f);
	unit_facts_release(&f);
	borrow(t, X86, "a.c", 8, unit_of(t, ARM, "a.c"));
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

/* Of one configuration, or of all. */
static void make_report(struct test *t, const char *config,
			struct report *report)
{
	struct strbuf err = STRBUF_INIT;
	struct check_options opt;

	check_options_init(&opt);
	opt.db = t->db;
	if (config)
		string_list_add(&opt.configs, config);
	init_report(report);
	if (report_from_database(&opt, report, &err))
		fail_msg("%s", err.buf);
	check_options_release(&opt);
	strbuf_release(&err);
}

/* "function in configurations; ..." and how many units there are. */
static void assert_report(struct test *t, const char *config, uint32_t units,
			  const char *expected)
{
	struct strbuf out = STRBUF_INIT;
	struct report report;
	size_t i, k;

	make_report(t, config, &report);
	for (i = 0; i < report.findings.nr; i++) {
		const struct finding *f = &report.findings.list[i];

		strbuf_addf(&out, "%s in", f->registration.function);
		for (k = 0; k < f->configs.nr; k++)
			strbuf_addf(&out, " %s", f->configs.item[k]);
		strbuf_addstr(&out, "; ");
	}
	assert_string_equal(out.buf, expected);
	assert_int_equal(report.units, units);
	report_release(&report);
	strbuf_release(&out);
}

static void test_report(void **state)
{
	struct test *t = *state;

	put_callback(t);
	/* two units, though three members; the finding of both is one */
	assert_report(t, "arm64", 1, "probe in arm64; ");
	assert_report(t, "x86", 2, "probe in x86; helper in x86; ");
	assert_report(t, NULL, 2, "probe in arm64 x86; helper in x86; ");
}

/* What is not whole: "file in configuration" of each, and how many are. */
static void assert_not_ok(struct test *t, const char *config, uint32_t ok,
			  const char *expected)
{
	struct strbuf out = STRBUF_INIT;
	struct report report;
	size_t i;

	make_report(t, config, &report);
	for (i = 0; i < report.nr_not_ok; i++)
		strbuf_addf(&out, "%s in %s; ", report.not_ok[i].file,
			    report.not_ok[i].config);
	assert_string_equal(out.buf, expected);
	assert_int_equal(report.units_ok, ok);
	assert_int_equal(report.units, ok + report.nr_not_ok);
	report_release(&report);
	strbuf_release(&out);
}

static void put_bad(struct test *t, uint32_t config, const char *file)
{
	const struct store_unit unit = {
		.config = config,
		.file = file,
		.command_hash = 7,
		.status = UNIT_FAILED,
	};

	assert_int_equal(store_put_unit(t->store, &unit, NULL, 0), 0);
}

/* A unit that two have is one, and is the first one's where both are wanted. */
static void test_report_not_ok(void **state)
{
	struct test *t = *state;

	put_callback(t);
	put_bad(t, ARM, "bad.c");
	borrow(t, X86, "bad.c", 8, unit_of(t, ARM, "bad.c"));
	put_bad(t, X86, "x86.c");
	assert_not_ok(t, "arm64", 1, "bad.c in arm64; ");
	assert_not_ok(t, "x86", 2, "bad.c in x86; x86.c in x86; ");
	assert_not_ok(t, NULL, 2, "bad.c in arm64; x86.c in x86; ");
}

static void test_no_config(void **state)
{
	struct test *t = *state;
	struct strbuf err = STRBUF_INIT;
	struct check_options opt;
	struct report report;

	put_callback(t);
	check_options_init(&opt);
	opt.db = t->db;
	string_list_add(&opt.configs, "mips");
	init_report(&report);
	assert_int_not_equal(report_from_database(&opt, &report, &err), 0);
	assert_non_null(strstr(err.buf, "'mips'"));
	assert_non_null(strstr(err.buf, "arm64, x86"));
	report_release(&report);
	check_options_release(&opt);
	strbuf_release(&err);
}

/* Each configuration has its own makefiles' word for it. */
static void test_modules(void **state)
{
	struct test *t = *state;
	const struct store_unit unit = {
		.config = ARM,
		.file = "a.c",
		.command_hash = 7,
		.module = "d/built_in",
	};
	static const char *const want[] = { "d/built_in", "loadable" };
	uint32_t config;

	assert_int_equal(store_put_unit(t->store, &unit, NULL, 0), 0);
	put(t, ARM, "b.c", 8, "callee", 1);
	assert_int_equal(store_borrow_unit(t->store, X86, "a.c", 9,
					   unit_of(t, ARM, "a.c"), "loadable"),
			 0);
	for (config = ARM; config <= X86; config++) {
		struct graph *g = load(t, config);
		struct graph_module_range list = graph_modules(g);

		assert_int_equal(list.nr, 1);
		assert_string_equal(graph_string(g, list.first->file), "a.c");
		assert_string_equal(graph_string(g, list.first->module),
				    want[config - ARM]);
		graph_free(g);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_apart),	   TEST(test_borrowed),
		TEST(test_ambiguous),	   TEST(test_header_once),
		TEST(test_parsed_again),   TEST(test_own_instead),
		TEST(test_drop),	   TEST(test_delete),
		TEST(test_borrow_nothing), TEST(test_report),
		TEST(test_report_not_ok),  TEST(test_no_config),
		TEST(test_modules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
