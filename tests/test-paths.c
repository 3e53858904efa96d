// SPDX-License-Identifier: GPL-2.0-only
/* Ways between functions, on graphs that a string draws: "a>b" is a call. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "rules/distances.h"

enum { NR_FUNCTIONS = 26 };

/* Two functions have this name: a call of it is less sure. */
#define AMBIGUOUS 'z'

static struct graph *draw(const char *calls)
{
	struct graph *g = graph_new();
	uint32_t i;

	for (i = 0; i < NR_FUNCTIONS; i++) {
		const char name[] = { 'a' + i, '\0' };
		struct graph_symbol sym = {
			.kind = SYMBOL_FUNC,
			.defined = true,
			.name = graph_add_string(g, name),
			.file = graph_add_string(g, "x.c"),
			.ambiguous = *name == AMBIGUOUS,
		};

		graph_add_symbol(g, &sym);
	}
	for (i = 1; *calls; calls += strcspn(calls, " ")) {
		calls += strspn(calls, " ");
		struct graph_call call = {
			.caller = calls[0] - 'a',
			.target = { .kind = VALUE_FUNC,
				    .addr = 1,
				    .base = calls[2] - 'a' },
			.file = graph_add_string(g, "x.c"),
			.line = i++,
		};

		graph_add_call(g, &call, NULL, NULL);
	}
	graph_finish(g);
	return g;
}

/* "abd acd": the functions of each way, then "+" when there are more. */
static void spell(const struct paths *paths, char from, struct strbuf *out)
{
	uint32_t i, k;

	for (i = 0; i < paths->nr; i++) {
		strbuf_addf(out, "%s%c", i ? " " : "", from);
		for (k = 0; k < paths->list[i].nr; k++)
			strbuf_addch(out, 'a' + paths->list[i].edges[k].callee);
	}
	if (paths->more)
		strbuf_addstr(out, "+");
}

static const struct {
	const char *name, *calls;
	char from, to;
	uint32_t max;
	char barrier;
	const char *expected;
} cases[] = {
	{ "one call", "a>b", 'a', 'b', 3, 0, "ab" },
	{ "no way", "b>a", 'a', 'b', 3, 0, "" },
	{ "itself", "a>b", 'a', 'a', 3, 0, "a" },
	{ "shortest first", "a>b b>c c>d a>c a>d", 'a', 'd', 9, 0,
	  "ad acd abcd" },
	{ "ties in the order of the calls", "a>c a>b b>d c>d", 'a', 'd', 9, 0,
	  "acd abd" },
	{ "only so many", "a>b b>d a>c c>d a>d", 'a', 'd', 2, 0, "ad abd+" },
	{ "two calls of one function", "a>b a>b b>c b>c", 'a', 'c', 9, 0,
	  "abc" },
	{ "no function twice", "a>b b>a b>b b>c c>b c>d", 'a', 'd', 9, 0,
	  "abcd" },
	{ "round a barrier", "a>b b>d a>c c>e e>d", 'a', 'd', 9, 'b', "aced" },
	{ "from a barrier", "a>b b>c", 'a', 'c', 9, 'a', "abc" },
	{ "to a barrier", "a>b b>c", 'a', 'c', 9, 'c', "abc" },
};

static void test_paths(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct graph *g = draw(cases[i].calls);
		uint8_t barrier[NR_FUNCTIONS] = { 0 };
		const struct edges none = { 0 };
		const struct path_space space = { .g = g,
						  .edges = &none,
						  .barrier = barrier };
		struct strbuf got = STRBUF_INIT;
		struct paths paths;

		if (cases[i].barrier)
			barrier[cases[i].barrier - 'a'] = 1;
		paths_find(&space, cases[i].from - 'a', cases[i].to - 'a',
			   cases[i].max, &paths);
		spell(&paths, cases[i].from, &got);
		if (strcmp(got.buf, cases[i].expected))
			fail_msg("%s: '%s', not '%s'", cases[i].name, got.buf,
				 cases[i].expected);
		paths_release(&paths);
		strbuf_release(&got);
		graph_free(g);
	}
}

