// SPDX-License-Identifier: GPL-2.0-only
/*
 * A graph that two threads load is the one that one thread loads, number for
 * number: with functions that several bodies define or speak of, so that what
 * one half puts aside moves the other one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "util/aside.h"

#include "callgraph/graph.h"
#include "callgraph/store.h"

#include "facts-by-hand.h"
#include "graph-dump.h"

struct test {
	char dir[64];
	char *db;
	struct store *store;
	struct strbuf err;
};

static int setup(void **state)
{
	struct test *t = xcalloc(1, sizeof(*t));
	const char *tmp = getenv("TMPDIR");

	snprintf(t->dir, sizeof(t->dir), "%s/pw-load-XXXXXX",
		 tmp && strlen(tmp) < 32 ? tmp : "/tmp");
	assert_non_null(mkdtemp(t->dir));
	t->db = xasprintf("%s/k.db", t->dir);
	strbuf_init(&t->err);
	assert_int_equal(store_open(&t->store, t->db, STORE_WRITE, &t->err), 0);
	*state = t;
	return 0;
}

static int teardown(void **state)
{
	struct test *t = *state;

	aside_threads = 0;
	store_close(t->store);
	unlink(t->db);
	assert_int_equal(rmdir(t->dir), 0);
	strbuf_release(&t->err);
	free(t->db);
	free(t);
	return 0;
}

/* ---- units ---- */

enum { NR_FILES = 40, NR_FUNCTIONS = 12 };

static void add_guarded_call(struct unit_facts *f, uint32_t fn, uint32_t callee,
			     const char *file, uint32_t line)
{
	uint32_t flag = var(f, "flag", file);

	add_call(f, fn, callee, file, line, flag);
	PUSH(f, guards, .kind = GUARD_IF, .symbol = flag, .line = line - 1);
	f->calls[f->nr_calls - 1].nr_guards = 1;
	f->calls[f->nr_calls - 1].macro = str(f, "wrapped");
}

static void add_store(struct unit_facts *f, uint32_t fn, uint32_t value,
		      const char *file, uint32_t line)
{
	PUSH(f, assigns, .func = fn, .kind = ASSIGN_STORE,
	     .lhs = { VALUE_LOCAL, 0, str(f, "p"), str(f, ">ops.run") },
	     .rhs = { VALUE_FUNC, 1, value, 0 }, .slot = str(f, "ops.run"),
	     .index = FACT_NONE, .file = str(f, file), .line = line, .col = 4);
	PUSH(f, assigns, .func = fn, .kind = ASSIGN_STORE,
	     .lhs = { VALUE_LOCAL, 0, str(f, "p"), str(f, ">ops.name") },
	     .rhs = { VALUE_STRING, 0, str(f, "a name"), 0 },
	     .slot = str(f, "ops.name"), .index = FACT_NONE,
	     .file = str(f, file), .line = line, .col = 9);
}

static void add_function(struct unit_facts *f, uint32_t fn, const char *file,
			 uint32_t line, uint32_t salt)
{
	uint32_t i;

	begin_body(f, file, false);
	add_def(f, fn, file, line, 0);
	for (i = 0; i < salt % 4; i++)
		add_guarded_call(f, fn, func(f, "callee", NULL), file,
				 line + 2 + i);
	PUSH(f, calls, .caller = fn,
	     .target = { VALUE_PARAM, 0, 0, str(f, ">ops.run") },
	     .file = str(f, file), .line = line + 8, .col = salt,
	     .first_arg = f->nr_args, .first_guard = f->nr_guards);
	add_store(f, fn, fn, file, line + 9);
	end_body(f);
}

/* An inline function that is another one in every unit, and a weak one. */
static void add_shared(struct unit_facts *f, const char *file, uint32_t salt)
{
	uint32_t fn = func(f, "inline_fn", "include/h.h");

	begin_body(f, "include/h.h", true);
	add_def(f, fn, "include/h.h", 3, ATTR_INLINE);
	add_guarded_call(f, fn, func(f, "shared", NULL), "include/h.h",
			 5 + salt);
	add_store(f, fn, fn, "include/h.h", 9 + salt);
	end_body(f);
	begin_body(f, "include/h.h", true);
	PUSH(f, fields, .record = str(f, "ops"),
	     .name = str(f, salt % 2 ? "run" : "name"), .kind = FIELD_FUNC);
	end_body(f);
	add_function(f, func(f, "weak", NULL), file, 500, salt);
}

static void add_file_scope(struct unit_facts *f, const char *file,
			   uint32_t line)
{
	begin_body(f, file, false);
	PUSH(f, assigns, .func = FACT_NONE, .kind = ASSIGN_INIT,
	     .lhs = { VALUE_GLOBAL, 0, var(f, "ops", file),
		      str(f, "|ops.run") },
	     .rhs = { VALUE_FUNC, 1, func(f, "weak", NULL), 0 },
	     .slot = str(f, "ops.run"), .index = FACT_NONE,
	     .file = str(f, file), .line = line, .col = 4);
	end_body(f);
}

