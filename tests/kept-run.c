// SPDX-License-Identifier: GPL-2.0-only
/* Runs with prefix headers of earlier ones: see kept-run.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "callgraph/store-memo.h"
#include "indexer/index-kept.h"

#include "graph-dump.h"
#include "kept-run.h"

const char new_a[] = "#pragma once\nint a(void);\nint d(void);\n"
		     "static inline int e(void) { return d(); }\n";

/* ---- facts ---- */

static int first_config(void *data, const struct store_config *config)
{
	*(uint32_t *)data = config->id;
	return 1;
}

static char *dump_db(const char *name)
{
	struct strbuf err = STRBUF_INIT;
	char *path = in_tree(name), *text;
	struct store *store;
	struct graph *graph;
	uint32_t config = 0;

	if (store_open(&store, path, STORE_READ, &err))
		fail_msg("%s", err.buf);
	assert_int_equal(store_each_config(store, first_config, &config), 1);
	if (store_load_graph(store, config, STORE_LITERALS, &graph, &err))
		fail_msg("%s", err.buf);
	text = graph_dump(graph);
	graph_free(graph);
	store_close(store);
	free(path);
	return text;
}

static void remove_db(const char *name)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ends); i++) {
		char *file = xasprintf("%s%s", name, ends[i]);
		char *path = in_tree(file);

		unlink(path);
		free(path);
		free(file);
	}
}

void same_as_exact(const struct compdb *db, const char *name)
{
	char *path = in_tree("exact.db"), *is, *should;
	const struct index_options opt = {
		.tree = tree,
		.config = "test",
		.compdb = "c.json",
		.db = path,
		.jobs = 2,
		.no_prefix = true,
	};
	struct strbuf err = STRBUF_INIT;
	struct index_summary sum;

	remove_db("exact.db");
	index_summary_init(&sum);
	if (index_run(&opt, db, &sum, &err))
		fail_msg("%s", err.buf);
	is = dump_db("k.db");
	should = dump_db("exact.db");
	if (strcmp(is, should))
		fail_msg("%s: %s\nand not %s", name, is, should);
	free(is);
	free(should);
	free(path);
	index_summary_release(&sum);
}

/* ---- runs ---- */

void check_counts(const struct result *r, const char *name,
		  struct counts should)
{
	if (r->ret)
		fail_msg("%s: %s", name, r->err.buf);
	if (r->sum.parsed != should.parsed ||
	    r->sum.with_prefix != should.with_prefix ||
	    r->sum.with_kept != should.with_kept ||
	    r->sum.prefixes != should.built)
		fail_msg("%s: %u parsed, %u with a prefix, %u with a kept one, "
			 "%u built",
			 name, r->sum.parsed, r->sum.with_prefix,
			 r->sum.with_kept, r->sum.prefixes);
	/* nothing of it is anybody's business */
	assert_int_equal(r->sum.lost_prefix, 0);
	assert_int_equal(r->sum.errors, 0);
	assert_int_equal(r->sum.failed, 0);
	assert_string_equal(r->sum.notes.buf, "");
}

void run_and_count(const struct compdb *db, const struct index_options *opt,
		   const char *name, struct counts should)
{
	char *scratch = in_tree("k.db.tmp");
	struct result r = run_with(db, opt);

	check_counts(&r, name, should);
	result_release(&r);
	same_as_exact(db, name);
	assert_int_equal(access(scratch, F_OK), -1);
	free(scratch);
}

void edit(int unit, int nr)
{
	char *text = xasprintf("int own%d(void);\n"
			       "int use%d(void) { return own%d() + c(); }",
			       nr, nr, nr);

	write_unit(unit, text);
	free(text);
}

void first_run(struct compdb *db)
{
	add_commands(db);
	run_and_count(db, &usual, "first", (struct counts){ NR, NR, 0, 1 });
}

void keep_three(struct compdb *db)
{
	db->nr = 3;
	run_only(db, "three are left");
}

void release_all(struct compdb *db)
{
	db->nr = NR;
	compdb_release(db);
}

const struct counts kept = { 1, 1, 1, 0 }, exact = { 1, 0, 0, 0 };

static int read_nr(struct store *store, uint32_t config)
{
	struct kept_list list;

	assert_int_equal(kept_list_load(store, config, &list), 0);
	return list.nr;
}

int expect_none(struct store *store, uint32_t config)
{
	struct strbuf data = STRBUF_INIT;

	assert_int_equal(read_nr(store, config), 0);
	assert_int_equal(store_get_memo(store, config, MEMO_KEPT_PCH, &data),
			 0);
	assert_int_equal(data.len, 0);
	return 0;
}

int expect_one(struct store *store, uint32_t config)
{
	assert_int_equal(read_nr(store, config), 1);
	return 0;
}
