// SPDX-License-Identifier: GPL-2.0-only
/* See two-configs.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "two-configs.h"

int two_configs_setup(void **state)
{
	struct test *t = xcalloc(1, sizeof(*t));
	const char *tmp = getenv("TMPDIR");
	struct strbuf err = STRBUF_INIT;
	uint32_t id;

	snprintf(t->dir, sizeof(t->dir), "%s/pw-member-XXXXXX",
		 tmp && strlen(tmp) < 32 ? tmp : "/tmp");
	assert_non_null(mkdtemp(t->dir));
	t->db = xasprintf("%s/k.db", t->dir);
	assert_int_equal(store_open(&t->store, t->db, STORE_WRITE, &err), 0);
	assert_int_equal(store_config(t->store, "arm64", "/t", "6.12", &id), 0);
	assert_int_equal(id, ARM);
	assert_int_equal(store_config(t->store, "x86", "/t", "6.12", &id), 0);
	assert_int_equal(id, X86);
	*state = t;
	return 0;
}

int two_configs_teardown(void **state)
{
	struct test *t = *state;

	store_close(t->store);
	unlink(t->db);
	assert_int_equal(rmdir(t->dir), 0);
	free(t->db);
	free(t);
	return 0;
}

/* A file that defines an external function. */
static void define(struct unit_facts *f, const char *file, const char *name)
{
	uint32_t fn = func(f, name, NULL);

	begin_body(f, file, false);
	add_def(f, fn, file, 5, 0);
	add_call(f, fn, func(f, "deep", NULL), file, 6, FACT_NONE);
	end_body(f);
}

void put_facts(struct test *t, uint32_t config, const char *file,
	       uint64_t command, const struct unit_facts *f)
{
	struct store_unit unit = {
		.config = config,
		.file = file,
		.command_hash = command,
	};
	int ret = store_put_unit(t->store, &unit, f, 0);

	if (ret)
		fail_msg("%s: %s", file, store_error(t->store));
}

void put_definition(struct test *t, uint32_t config, const char *file,
		    const char *name)
{
	struct unit_facts f;

	unit_facts_init(&f);
	define(&f, file, name);
	put_facts(t, config, file, 7, &f);
	unit_facts_release(&f);
}

struct find {
	const char *file;
	uint32_t id;
};

static int find_unit(void *data, const struct store_unit *unit)
{
	struct find *find = data;

	if (!strcmp(unit->file, find->file))
		find->id = unit->id;
	return 0;
}

uint32_t unit_of(struct test *t, uint32_t config, const char *file)
{
	struct find find = { .file = file };

	assert_int_equal(store_each_unit(t->store, config, find_unit, &find),
			 0);
	return find.id;
}

void borrow(struct test *t, uint32_t config, const char *file, uint64_t command,
	    uint32_t unit)
{
	assert_int_equal(store_borrow_unit(t->store, config, file, command,
					   unit, NULL),
			 0);
}

struct graph *load(struct test *t, uint32_t config)
{
	struct strbuf err = STRBUF_INIT;
	struct graph *g;

	if (store_load_graph(t->store, config, 0, &g, &err))
		fail_msg("%s", err.buf);
	return g;
}
