// SPDX-License-Identifier: GPL-2.0-only
/* Units for tests of the store: see store-units.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "store-units.h"

int store_setup(void **state)
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

void remove_file(const struct test *t, const char *suffix)
{
	char *path = xasprintf("%s%s", t->db, suffix);

	unlink(path);
	free(path);
}

int store_teardown(void **state)
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

/* A header function that calls out, and a record; the same in every unit. */
void header_bodies(struct unit_facts *f, uint32_t line)
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
void driver(struct unit_facts *f, const char *file)
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
void core(struct unit_facts *f, const char *file)
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

int try_put(struct test *t, const struct unit *u, uint32_t prefix)
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

void put(struct test *t, const char *config, const char *file,
	 void (*main)(struct unit_facts *f, const char *file),
	 uint32_t header_line)
{
	const struct unit u = { config, file, 7, main, header_line };
	int ret = try_put(t, &u, 0);

	if (ret)
		fail_msg("%s: %s", file, store_error(t->store));
}

struct graph *load_config(struct test *t, const char *name)
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

struct graph *load(struct test *t)
{
	return load_config(t, "arm64");
}

static int count(void *data, const struct store_unit *unit)
{
	(void)unit;
	++*(uint32_t *)data;
	return 0;
}

uint32_t nr_units(struct test *t, uint32_t config)
{
	uint32_t nr = 0;

	assert_int_equal(store_each_unit(t->store, config, count, &nr), 0);
	return nr;
}

/* Calls of the header's function, which depend on who still sees it. */
uint32_t nr_header_calls(struct test *t)
{
	struct graph *g = load(t);
	struct graph_list list = graph_symbols_named(g, "inline_fn");
	uint32_t nr = 0;

	if (list.nr)
		nr = graph_calls_from(g, list.first[0]).nr;
	graph_free(g);
	return nr;
}

void assert_symbol(const struct graph *g, uint32_t i, const char *name,
		   const char *file, bool defined)
{
	assert_string_equal(graph_name(g, i), name);
	assert_string_equal(graph_string(g, graph_symbol(g, i)->file), file);
	assert_int_equal(graph_symbol(g, i)->defined, defined);
}