/* What is less sure than wanted is not gone along, and takes no room. */
static void test_least(void **state)
{
	struct graph *g = draw("a>z z>d a>b b>z a>c c>e e>d");
	const struct edges none = { 0 };
	struct path_space space = { .g = g, .edges = &none };
	struct strbuf got = STRBUF_INIT;
	struct paths paths;

	(void)state;
	paths_find(&space, 0, 3, 2, &paths);
	spell(&paths, 'a', &got);
	assert_string_equal(got.buf, "azd abzd+");
	paths_release(&paths);
	strbuf_reset(&got);
	space.least = CONFIDENCE_HIGH;
	paths_find(&space, 0, 3, 2, &paths);
	spell(&paths, 'a', &got);
	assert_string_equal(got.buf, "aced");
	paths_release(&paths);
	strbuf_release(&got);
	graph_free(g);
}

/* However far others went back before, the ways are the same. */
static void test_shared_distances(void **state)
{
	static const char starts[] = { 'b', 'f', 'a', 'e', 'a', 'b' };
	struct graph *g = draw("a>b b>a a>c b>d c>d e>a a>e d>g c>g f>f");
	const struct edges none = { 0 };
	const struct path_space space = { .g = g, .edges = &none };
	struct strbuf own = STRBUF_INIT, shared = STRBUF_INIT;
	struct distances d;
	size_t i;

	(void)state;
	distances_init(&d, &space, 'g' - 'a', GRAPH_NONE);
	for (i = 0; i < ARRAY_SIZE(starts); i++) {
		struct paths paths;

		strbuf_reset(&own);
		strbuf_reset(&shared);
		paths_find(&space, starts[i] - 'a', 'g' - 'a', 2, &paths);
		spell(&paths, starts[i], &own);
		paths_release(&paths);
		distances_find_from(&d, &space, starts[i] - 'a', 2, &paths);
		spell(&paths, starts[i], &shared);
		paths_release(&paths);
		assert_string_equal(own.buf, shared.buf);
		assert_int_equal(own.len > 0, starts[i] != 'f');
	}
	distances_release(&d);
	strbuf_release(&own);
	strbuf_release(&shared);
	graph_free(g);
}

/* It is not said to be all there is. */
static void test_given_up(void **state)
{
	struct graph *g = draw("a>b b>c c>d a>d");
	const struct edges none = { 0 };
	struct path_space space = { .g = g, .edges = &none };
	struct paths paths;

	(void)state;
	paths_find(&space, 0, 3, 9, &paths);
	assert_int_equal(paths.nr, 2);
	assert_false(paths.more || paths.given_up);
	paths_release(&paths);
	space.max_steps = 2;
	paths_find(&space, 0, 3, 9, &paths);
	assert_true(paths.nr < 2);
	assert_true(paths.more && paths.given_up);
	paths_release(&paths);
	graph_free(g);
}

static void test_descend(void **state)
{
	struct graph *g = draw("a>b b>c c>d a>c");
	const struct edges none = { 0 };
	const struct path_space space = { .g = g, .edges = &none };
	uint32_t *distance = paths_distances(&space, 3, GRAPH_NONE);
	struct path path;

	(void)state;
	assert_int_equal(distance[3], 1);
	assert_int_equal(distance[0], 3);
	assert_int_equal(distance[4], 0);
	paths_descend(&space, distance, 0, &path);
	assert_int_equal(path.nr, 2);
	assert_int_equal(path.edges[0].callee, 2);
	assert_int_equal(path.edges[1].callee, 3);
	assert_int_equal(path_confidence(g, &path), CONFIDENCE_HIGH);
	free(path.edges);
	free(distance);
	graph_free(g);
}

/* Starts that get nowhere cost the next one nothing. */
static void test_many_starts(void **state)
{
	struct graph *g = draw("a>b b>d a>c c>d a>f e>f");
	const struct edges none = { 0 };
	const struct path_space space = { .g = g,
					  .edges = &none,
					  .max_steps = 50 };
	struct strbuf got = STRBUF_INIT;
	struct distances d;
	struct paths paths;
	int i;

	(void)state;
	distances_init(&d, &space, 3, GRAPH_NONE);
	for (i = 0; i < 100; i++) {
		distances_find_from(&d, &space, 4, 1, &paths);
		assert_int_equal(paths.nr, 0);
		paths_release(&paths);
	}
	distances_find_from(&d, &space, 0, 9, &paths);
	assert_false(paths.given_up);
	spell(&paths, 'a', &got);
	assert_string_equal(got.buf, "abd acd");
	paths_release(&paths);
	distances_release(&d);
	strbuf_release(&got);
	graph_free(g);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_least),
		cmocka_unit_test(test_shared_distances),
		cmocka_unit_test(test_given_up),
		cmocka_unit_test(test_descend),
		cmocka_unit_test(test_many_starts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
