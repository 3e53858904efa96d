// SPDX-License-Identifier: GPL-2.0-only
/*
 * Facts written by hand through the store and back into a graph: what links,
 * what stays apart, what goes when a unit goes.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

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

	snprintf(t->dir, sizeof(t->dir), "%s/pw-store-XXXXXX",
		 tmp && strlen(tmp) < 32 ? tmp : "/tmp");
	assert_non_null(mkdtemp(t->dir));
	t->db = xasprintf("%s/k.db", t->dir);
	strbuf_init(&t->err);
	assert_int_equal(store_open(&t->store, t->db, STORE_WRITE, &t->err), 0);
	*state = t;
	return 0;
}

static void remove_file(const struct test *t, const char *suffix)
{
	char *path = xasprintf("%s%s", t->db, suffix);

	unlink(path);
	free(path);
}

static int teardown(void **state)
{
	struct test *t = *state;

	store_close(t->store);
	remove_file(t, "");
	remove_file(t, "-wal");
	remove_file(t, "-shm");
	assert_int_equal(rmdir(t->dir), 0);
	strbuf_release(&t->err);
	free(t->db);
	free(t);
	return 0;
}

/* ---- units ---- */

/* A header function that calls out, and a record; the same in every unit. */
static void header_bodies(struct unit_facts *f, uint32_t line)
{
	uint32_t fn = func(f, "inline_fn", "include/h.h");

	begin_body(f, "include/h.h", true);
	add_def(f, fn, "include/h.h", line, ATTR_INLINE);
	add_call(f, fn, func(f, "shared", NULL), "include/h.h", line + 1,
		 FACT_NONE);
	end_body(f);
	begin_body(f, "include/h.h", true);
	PUSH(f, fields, .record = str(f, "driver"), .name = str(f, "probe"),
	     .kind = FIELD_FUNC);
	end_body(f);
}

/* A driver with a static probe that registers a static struct, guarded. */
static void driver(struct unit_facts *f, const char *file)
{
	uint32_t probe = func(f, "probe", file), drv = var(f, "drv", file);
	uint32_t flag = var(f, "registered", file);

	begin_body(f, file, false);
	add_def(f, probe, file, 10, 0);
	add_call(f, probe, func(f, "register_driver", NULL), file, 12, drv);
	PUSH(f, guards, .kind = GUARD_IF, .symbol = flag, .line = 11);
	f->calls[f->nr_calls - 1].nr_guards = 1;
	f->calls[f->nr_calls - 1].macro = str(f, "register");
	f->calls[f->nr_calls - 1].result_ignored = true;
	end_body(f);
	begin_body(f, file, false);
	PUSH(f, defs, .symbol = drv, .file = str(f, file), .line = 20, .col = 5,
	     .attrs = ATTR_ARRAY, .type = str(f, "driver"));
	PUSH(f, assigns, .func = FACT_NONE, .kind = ASSIGN_INIT,
	     .lhs = { VALUE_GLOBAL, 0, drv, str(f, "|driver.probe") },
	     .rhs = { VALUE_FUNC, 1, probe, 0 }, .slot = str(f, "driver.probe"),
	     .index = 3, .file = str(f, file), .line = 21, .col = 4);
	PUSH(f, assigns, .func = probe, .kind = ASSIGN_STORE,
	     .lhs = { VALUE_LOCAL, 0, str(f, "p"), str(f, ">driver.name") },
	     .rhs = { VALUE_STRING, 0, str(f, "foo"), 0 },
	     .slot = str(f, "driver.name"), .index = FACT_NONE,
	     .file = str(f, file), .line = 22, .col = 4);
	end_body(f);
	PUSH(f, deps, .file = str(f, file), .hash = 1);
}

/* The core defines what drivers call, with a call through a field. */
static void core(struct unit_facts *f, const char *file)
{
	uint32_t reg = func(f, "register_driver", NULL);

	begin_body(f, file, false);
	add_def(f, reg, file, 5, 0);
	PUSH(f, calls, .caller = reg,
	     .target = { VALUE_PARAM, 0, 0, str(f, ">driver.probe") },
	     .file = str(f, file), .line = 7, .col = 2, .first_arg = f->nr_args,
	     .first_guard = f->nr_guards);
	end_body(f);
}