static void put(struct test *t, uint32_t nr, uint64_t command)
{
	char *file = xasprintf("d%u/f.c", nr);
	struct store_unit row = { .file = file,
				  .command_hash = command,
				  .detail = "" };
	struct unit_facts f;
	uint32_t i;

	unit_facts_init(&f);
	for (i = 0; i < NR_FUNCTIONS; i++) {
		char *name = xasprintf("fn%u", i);

		add_function(&f, func(&f, name, file), file, 10 + 20 * i,
			     nr + i);
		free(name);
	}
	add_file_scope(&f, file, 700 + command % 2);
	add_shared(&f, file, nr % 7);
	PUSH(&f, deps, .file = str(&f, file), .hash = nr + 1);
	assert_int_equal(store_config(t->store, "arm64", "/tree", "6.12",
				      &row.config),
			 0);
	if (store_put_unit(t->store, &row, &f, 0))
		fail_msg("%s: %s", file, store_error(t->store));
	unit_facts_release(&f);
	free(file);
}

/* Every third file is compiled twice. */
static void put_tree(struct test *t)
{
	uint32_t i;

	assert_int_equal(store_begin(t->store), 0);
	for (i = 0; i < NR_FILES; i++) {
		put(t, i, 1000 - i);
		if (i % 3 == 0)
			put(t, i, 2001 + i);
	}
	assert_int_equal(store_commit(t->store), 0);
}

/* ---- */

static void dump_list(struct strbuf *out, const char *what,
		      struct graph_list list)
{
	uint32_t i;

	strbuf_addf(out, "%s:", what);
	for (i = 0; i < list.nr; i++)
		strbuf_addf(out, " %u", list.first[i]);
	strbuf_addch(out, '\n');
}

static void dump_symbol(const struct graph *g, uint32_t fn, struct strbuf *out)
{
	struct graph_call_range calls = graph_calls_from(g, fn);
	struct graph_assign_range assigns = graph_assigns_in(g, fn);

	strbuf_addf(out, "%u: %u calls, %u assigns, %u literals\n", fn,
		    calls.nr, assigns.nr, graph_literals(g, fn).nr);
	dump_list(out, "to", graph_calls_to(g, fn));
	dump_list(out, "passing", graph_calls_passing(g, fn));
	dump_list(out, "of", graph_assigns_of(g, fn));
	dump_list(out, "global", graph_assigns_to_global(g, fn));
}

/* With all lists; what is found by text stands there by number. */
static char *dump_all(const struct graph *g)
{
	struct strbuf out = STRBUF_INIT;
	char *facts = graph_dump(g);
	uint32_t slot = graph_find_string(g, "ops.run"), i;

	strbuf_addstr(&out, facts);
	free(facts);
	for (i = 0; i < graph_nr_symbols(g); i++)
		dump_symbol(g, i, &out);
	dump_list(&out, "indirect", graph_indirect_calls(g));
	dump_list(&out, "named", graph_symbols_named(g, "fn1"));
	dump_list(&out, "through", graph_calls_through(g, slot));
	dump_list(&out, "slot", graph_assigns_to_slot(g, slot));
	dump_fields(g, "ops", &out);
	return strbuf_detach(&out);
}

static char *load(struct test *t, struct store *store, int threads,
		  unsigned int parts)
{
	struct graph *g;
	char *text;

	aside_threads = threads;
	if (store_load_graph(store, 1, parts, &g, &t->err))
		fail_msg("%d threads: %s", threads, t->err.buf);
	text = dump_all(g);
	graph_free(g);
	return text;
}

static void compare(struct test *t, struct store *store, unsigned int parts)
{
	char *one = load(t, store, 1, parts);
	char *two = load(t, store, 2, parts);

	if (strcmp(one, two))
		fail_msg("parts %u: one thread:\n%s\ntwo:\n%s", parts, one,
			 two);
	free(one);
	free(two);
}

static void test_same(void **state)
{
	struct test *t = *state;

	char *one;

	put_tree(t);
	one = load(t, t->store, 1, 0);
	assert_non_null(strstr(one, " ambiguous"));
	free(one);
	compare(t, t->store, 0);
	compare(t, t->store, STORE_LITERALS);
	compare(t, t->store, STORE_LITERALS_LATER);
}

/* One body is a half, and the other half is nothing. */
static void test_small(void **state)
{
	struct test *t = *state;
	char *one, *two;

	one = load(t, t->store, 1, 0);
	two = load(t, t->store, 2, 0);
	assert_string_equal(one, two);
	free(one);
	free(two);
	put(t, 0, 7);
	compare(t, t->store, STORE_LITERALS);
}

/* There one connection is all there is. */
static void test_scratch(void **state)
{
	struct test *t = *state;
	struct store *scratch;

	put_tree(t);
	assert_int_equal(store_open_scratch(&scratch, t->db, &t->err), 0);
	compare(t, scratch, 0);
	store_close(scratch);
}

/* ---- aside ---- */

static void note_thread(void *data)
{
	*(pthread_t *)data = pthread_self();
}

static void test_aside(void **state)
{
	static const struct {
		int threads;
		bool other;
	} cases[] = { { 1, false }, { 2, true } };
	struct aside never = { 0 };
	size_t i;

	(void)state;
	aside_wait(&never);
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		pthread_t thread = pthread_self();
		struct aside a;

		aside_threads = cases[i].threads;
		assert_int_equal(aside_is_faster(), cases[i].other);
		aside_start(&a, note_thread, &thread);
		aside_wait(&a);
		/* again: there is nothing to wait for */
		aside_wait(&a);
		assert_int_equal(!pthread_equal(thread, pthread_self()),
				 cases[i].other);
	}
	aside_threads = 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_same, setup, teardown),
		cmocka_unit_test_setup_teardown(test_small, setup, teardown),
		cmocka_unit_test_setup_teardown(test_scratch, setup, teardown),
		cmocka_unit_test(test_aside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
