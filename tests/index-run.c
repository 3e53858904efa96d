// SPDX-License-Identifier: GPL-2.0-only
/* Runs of the index: see index-run.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "callgraph/store-memo.h"

#include "index-run.h"

void write_unit(int i, const char *more)
{
	char *name = xasprintf("u%d.c", i);
	char *text = xasprintf("#include <a.h>\n#include <b.h>\n%s\n"
			       "int u%d(void) { return a() + b(); }\n",
			       more, i);

	write_file(name, text);
	free(name);
	free(text);
}

int index_tree_make(void **state)
{
	int i;

	(void)state;
	if (tree_make("test-index"))
		return -1;
	make_dir("inc");
	write_file("inc/a.h", "#pragma once\nint a(void);\n");
	write_file("inc/b.h", "#pragma once\n#ifdef NO_B\n#define b() 0\n"
			      "#else\nint b(void);\n#endif\n"
			      "static inline int c(void) { return b(); }\n");
	for (i = 0; i < NR; i++)
		write_unit(i, "");
	index_unit_parse = unit_parse;
	return 0;
}

void add_command(struct compdb *db, const char *file, const char *flag)
{
	char *argv[] = { "clang", "-Iinc", (char *)flag, "-c", (char *)file };

	compdb_add(db, tree, file, argv, ARRAY_SIZE(argv));
}

void add_commands(struct compdb *db)
{
	int i;

	for (i = 0; i < NR; i++) {
		char *name = xasprintf("u%d.c", i);

		add_command(db, name, "-DX=1");
		free(name);
	}
}

struct result run_with(const struct compdb *db,
		       const struct index_options *more)
{
	struct index_options opt = *more;
	struct result r = { .err = STRBUF_INIT };
	char *path = in_tree("k.db");

	opt.tree = opt.tree ? opt.tree : tree;
	opt.config = opt.config ? opt.config : "test";
	opt.compdb = "c.json";
	opt.db = path;
	opt.jobs = opt.jobs ? opt.jobs : 2;
	index_summary_init(&r.sum);
	r.ret = index_run(&opt, db, &r.sum, &r.err);
	free(path);
	return r;
}

void result_release(struct result *r)
{
	index_summary_release(&r->sum);
	strbuf_release(&r->err);
}

const struct index_options usual;

void expect(const struct compdb *db, const char *name, uint32_t parsed,
	    uint32_t fresh, uint32_t removed)
{
	struct result r = run_with(db, &usual);

	if (r.ret)
		fail_msg("%s: %s", name, r.err.buf);
	if (r.sum.parsed != parsed || r.sum.fresh != fresh ||
	    r.sum.removed != removed)
		fail_msg("%s: %u parsed, %u fresh, %u removed", name,
			 r.sum.parsed, r.sum.fresh, r.sum.removed);
	result_release(&r);
}

void run_only(const struct compdb *db, const char *name)
{
	struct result r = run_with(db, &usual);

	if (r.ret)
		fail_msg("%s: %s", name, r.err.buf);
	result_release(&r);
}

static int add_detail(void *data, const struct store_unit *u)
{
	strbuf_addf(data, "%s %d %s\n", u->file, u->status, u->detail);
	return 0;
}

void stored(struct strbuf *out)
{
	char *path = in_tree("k.db");
	struct strbuf err = STRBUF_INIT;
	struct store *store;

	assert_int_equal(store_open(&store, path, STORE_READ, &err), 0);
	assert_int_equal(store_each_unit(store, 0, add_detail, out), 0);
	store_close(store);
	strbuf_release(&err);
	free(path);
}

void expect_stored(const char *line)
{
	struct strbuf text = STRBUF_INIT;

	stored(&text);
	if (!strstr(text.buf, line))
		fail_msg("'%s' is not in:\n%s", line, text.buf);
	strbuf_release(&text);
}

bool is_file(const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');

	return slash && !strcmp(slash + 1, name);
}

int stop_on_u2(struct unit_parser *p, const char *dir, const char *file,
	       const struct parse_args *args, const char *pch,
	       struct unit_facts *facts)
{
	if (is_file(file, "u2.c")) {
		kill(getppid(), SIGINT);
		for (;;)
			pause();
	}
	return unit_parse(p, dir, file, args, pch, facts);
}

void change_store(int (*change)(struct store *store, uint32_t config))
{
	char *path = in_tree("k.db");
	struct strbuf err = STRBUF_INIT;
	struct store *store;
	uint32_t config;

	assert_int_equal(store_open(&store, path, STORE_WRITE, &err), 0);
	assert_int_equal(store_config(store, "test", tree, "", &config), 0);
	assert_int_equal(change(store, config), 0);
	store_close(store);
	free(path);
}

int forget_tool(struct store *store, uint32_t config)
{
	return store_put_memo(store, config, MEMO_TOOL, "other", 5);
}

int forget_files(struct store *store, uint32_t config)
{
	return store_put_memo(store, config, MEMO_WATCH, "other", 5);
}