struct unit {
	const char *config, *file;
	uint64_t command;
	void (*main)(struct unit_facts *f, const char *file);
	uint32_t header_line; /* 0: does not include it */
};

static int try_put(struct test *t, const struct unit *u, uint32_t prefix)
{
	struct store_unit row = { .file = u->file,
				  .command_hash = u->command,
				  .deps_hash = 0xfedcba9876543210,
				  .status = UNIT_ERRORS,
				  .mode = PARSE_PREFIX,
				  .nr_errors = 2,
				  .detail = "what went wrong" };
	struct unit_facts f;
	int ret;

	unit_facts_init(&f);
	if (u->main)
		u->main(&f, u->file);
	if (u->header_line) {
		header_bodies(&f, u->header_line);
		PUSH(&f, deps, .file = str(&f, "include/h.h"),
		     .hash = u->header_line);
	}
	assert_int_equal(store_config(t->store, u->config, "/tree", "6.12",
				      &row.config),
			 0);
	ret = store_put_unit(t->store, &row, &f, prefix);
	unit_facts_release(&f);
	return ret;
}

static void put(struct test *t, const char *config, const char *file,
		void (*main)(struct unit_facts *f, const char *file),
		uint32_t header_line)
{
	const struct unit u = { config, file, 7, main, header_line };
	int ret = try_put(t, &u, 0);

	if (ret)
		fail_msg("%s: %s", file, store_error(t->store));
}

static struct graph *load_config(struct test *t, const char *name)
{
	struct graph *g;
	uint32_t config;
	int ret;

	assert_int_equal(store_config(t->store, name, "/tree", "6.12", &config),
			 0);
	ret = store_load_graph(t->store, config, STORE_LITERALS, &g, &t->err);
	if (ret)
		fail_msg("%d: %s", ret, t->err.buf);
	return g;
}

static struct graph *load(struct test *t)
{
	return load_config(t, "arm64");
}

static void assert_symbol(const struct graph *g, uint32_t i, const char *name,
			  const char *file, bool defined)
{
	assert_string_equal(graph_name(g, i), name);
	assert_string_equal(graph_string(g, graph_symbol(g, i)->file), file);
	assert_int_equal(graph_symbol(g, i)->defined, defined);
}

/* ---- linking ---- */

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

/* ---- replacing, deleting, sharing ---- */

static int count(void *data, const struct store_unit *unit)
{
	(void)unit;
	++*(uint32_t *)data;
	return 0;
}

static uint32_t nr_units(struct test *t, uint32_t config)
{
	uint32_t nr = 0;

	assert_int_equal(store_each_unit(t->store, config, count, &nr), 0);
	return nr;
}

static int keep_id(void *data, const struct store_unit *unit)
{
	*(uint32_t *)data = unit->id;
	return 0;
}

/* Id of the last unit in order. */
static uint32_t last_unit(struct test *t)
{
	uint32_t id = 0;

	assert_int_equal(store_each_unit(t->store, 0, keep_id, &id), 0);
	return id;
}

static void test_replace(void **state)
{
	struct test *t = *state;
	struct graph *g;
	uint32_t id;

	put(t, "arm64", "d/a.c", driver, 0);
	id = last_unit(t);
	put(t, "arm64", "d/a.c", core, 0);
	assert_int_equal(nr_units(t, 0), 1);
	assert_int_equal(last_unit(t), id);
	g = load(t);
	assert_int_equal(graph_nr_symbols(g), 1);
	assert_int_equal(graph_nr_calls(g), 1);
	assert_int_equal(graph_nr_assigns(g), 0);
	assert_int_equal(graph_symbols_named(g, "probe").nr, 0);
	graph_free(g);
}

