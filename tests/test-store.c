// SPDX-License-Identifier: GPL-2.0-only
/*
 * Facts written by hand through the store and back into a graph: what links,
 * and what stays apart. What goes when a unit goes is test-store-units.c's.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "store-units.h"

static void test_round_trip(void **state)
{
	static const char expected[] =
		"0 func register_driver in base/core.c:5:1 defined attrs 0 []\n"
		"1 static func probe in d/a.c:10:1 defined attrs 0 []\n"
		"2 static var drv in d/a.c:20:5 defined attrs 16 [driver]\n"
		"3 static var registered in d/a.c:0:0 used attrs 0 []\n"
		"4 static func inline_fn in include/h.h:3:1 defined attrs 8 "
		"[]\n"
		"5 func shared in :0:0 used attrs 0 []\n"
		"base/core.c:7:2: 0 calls param:0>driver.probe by  ignored 0\n"
		"include/h.h:4:2: 4 calls &func:5=shared by  ignored 0\n"
		/* what several blobs say of one function comes last */
		"d/a.c:12:2: 1 calls &func:0=register_driver by register"
		" ignored 1 (0 &var:2=drv) if0 3:11\n"
		"d/a.c:21:4: -1 kind 0 slot driver.probe [3]"
		" var:2=drv|driver.probe = &func:1=probe\n"
		"d/a.c:22:4: 1 kind 1 slot driver.name [-1]"
		" local:p>driver.name = str:foo\n";
	struct test *t = *state;
	struct strbuf fields = STRBUF_INIT;
	struct graph *g;
	char *dump;

	put(t, "arm64", "d/a.c", driver, 3);
	put(t, "arm64", "base/core.c", core, 0);
	g = load(t);
	dump = graph_dump(g);
	assert_string_equal(dump, expected);
	dump_fields(g, "driver", &fields);
	assert_string_equal(fields.buf, "driver.probe kind 2 type \n");
	assert_int_equal(
		graph_calls_through(g, graph_find_string(g, "driver.probe")).nr,
		1);
	strbuf_release(&fields);
	free(dump);
	graph_free(g);
}

static void test_literals(void **state)
{
	struct test *t = *state;
	struct strbuf err = STRBUF_INIT;
	struct graph *g;
	uint32_t probe;

	put(t, "arm64", "d/a.c", driver, 0);
	assert_int_equal(store_load_graph(t->store, 1, 0, &g, &err), 0);
	assert_int_equal(graph_nr_assigns(g), 1);
	assert_int_equal(graph_assign(g, 0)->rhs.kind, VALUE_FUNC);
	probe = graph_symbols_named(g, "probe").first[0];
	assert_int_equal(graph_assigns_in(g, probe).nr, 0);
	assert_int_equal(graph_calls_from(g, probe).nr, 1);
	graph_free(g);
	g = load(t);
	assert_int_equal(graph_nr_assigns(g), 2);
	probe = graph_symbols_named(g, "probe").first[0];
	assert_int_equal(graph_assigns_in(g, probe).nr, 1);
	assert_int_equal(graph_calls_from(g, probe).nr, 1);
	graph_free(g);
}

/* A table and a driver with names, and one set at run time elsewhere. */
static void named_driver(struct unit_facts *f, const char *file)
{
	uint32_t drv = var(f, "drv", NULL), ids = var(f, "ids", file);
	uint32_t init = func(f, "init", file);
	static const char *const names[] = { "one", "two", "three" };
	uint32_t i;

	begin_body(f, file, false);
	add_def(f, init, file, 1, 0);
	PUSH(f, defs, .symbol = ids, .file = str(f, file), .line = 2);
	PUSH(f, defs, .symbol = drv, .file = str(f, file), .line = 9);
	for (i = 0; i < ARRAY_SIZE(names); i++)
		PUSH(f, assigns, .func = i < 2 ? FACT_NONE : init,
		     .lhs = { VALUE_GLOBAL, 0, i < 2 ? ids : drv,
			      str(f, "|id.name") },
		     .rhs = { VALUE_STRING, 0, str(f, names[i]), 0 },
		     .index = FACT_NONE, .file = str(f, file), .line = 3 + i,
		     .col = 4);
	end_body(f);
	PUSH(f, deps, .file = str(f, file), .hash = 1);
}

