// SPDX-License-Identifier: GPL-2.0-only
/* Modules: what a command says of them, and which place belongs to which. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "callgraph/graph.h"
#include "indexer/compdb.h"
#include "indexer/module.h"
#include "rules/modules.h"
#include "util/alloc.h"

/* ---- on the command line ---- */

static void test_command(void **state)
{
	static const struct {
		const char *name, *one, *two, *want;
	} rows[] = {
		{ "built in", "-DKBUILD_MODFILE=\"drivers/a/foo\"",
		  "-DKBUILD_MODNAME=\"foo\"", "drivers/a/foo" },
		{ "in the other order", "-DKBUILD_MODNAME=\"foo\"",
		  "-DKBUILD_MODFILE=\"drivers/a/foo\"", "drivers/a/foo" },
		{ "built into two", "-DKBUILD_MODFILE=\"a/x a/y\"",
		  "-DKBUILD_MODNAME=\"x:y\"", "a/x a/y" },
		{ "loadable", "-DMODULE", "-DKBUILD_MODNAME=\"foo_bar\"",
		  "foo_bar" },
		{ "loadable, in two", "-DMODULE", "-DKBUILD_MODNAME=\"x:y\"",
		  "x y" },
		{ "quotes that a shell was to take",
		  "-DKBUILD_MODFILE=\\\"a/x\\\"", "-c", "a/x" },
		{ "not known", "-DKBUILD_MODNAME=\"x\"",
		  "-DKBUILD_MODFILE=\"\"", "" },
		{ "none", "-DKBUILD_MODNAMES=\"x\"", "-c", "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		char *argv[] = { "gcc", (char *)rows[i].one,
				 (char *)rows[i].two, NULL };
		const struct compile_cmd cmd = { .argv = argv, .argc = 3 };
		char *have = command_modules(&cmd);

		if (strcmp(have, rows[i].want) != 0)
			fail_msg("%s: '%s' instead of '%s'", rows[i].name, have,
				 rows[i].want);
		free(have);
	}
}

/* ---- places ---- */

struct world {
	struct graph *g;
	struct modules *m;
};

static uint32_t str(struct world *w, const char *s)
{
	return graph_add_string(w->g, s);
}

static void in_module(struct world *w, const char *file, const char *module)
{
	graph_add_module(w->g, str(w, file), str(w, module));
}

static uint32_t fn(struct world *w, const char *name, const char *file,
		   uint32_t attrs)
{
	const struct graph_symbol sym = {
		.kind = SYMBOL_FUNC,
		.defined = true,
		.name = str(w, name),
		.file = str(w, file),
		.attrs = attrs,
	};

	return graph_add_symbol(w->g, &sym);
}

static void call(struct world *w, uint32_t caller, const char *file,
		 uint32_t callee)
{
	const struct graph_call c = {
		.caller = caller,
		.target = { .kind = VALUE_FUNC, .addr = 1, .base = callee },
		.file = str(w, file),
	};

	graph_add_call(w->g, &c, NULL, NULL);
}

static void begin(struct world *w)
{
	w->g = graph_new();
}

static void finish(struct world *w)
{
	graph_finish(w->g);
	w->m = modules_new(w->g);
}

static void end(struct world *w)
{
	modules_free(w->m);
	graph_free(w->g);
}

static bool near(struct world *w, const char *a, uint32_t fn_a, const char *b,
		 uint32_t fn_b)
{
	uint32_t x = modules_at(w->m, graph_find_string(w->g, a), fn_a);
	uint32_t y = modules_at(w->m, graph_find_string(w->g, b), fn_b);

	assert_int_equal(modules_meet(w->m, x, y), modules_meet(w->m, y, x));
	return modules_meet(w->m, x, y) != MODULES_NONE;
}

#define NEAR(a, b) near(&w, a, GRAPH_NONE, b, GRAPH_NONE)

static void test_sources(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	in_module(&w, "d/a.c", "d/one");
	in_module(&w, "d/sub/b.c", "d/one");
	in_module(&w, "d/c.c", "d/two");
	in_module(&w, "d/shared.c", "d/two d/one");
	/* compiled twice */
	in_module(&w, "d/twice.c", "d/two");
	in_module(&w, "d/twice.c", "d/three");
	in_module(&w, "d/e.c", "d/three");
	finish(&w);
	assert_true(NEAR("d/a.c", "d/sub/b.c"));
	assert_false(NEAR("d/a.c", "d/c.c"));
	assert_true(NEAR("d/a.c", "d/shared.c"));
	assert_true(NEAR("d/c.c", "d/shared.c"));
	assert_false(NEAR("d/e.c", "d/shared.c"));
	assert_true(NEAR("d/e.c", "d/twice.c"));
	assert_true(NEAR("d/c.c", "d/twice.c"));
	end(&w);
}

static void test_headers(void **state)
{
	uint32_t user, other, inner, outer;
	struct world w;

	(void)state;
	begin(&w);
	in_module(&w, "d/a.c", "d/one");
	in_module(&w, "d/c.c", "d/two");
	in_module(&w, "e/e.c", "e/e");
	str(&w, "e/e.h");
	user = fn(&w, "user", "d/a.c", 0);
	other = fn(&w, "other", "inc/x.h", 0);
	outer = fn(&w, "outer", "inc/x.h", 0);
	inner = fn(&w, "inner", "d/x.h", 0);
	call(&w, user, "d/a.c", outer);
	call(&w, outer, "inc/x.h", inner);
	finish(&w);
	/* by way of another inline function */
	assert_true(near(&w, "d/x.h", inner, "d/a.c", user));
	assert_false(near(&w, "d/x.h", inner, "d/c.c", GRAPH_NONE));
	/* nobody runs it, and two modules stand beside it */
	assert_false(near(&w, "d/x.h", other, "d/a.c", user));
	/* there is but one */
	assert_true(NEAR("e/e.h", "e/e.c"));
	end(&w);
}

static void test_directories(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	fn(&w, "one_init", "d/a.c", ATTR_INIT);
	fn(&w, "more_init", "d/a.c", ATTR_INIT);
	fn(&w, "helper", "d/b.c", 0);
	fn(&w, "two_init", "e/a.c", ATTR_INIT);
	fn(&w, "three_init", "e/b.c", ATTR_INIT);
	str(&w, "d/sub/c.c");
	finish(&w);
	assert_true(NEAR("d/a.c", "d/b.c"));
	assert_false(NEAR("e/a.c", "e/b.c"));
	assert_false(NEAR("d/a.c", "d/sub/c.c"));
	end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_command),
		cmocka_unit_test(test_sources),
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_directories),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
