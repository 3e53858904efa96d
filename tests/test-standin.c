// SPDX-License-Identifier: GPL-2.0-only
/*
 * An empty inline function stands in for what one configuration does not have
 * and another one has. What does a borrowed unit call there?
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "two-configs.h"

/* A unit that sees @name of h.h in one line, and with @calls calls it. */
static void put_inline(struct test *t, uint32_t config, const char *file,
		       const char *name, bool calls)
{
	struct unit_facts f;
	uint32_t user, in;

	unit_facts_init(&f);
	user = func(&f, "user", file);
	in = func(&f, name, "h.h");
	begin_body(&f, file, false);
	add_def(&f, user, file, 10, 0);
	if (calls)
		add_call(&f, user, in, file, 11, in);
	end_body(&f);
	begin_body(&f, "h.h", true);
	add_def(&f, in, "h.h", 3, ATTR_INLINE);
	end_body(&f);
	put_facts(t, config, file, 7, &f);
	unit_facts_release(&f);
}

/* An external function that does nothing: no call need lead there. */
static void put_idle(struct test *t, uint32_t config, const char *file,
		     const char *name)
{
	struct unit_facts f;

	unit_facts_init(&f);
	begin_body(&f, file, false);
	add_def(&f, func(&f, name, NULL), file, 5, 0);
	end_body(&f);
	put_facts(t, config, file, 7, &f);
	unit_facts_release(&f);
}

/* How often the function is called, and its address taken by a call. */
static void assert_used(struct test *t, uint32_t config, bool is_static,
			uint32_t expected)
{
	struct graph *g = load(t, config);
	struct graph_list list = graph_symbols_named(g, "stub");
	uint32_t i, nr = 0, passed = 0;

	for (i = 0; i < list.nr; i++)
		if (graph_symbol(g, list.first[i])->is_static == is_static) {
			nr += graph_calls_to(g, list.first[i]).nr;
			passed += graph_calls_passing(g, list.first[i]).nr;
			assert_false(graph_symbol(g, list.first[i])->ambiguous);
		}
	graph_free(g);
	assert_int_equal(nr, expected);
	assert_int_equal(passed, expected);
}

static void test_standin(void **state)
{
	struct test *t = *state;

	put_inline(t, ARM, "a.c", "stub", true);
	put_inline(t, X86, "b.c", "another", false);
	put_definition(t, X86, "x86/core.c", "stub");
	borrow(t, X86, "a.c", 8, unit_of(t, ARM, "a.c"));
	assert_used(t, X86, false, 1);
	assert_used(t, X86, true, 0);
	/* where it was parsed it is what it says */
	assert_used(t, ARM, true, 1);
}

/* Nobody of the configuration's own has looked at the header. */
static void test_standin_private(void **state)
{
	struct test *t = *state;

	put_inline(t, ARM, "a.c", "stub", true);
	put_definition(t, X86, "x86/core.c", "stub");
	borrow(t, X86, "a.c", 8, unit_of(t, ARM, "a.c"));
	assert_used(t, X86, false, 0);
	assert_used(t, X86, true, 1);
}

/* Its own units see the inline function as well. */
static void test_standin_both(void **state)
{
	struct test *t = *state;

	put_inline(t, ARM, "a.c", "stub", true);
	put_inline(t, X86, "b.c", "stub", false);
	put_inline(t, X86, "c.c", "another", false);
	put_definition(t, X86, "x86/core.c", "stub");
	borrow(t, X86, "a.c", 8, unit_of(t, ARM, "a.c"));
	assert_used(t, X86, false, 0);
	assert_used(t, X86, true, 1);
}

static void test_standin_idle(void **state)
{
	struct test *t = *state;

	put_inline(t, ARM, "a.c", "stub", true);
	put_inline(t, X86, "b.c", "another", false);
	put_idle(t, X86, "x86/core.c", "stub");
	borrow(t, X86, "a.c", 8, unit_of(t, ARM, "a.c"));
	assert_used(t, X86, false, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_standin),
		TEST(test_standin_private),
		TEST(test_standin_both),
		TEST(test_standin_idle),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