static void test_delete(void **state)
{
	struct test *t = *state;
	struct graph *g;

	put(t, "arm64", "base/core.c", core, 0);
	put(t, "arm64", "d/a.c", driver, 3);
	assert_int_equal(store_delete_unit(t->store, last_unit(t)), 0);
	assert_int_equal(store_finish(t->store), 0);
	assert_int_equal(nr_units(t, 0), 1);
	g = load(t);
	assert_int_equal(graph_nr_symbols(g), 1);
	assert_symbol(g, 0, "register_driver", "base/core.c", true);
	assert_int_equal(graph_fields(g, graph_find_string(g, "driver")).nr, 0);
	graph_free(g);
	/* what was dropped can come back */
	put(t, "arm64", "d/a.c", driver, 3);
	g = load(t);
	assert_int_equal(graph_nr_calls(g), 3);
	graph_free(g);
}

/* Calls of the header's function, which depend on who still sees it. */
static uint32_t nr_header_calls(struct test *t)
{
	struct graph *g = load(t);
	struct graph_list list = graph_symbols_named(g, "inline_fn");
	uint32_t nr = 0;

	if (list.nr)
		nr = graph_calls_from(g, list.first[0]).nr;
	graph_free(g);
	return nr;
}

static void test_header_shared(void **state)
{
	struct test *t = *state;
	uint32_t i;

	static const struct {
		const char *file;
		uint32_t header_line; /* another line is another text */
		uint32_t nr; /* of variants that the graph then has */
	} steps[] = {
		{ "d/a.c", 3, 1 }, { "d/b.c", 3, 1 }, { "d/c.c", 30, 2 },
		{ "d/a.c", 0, 2 }, { "d/b.c", 0, 1 }, { "d/c.c", 40, 1 },
		{ "d/c.c", 0, 0 },
	};

	for (i = 0; i < ARRAY_SIZE(steps); i++) {
		put(t, "arm64", steps[i].file, NULL, steps[i].header_line);
		assert_int_equal(store_finish(t->store), 0);
		assert_int_equal(nr_header_calls(t), steps[i].nr);
	}
}

static int add_dep(void *data, const char *file, uint64_t hash)
{
	strbuf_addf(data, "%s=%llx ", file, (unsigned long long)hash);
	return 0;
}

static void assert_deps(struct test *t, const char *expected)
{
	struct strbuf deps = STRBUF_INIT;

	assert_int_equal(store_each_dep(t->store, last_unit(t), add_dep, &deps),
			 0);
	assert_string_equal(deps.buf, expected);
	strbuf_release(&deps);
}

static uint32_t put_prefix(struct test *t, uint32_t line)
{
	struct unit_facts f;
	uint32_t set;

	unit_facts_init(&f);
	header_bodies(&f, line);
	PUSH(&f, deps, .file = str(&f, "include/h.h"), .hash = line);
	PUSH(&f, deps, .file = str(&f, "include/g.h"),
	     .hash = 0xfedcba9876543210);
	assert_int_equal(store_put_prefix(t->store, 0, &f, &set), 0);
	unit_facts_release(&f);
	return set;
}

static void test_prefix(void **state)
{
	const struct unit u = { "arm64", "d/a.c", 7, driver, 0 };
	struct test *t = *state;
	uint32_t set = put_prefix(t, 3);

	assert_int_equal(put_prefix(t, 3), set);
	assert_int_equal(try_put(t, &u, set), 0);
	assert_int_equal(store_finish(t->store), 0);
	assert_deps(t, "d/a.c=1 include/h.h=3 include/g.h=fedcba9876543210 ");
	assert_int_equal(nr_header_calls(t), 1);
	/* another prefix header: the old one goes with its last unit */
	set = put_prefix(t, 9);
	assert_int_equal(try_put(t, &u, set), 0);
	assert_int_equal(store_finish(t->store), 0);
	assert_deps(t, "d/a.c=1 include/g.h=fedcba9876543210 include/h.h=9 ");
	assert_int_equal(nr_header_calls(t), 1);
	put(t, "arm64", "d/a.c", driver, 0);
	assert_int_equal(store_finish(t->store), 0);
	assert_deps(t, "d/a.c=1 ");
	assert_int_equal(nr_header_calls(t), 0);
	/* no such prefix */
	assert_int_equal(try_put(t, &u, 99), -EINVAL);
}

