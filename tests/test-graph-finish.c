// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a graph works out for itself once all was told: which function is meant
 * by one without a file, which field a path ends in.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "callgraph/graph.h"
#include "util/alloc.h"

static void test_path_slot(void **state)
{
	static const struct {
		const char *path, *slot;
	} paths[] = {
		{ "", "" },
		{ "*", "" },
		{ "[]", "" },
		{ ">rec.field", "rec.field" },
		{ "|rec.field", "rec.field" },
		{ ">a.b|c.d", "c.d" },
		{ ">a.b>c.d[]", "c.d" },
		{ ">a.b>c.d*", "c.d" },
		{ ">a.b[]*", "a.b" },
		{ "[]|a.b", "a.b" },
		{ "*|a.b[]>c.d[][]", "c.d" },
		{ ">priv@drivers/a-b/c.1/d.c.ops",
		  "priv@drivers/a-b/c.1/d.c.ops" },
		{ ">priv@d/e.c.ops|ops.run", "ops.run" },
		{ ">ops.run|priv@$O/d.c.x[]", "priv@$O/d.c.x" },
		{ "|acpi_driver::ops.add", "acpi_driver::ops.add" },
	};
	struct graph *g = graph_new();
	struct graph_assign a = { .func = GRAPH_NONE,
				  .rhs = { .kind = VALUE_PARAM },
				  .index = GRAPH_NONE };
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(paths); i++) {
		a.rhs.path = graph_add_string(g, paths[i].path);
		graph_add_assign(g, &a);
	}
	graph_finish(g);
	for (i = 0; i < ARRAY_SIZE(paths); i++)
		assert_string_equal(
			graph_string(g, graph_path_slot(g, paths[i].path)),
			paths[i].slot);
	assert_int_equal(graph_path_slot(g, ">no.fact"), 0);
	graph_free(g);
}

/* A function that an attribute names, without the file it stands in. */
static void test_unplaced(void **state)
{
	static const struct {
		const char *name;
		bool is_static;
		const char *file; /* "": not defined */
		uint32_t meant; /* where a call of it leads */
	} fns[] = {
		{ "one", true, "", 1 },	   { "one", true, "a.h", 1 },
		{ "two", true, "", 2 },	   { "two", true, "a.c", 3 },
		{ "two", true, "b.c", 4 }, { "ext", true, "", 7 },
		{ "ext", true, "a.c", 6 }, { "ext", false, "b.c", 7 },
		{ "none", true, "", 8 },   { "used", false, "", 9 },
		{ "used", true, "", 10 },
	};
	struct graph *g = graph_new();
	uint32_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(fns); i++) {
		struct graph_symbol sym = {
			.is_static = fns[i].is_static,
			.defined = *fns[i].file,
			.name = graph_add_string(g, fns[i].name),
			.file = graph_add_string(g, fns[i].file),
		};
		struct graph_call call = {
			.caller = 1,
			.target = { .kind = VALUE_FUNC, .addr = 1, .base = i },
		};

		graph_add_symbol(g, &sym);
		graph_add_call(g, &call, NULL, NULL);
	}
	graph_finish(g);
	for (i = 0; i < ARRAY_SIZE(fns); i++)
		assert_int_equal(graph_call(g, i)->target.base, fns[i].meant);
	assert_int_equal(graph_calls_to(g, 1).nr, 2);
	assert_int_equal(graph_calls_to(g, 0).nr, 0);
	graph_free(g);
}

static void test_empty(void **state)
{
	struct graph *g = graph_new();

	(void)state;
	graph_finish(g);
	assert_int_equal(graph_nr_symbols(g), 0);
	assert_int_equal(graph_nr_calls(g), 0);
	assert_int_equal(graph_nr_assigns(g), 0);
	assert_int_equal(graph_assigns_in(g, GRAPH_NONE).nr, 0);
	assert_int_equal(graph_calls_to(g, 0).nr, 0);
	assert_int_equal(graph_find_symbol(g, SYMBOL_FUNC, "x"), GRAPH_NONE);
	assert_string_equal(graph_config(g), "");
	graph_free(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_path_slot),
		cmocka_unit_test(test_unplaced),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests_name("graph-finish", tests, NULL, NULL);
}