/* Sets a field of another file's variable, beside literals of its own. */
static void renamer(struct unit_facts *f, const char *file)
{
	uint32_t drv = var(f, "drv", NULL), fn = func(f, "renames", file);

	begin_body(f, file, false);
	add_def(f, fn, file, 1, 0);
	PUSH(f, assigns, .func = fn, .lhs = { VALUE_LOCAL, 0, str(f, "p"), 0 },
	     .rhs = { VALUE_STRING, 0, str(f, "local"), 0 }, .index = FACT_NONE,
	     .file = str(f, file), .line = 2, .col = 1);
	PUSH(f, assigns, .func = fn,
	     .lhs = { VALUE_GLOBAL, 0, drv, str(f, "|id.name") },
	     .rhs = { VALUE_STRING, 0, str(f, "four"), 0 }, .index = FACT_NONE,
	     .file = str(f, file), .line = 3, .col = 1);
	end_body(f);
	PUSH(f, deps, .file = str(f, file), .hash = 1);
}

/* "three four": what is assigned, in the order that is told. */
static void expect_literals(const struct graph *g, const char *symbol,
			    const char *expected)
{
	struct graph_list list = graph_symbols_named(g, symbol);
	struct graph_assign_range range;
	struct strbuf got = STRBUF_INIT;
	uint32_t i;

	assert_int_equal(list.nr, 1);
	range = graph_literals(g, list.first[0]);
	for (i = 0; i < range.nr; i++)
		strbuf_addf(&got, "%s%s", i ? " " : "",
			    graph_string(g, range.first[i].rhs.base));
	if (strcmp(got.buf, expected))
		fail_msg("%s: '%s'", symbol, got.buf);
	/* the answer stays where it is */
	assert_ptr_equal(graph_literals(g, list.first[0]).first, range.first);
	strbuf_release(&got);
}

static void test_literals_later(void **state)
{
	struct test *t = *state;
	struct strbuf err = STRBUF_INIT;
	struct graph *g;

	put(t, "arm64", "d/z.c", renamer, 0);
	put(t, "arm64", "d/a.c", named_driver, 0);
	put(t, "arm64", "base/core.c", core, 0);
	assert_int_equal(store_load_graph(t->store, 1, STORE_LITERALS_LATER, &g,
					  &err),
			 0);
	assert_int_equal(graph_nr_assigns(g), 0);
	expect_literals(g, "ids", "one two");
	expect_literals(g, "drv", "three four");
	expect_literals(g, "init", "three");
	expect_literals(g, "renames", "local four");
	expect_literals(g, "register_driver", "");
	assert_int_equal(graph_literals(g, GRAPH_NONE).nr, 0);
	graph_free(g);
	/* as many as when they stand among the others */
	g = load(t);
	assert_int_equal(graph_nr_assigns(g), 5);
	expect_literals(g, "drv", "");
	graph_free(g);
	assert_int_equal(store_load_graph(t->store, 1, 0, &g, &err), 0);
	expect_literals(g, "drv", "");
	graph_free(g);
}

