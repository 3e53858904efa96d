// SPDX-License-Identifier: GPL-2.0-only
/*
 * Units come and go in the store: what is replaced, what goes with them, what
 * several share; and a transaction that is taken back, or never ended.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "callgraph/store-memo.h"

#include "store-units.h"

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

/* One of the sets of files of a unit, as text. */
struct dep_text {
	struct store *store;
	struct store_seen seen; /* of the unit */
	uint32_t set, version; /* the one that is asked for */
	struct strbuf text;
};

static int keep_seen(void *data, const struct store_seen *seen)
{
	((struct dep_text *)data)->seen = *seen;
	return 0;
}

static int add_version(void *data, uint32_t version, const char *file,
		       uint64_t hash)
{
	struct dep_text *d = data;

	if (version == d->version)
		strbuf_addf(&d->text, "%s=%llx ", file,
			    (unsigned long long)hash);
	return 0;
}

static int add_set(void *data, uint32_t set, struct idset_iter *versions)
{
	struct dep_text *d = data;

	while (set == d->set && idset_next(versions, &d->version))
		assert_int_equal(store_each_version(d->store, add_version, d),
				 0);
	return 0;
}

/* What the only unit of "arm64" read, and then what its prefix header did. */
static void assert_deps(struct test *t, const char *expected)
{
	struct dep_text d = { .store = t->store, .text = STRBUF_INIT };

	assert_int_equal(store_each_seen(t->store, 1, keep_seen, &d), 0);
	d.set = d.seen.deps;
	assert_int_equal(store_each_dep_set(t->store, add_set, &d), 0);
	d.set = d.seen.prefix_deps;
	assert_int_equal(store_each_dep_set(t->store, add_set, &d), 0);
	assert_string_equal(d.text.buf, expected);
	strbuf_release(&d.text);
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

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, store_setup, store_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
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