/* ---- what is known of units and configurations ---- */

static int add_unit(void *data, const struct store_unit *u)
{
	strbuf_addf(data, "%s %llu %llx %d %d %u %s\n", u->file,
		    (unsigned long long)u->command_hash,
		    (unsigned long long)u->deps_hash, u->status, u->mode,
		    u->nr_errors, u->detail);
	return 0;
}

static int stop(void *data, const struct store_unit *unit)
{
	(void)unit;
	++*(int *)data;
	return 42;
}

static void test_each_unit(void **state)
{
#define REST " 7 fedcba9876543210 1 1 2 what went wrong\n"
	static const char expected[] = "d/a.c" REST "d/b.c" REST "d/a.c" REST
				       "d/c.c" REST;
#undef REST
	struct strbuf out = STRBUF_INIT;
	struct test *t = *state;
	int stopped = 0;

	put(t, "x86", "d/c.c", driver, 0);
	put(t, "x86", "d/a.c", driver, 0);
	put(t, "arm64", "d/b.c", driver, 0);
	put(t, "arm64", "d/a.c", driver, 0);
	assert_int_equal(store_each_unit(t->store, 0, add_unit, &out), 0);
	assert_string_equal(out.buf, expected);
	assert_int_equal(nr_units(t, 1), 2);
	assert_int_equal(nr_units(t, 3), 0);
	assert_int_equal(store_each_unit(t->store, 0, stop, &stopped), 42);
	assert_int_equal(stopped, 1);
	strbuf_release(&out);
}

static int add_config(void *data, const struct store_config *c)
{
	strbuf_addf(data, "%u %s %s %s\n", c->id, c->name, c->tree, c->kernel);
	return 0;
}

static void test_configs(void **state)
{
	struct strbuf out = STRBUF_INIT;
	struct test *t = *state;
	uint32_t a, b, again;

	assert_int_equal(store_config(t->store, "x86", "/t", "6.12", &a), 0);
	assert_int_equal(store_config(t->store, "arm64", "/t", "6.12", &b), 0);
	assert_int_equal(store_config(t->store, "x86", "/u", "6.13", &again),
			 0);
	assert_int_equal(a, again);
	assert_int_not_equal(a, b);
	assert_int_equal(store_each_config(t->store, add_config, &out), 0);
	assert_string_equal(out.buf, "2 arm64 /t 6.12\n1 x86 /u 6.13\n");
	strbuf_release(&out);
}

static void test_unit_without_facts(void **state)
{
	struct test *t = *state;
	struct store_unit row = { .file = "d/a.c", .status = UNIT_CRASHED };

	put(t, "arm64", "d/a.c", driver, 3);
	row.config = 1;
	row.command_hash = 7;
	assert_int_equal(store_put_unit(t->store, &row, NULL, 0), 0);
	assert_int_equal(store_finish(t->store), 0);
	assert_int_equal(nr_units(t, 0), 1);
	assert_int_equal(nr_header_calls(t), 0);
	assert_deps(t, "");
}

/* ---- all or nothing ---- */

/* A call whose argument names a symbol that is not there. */
static void broken(struct unit_facts *f, const char *file)
{
	driver(f, file);
	f->args[0].value.base = 1000;
}

static void broken_range(struct unit_facts *f, const char *file)
{
	driver(f, file);
	f->bodies[f->nr_bodies - 1].nr_assigns++;
}