static void test_statics_apart(void **state)
{
	struct test *t = *state;
	struct graph_list list;
	struct graph *g;

	put(t, "arm64", "e/core.c", driver, 0);
	put(t, "arm64", "d/core.c", driver, 0);
	g = load(t);
	list = graph_symbols_named(g, "probe");
	assert_int_equal(list.nr, 2);
	assert_symbol(g, list.first[0], "probe", "d/core.c", true);
	assert_symbol(g, list.first[1], "probe", "e/core.c", true);
	/* not defined, but two all the same */
	list = graph_symbols_named(g, "registered");
	assert_int_equal(list.nr, 2);
	assert_symbol(g, list.first[0], "registered", "d/core.c", false);
	assert_symbol(g, list.first[1], "registered", "e/core.c", false);
	/* the external function they call is one */
	list = graph_symbols_named(g, "register_driver");
	assert_int_equal(list.nr, 1);
	assert_int_equal(graph_calls_to(g, list.first[0]).nr, 2);
	graph_free(g);
}

static void test_externals_link(void **state)
{
	struct test *t = *state;
	struct graph *g;
	uint32_t reg;

	put(t, "arm64", "d/a.c", driver, 0);
	g = load(t);
	reg = graph_find_symbol(g, SYMBOL_FUNC, "register_driver");
	assert_symbol(g, reg, "register_driver", "", false);
	graph_free(g);

	put(t, "arm64", "base/core.c", core, 0);
	g = load(t);
	reg = graph_find_symbol(g, SYMBOL_FUNC, "register_driver");
	assert_symbol(g, reg, "register_driver", "base/core.c", true);
	assert_int_equal(graph_calls_to(g, reg).nr, 1);
	assert_int_equal(graph_calls_from(g, reg).nr, 1);
	graph_free(g);
}

/* Weak and strong: the first by place, not the first stored. */
static void test_two_definitions(void **state)
{
	struct test *t = *state;
	struct graph *g;
	uint32_t reg;

	put(t, "arm64", "base/weak.c", core, 0);
	put(t, "arm64", "base/core.c", core, 0);
	put(t, "arm64", "base/core2.c", core, 0);
	g = load(t);
	reg = graph_find_symbol(g, SYMBOL_FUNC, "register_driver");
	assert_symbol(g, reg, "register_driver", "base/core.c", true);
	assert_int_equal(graph_calls_from(g, reg).nr, 3);
	graph_free(g);
}

/* The same file compiled twice says everything once. */
static void test_compiled_twice(void **state)
{
	const struct unit again = { "arm64", "d/a.c", 8, driver, 3 };
	struct test *t = *state;
	struct graph *g;

	put(t, "arm64", "d/a.c", driver, 3);
	assert_int_equal(try_put(t, &again, 0), 0);
	g = load(t);
	assert_int_equal(graph_nr_calls(g), 2);
	assert_int_equal(graph_nr_assigns(g), 2);
	graph_free(g);
}

static void test_order_of_writing(void **state)
{
	static const struct unit units[] = {
		{ "arm64", "d/a.c", 1, driver, 3 },
		{ "x86", "d/a.c", 1, driver, 3 },
		{ "arm64", "d/core.c", 1, driver, 4 },
		{ "arm64", "base/core.c", 1, core, 0 },
		{ "arm64", "base/weak.c", 1, core, 3 },
	};
	const uint32_t nr = ARRAY_SIZE(units);
	char *expected = NULL, *dump;
	struct test *t = *state;
	struct graph *g;
	uint32_t turn, i;

	for (turn = 0; turn < nr; turn++) {
		store_close(t->store);
		remove_file(t, "");
		assert_int_equal(
			store_open(&t->store, t->db, STORE_WRITE, &t->err), 0);
		for (i = 0; i < nr; i++)
			assert_int_equal(
				try_put(t, &units[(i * 3 + turn) % nr], 0), 0);
		g = load(t);
		dump = graph_dump(g);
		if (expected)
			assert_string_equal(dump, expected);
		else
			expected = xstrdup(dump);
		free(dump);
		graph_free(g);
	}
	free(expected);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, store_setup, store_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_round_trip),	   TEST(test_literals),
		TEST(test_literals_later), TEST(test_statics_apart),
		TEST(test_externals_link), TEST(test_two_definitions),
		TEST(test_compiled_twice), TEST(test_order_of_writing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