static void test_broken_facts(void **state)
{
	static const struct {
		const char *name;
		void (*main)(struct unit_facts *f, const char *file);
	} cases[] = { { "symbol", broken }, { "range", broken_range } };
	struct test *t = *state;
	char *before, *after;
	struct graph *g;
	size_t i;

	put(t, "arm64", "base/core.c", core, 0);
	put(t, "arm64", "d/a.c", driver, 0);
	g = load(t);
	before = graph_dump(g);
	graph_free(g);
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct unit u = { "arm64", "d/a.c", 7, cases[i].main, 3 };

		assert_int_equal(store_begin(t->store), 0);
		assert_int_equal(try_put(t, &u, 0), -EINVAL);
		assert_non_null(strstr(store_error(t->store), "facts"));
		/* the transaction goes on without it */
		put(t, "arm64", "base/core.c", core, 0);
		assert_int_equal(store_commit(t->store), 0);
		g = load(t);
		after = graph_dump(g);
		assert_string_equal(after, before);
		free(after);
		graph_free(g);
	}
	free(before);
}

static void test_rollback(void **state)
{
	struct test *t = *state;

	put(t, "arm64", "d/a.c", driver, 3);
	assert_int_equal(store_begin(t->store), 0);
	put(t, "arm64", "d/new.c", driver, 30);
	put(t, "x86", "d/new.c", core, 30);
	store_rollback(t->store);
	assert_int_equal(nr_units(t, 0), 1);
	assert_int_equal(nr_header_calls(t), 1);
	/* numbers given in between must not be believed */
	put(t, "x86", "d/new.c", driver, 30);
	assert_int_equal(nr_units(t, 0), 2);
	assert_int_equal(nr_header_calls(t), 1);
}

/* Another process: what it finds must be what was committed. */
static void test_reopen(void **state)
{
	struct test *t = *state;
	char *before, *after;
	struct store *reader;
	struct graph *g;

	put(t, "arm64", "d/a.c", driver, 3);
	g = load(t);
	before = graph_dump(g);
	graph_free(g);
	/* a reader beside the writer sees the last commit */
	assert_int_equal(store_open(&reader, t->db, STORE_READ, &t->err), 0);
	assert_int_equal(store_begin(t->store), 0);
	put(t, "arm64", "d/b.c", driver, 3);
	assert_int_equal(
		store_load_graph(reader, 1, STORE_LITERALS, &g, &t->err), 0);
	after = graph_dump(g);
	assert_string_equal(after, before);
	free(after);
	graph_free(g);
	store_close(reader);
	/* what was not committed goes */
	store_close(t->store);
	assert_int_equal(store_open(&t->store, t->db, STORE_WRITE, &t->err), 0);
	put(t, "arm64", "d/a.c", driver, 3);
	g = load(t);
	after = graph_dump(g);
	assert_string_equal(after, before);
	free(after);
	free(before);
	graph_free(g);
}

static bool exists(const struct test *t, const char *suffix)
{
	char *path = xasprintf("%s%s", t->db, suffix);
	bool ret = !access(path, F_OK);

	free(path);
	return ret;
}

static void test_nothing_left_behind(void **state)
{
	struct test *t = *state;
	struct store *reader;
	struct graph *g;

	put(t, "arm64", "d/a.c", driver, 3);
	store_close(t->store);
	t->store = NULL;
	assert_false(exists(t, "-wal"));
	assert_false(exists(t, "-shm"));
	assert_false(exists(t, ".lock"));
	assert_false(exists(t, ".new"));
	assert_int_equal(store_open(&reader, t->db, STORE_READ, &t->err), 0);
	assert_int_equal(
		store_load_graph(reader, 1, STORE_LITERALS, &g, &t->err), 0);
	assert_int_equal(graph_nr_calls(g), 2);
	graph_free(g);
	store_close(reader);
	assert_false(exists(t, "-wal"));
	assert_false(exists(t, "-shm"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_round_trip),
		TEST(test_literals),
		TEST(test_literals_later),
		TEST(test_statics_apart),
		TEST(test_externals_link),
		TEST(test_two_definitions),
		TEST(test_compiled_twice),
		TEST(test_order_of_writing),
		TEST(test_replace),
		TEST(test_delete),
		TEST(test_header_shared),
		TEST(test_prefix),
		TEST(test_each_unit),
		TEST(test_configs),
		TEST(test_unit_without_facts),
		TEST(test_broken_facts),
		TEST(test_rollback),
		TEST(test_reopen),
		TEST(test_nothing_left_behind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
