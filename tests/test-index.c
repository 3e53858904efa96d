// SPDX-License-Identifier: GPL-2.0-only
/*
 * The index run over a small tree, with real parses and with ones put in their
 * place that crash, hang or lie. check-index looks at the same from outside.
 */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "callgraph/store-memo.h"
#include "indexer/compdb-kept.h"
#include "indexer/index-internal.h"

enum { NR = 6 };

static char tree[256];

static char *in_tree(const char *name)
{
	return xasprintf("%s/%s", tree, name);
}

static void write_file(const char *name, const char *text)
{
	char *path = in_tree(name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	free(path);
}

/* The directories that a file stands in. */
static void make_parents(const char *name)
{
	char *path = in_tree(name), *slash = path + strlen(tree);

	while ((slash = strchr(slash + 1, '/'))) {
		*slash = '\0';
		mkdir(path, 0777);
		*slash = '/';
	}
	free(path);
}

/* Those of the tests of new headers; "first" is left to appear. */
static void make_dirs(const char *appears)
{
	make_parents("inc2/sub/s.h");
	if (strncmp(appears, "first", 5)) {
		make_parents("inc/sub/s.h");
		make_parents("other/sub/s.h");
	}
}

static void write_unit(int i, const char *more)
{
	char *name = xasprintf("u%d.c", i);
	char *text = xasprintf("#include <a.h>\n#include <b.h>\n%s\n"
			       "int u%d(void) { return a() + b(); }\n",
			       more, i);

	write_file(name, text);
	free(name);
	free(text);
}

/* The same files for each test. */
static int make_tree(void **state)
{
	const char *tmp = getenv("TMPDIR");
	char *path;
	int i;

	(void)state;
	snprintf(tree, sizeof(tree), "%s/test-index-XXXXXX",
		 tmp ? tmp : "/tmp");
	if (!mkdtemp(tree))
		return -1;
	path = in_tree("inc");
	mkdir(path, 0777);
	free(path);
	write_file("inc/a.h", "#pragma once\nint a(void);\n");
	write_file("inc/b.h", "#pragma once\n#ifdef NO_B\n#define b() 0\n"
			      "#else\nint b(void);\n#endif\n"
			      "static inline int c(void) { return b(); }\n");
	for (i = 0; i < NR; i++)
		write_unit(i, "");
	index_unit_parse = unit_parse;
	return 0;
}

static int remove_tree(void **state)
{
	char *cmd = xasprintf("rm -rf '%s'", tree);
	int ret = system(cmd);

	(void)state;
	free(cmd);
	return ret;
}

static void add_command(struct compdb *db, const char *file, const char *flag)
{
	char *argv[] = { "clang", "-Iinc", (char *)flag, "-c", (char *)file };

	compdb_add(db, tree, file, argv, ARRAY_SIZE(argv));
}

/* own.c, with a search path of its own. */
static void add_search_command(struct compdb *db, const char *flag)
{
	bool pre = !strncmp(flag, "-include", 8);
	char *argv[] = { "clang", "-Ifirst",	"-Iinc",   "-Iinc2",
			 "-DOWN", "-iquote",	"nowhere", "-c",
			 "own.c", (char *)flag, NULL };

	if (pre) {
		argv[9] = "-include";
		argv[10] = (char *)flag + 8;
	}
	compdb_add(db, tree, "own.c", argv, pre ? 11 : 10);
}

/* u0.c to u5.c */
static void add_commands(struct compdb *db)
{
	int i;

	for (i = 0; i < NR; i++) {
		char *name = xasprintf("u%d.c", i);

		add_command(db, name, "-DX=1");
		free(name);
	}
}

struct result {
	struct index_summary sum;
	struct strbuf err;
	int ret;
};

static struct result run_with(const struct compdb *db,
			      const struct index_options *more)
{
	struct index_options opt = *more;
	struct result r = { .err = STRBUF_INIT };
	char *path = in_tree("k.db");

	opt.tree = opt.tree ? opt.tree : tree;
	opt.config = "test";
	opt.compdb = "c.json";
	opt.db = path;
	opt.jobs = opt.jobs ? opt.jobs : 2;
	index_summary_init(&r.sum);
	r.ret = index_run(&opt, db, &r.sum, &r.err);
	free(path);
	return r;
}

static void result_release(struct result *r)
{
	index_summary_release(&r->sum);
	strbuf_release(&r->err);
}

static const struct index_options usual;

/* Run and compare the counts that matter. */
static void expect(const struct compdb *db, const char *name, uint32_t parsed,
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

/* Whatever comes of it. */
static void run_only(const struct compdb *db, const char *name)
{
	struct result r = run_with(db, &usual);

	if (r.ret)
		fail_msg("%s: %s", name, r.err.buf);
	result_release(&r);
}

/* ---- what is stored ---- */

static int add_detail(void *data, const struct store_unit *u)
{
	strbuf_addf(data, "%s %d %s\n", u->file, u->status, u->detail);
	return 0;
}

static void stored(struct strbuf *out)
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

static void expect_stored(const char *line)
{
	struct strbuf text = STRBUF_INIT;

	stored(&text);
	if (!strstr(text.buf, line))
		fail_msg("'%s' is not in:\n%s", line, text.buf);
	strbuf_release(&text);
}

/* ---- parses that go wrong ---- */

static bool is_file(const char *path, const char *name)
{
	const char *slash = strrchr(path, '/');

	return slash && !strcmp(slash + 1, name);
}

static int crash_on_u2(struct unit_parser *p, const char *dir, const char *file,
		       const struct parse_args *args, const char *pch,
		       struct unit_facts *facts)
{
	if (is_file(file, "u2.c"))
		abort();
	return unit_parse(p, dir, file, args, pch, facts);
}

static int hang_on_u2(struct unit_parser *p, const char *dir, const char *file,
		      const struct parse_args *args, const char *pch,
		      struct unit_facts *facts)
{
	while (is_file(file, "u2.c"))
		pause();
	return unit_parse(p, dir, file, args, pch, facts);
}

static int stop_on_u2(struct unit_parser *p, const char *dir, const char *file,
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

/* What the prefix would do if it changed a unit: a call is lost. */
static int lie_on_u2(struct unit_parser *p, const char *dir, const char *file,
		     const struct parse_args *args, const char *pch,
		     struct unit_facts *facts)
{
	int ret = unit_parse(p, dir, file, args, pch, facts);
	uint32_t i;

	for (i = 0; pch && is_file(file, "u2.c") && i < facts->nr_bodies; i++)
		if (facts->bodies[i].nr_calls)
			facts->bodies[i].nr_calls--;
	return ret;
}

static void test_bad_unit(void **state)
{
	static const struct {
		const char *name;
		int (*parse)(struct unit_parser *p, const char *dir,
			     const char *file, const struct parse_args *args,
			     const char *pch, struct unit_facts *facts);
		enum unit_status status;
		const char *stored;
	} table[] = {
		{ "crash", crash_on_u2, UNIT_CRASHED,
		  "u2.c 3 its worker was killed by signal 6" },
		{ "hang", hang_on_u2, UNIT_TIMEOUT,
		  "u2.c 4 took longer than 3 seconds" },
	};
	const struct index_options opt = { .timeout = 3 };
	struct compdb db = COMPDB_INIT;
	size_t i;

	(void)state;
	add_commands(&db);
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct result r;

		write_unit(2, i ? "/* again */" : "");
		index_unit_parse = table[i].parse;
		r = run_with(&db, &opt);
		if (r.ret || r.sum.failed != 1 ||
		    r.sum.by_status[table[i].status] != 1)
			fail_msg("%s: %d %s, %u failed", table[i].name, r.ret,
				 r.err.buf, r.sum.failed);
		result_release(&r);
		expect_stored(table[i].stored);
		index_unit_parse = unit_parse;
		expect(&db, table[i].name, 1, NR - 1, 0);
	}
	compdb_release(&db);
}

static void test_interrupted(void **state)
{
	const struct index_options one = { .jobs = 1 };
	struct compdb db = COMPDB_INIT;
	struct result r;
	char *tmp = in_tree("k.db.tmp");

	(void)state;
	add_commands(&db);
	index_unit_parse = stop_on_u2;
	r = run_with(&db, &one);
	assert_int_equal(r.ret, 0);
	assert_true(r.sum.interrupted);
	assert_int_equal(r.sum.signal, SIGINT);
	assert_int_equal(r.sum.parsed, 2);
	assert_int_equal(access(tmp, F_OK), -1);
	result_release(&r);
	index_unit_parse = unit_parse;
	expect(&db, "the next run goes on", NR - 2, 2, 0);
	compdb_release(&db);
	free(tmp);
}

static void test_verify(void **state)
{
	const struct index_options opt = { .verify_prefix = true };
	struct compdb db = COMPDB_INIT;
	struct result r;

	(void)state;
	add_commands(&db);
	r = run_with(&db, &opt);
	assert_int_equal(r.ret, 0);
	assert_int_equal(r.sum.with_prefix, NR);
	assert_int_equal(r.sum.differing, 0);
	result_release(&r);

	write_file("inc/a.h", "#pragma once\nint a(void); /* stale */\n");
	index_unit_parse = lie_on_u2;
	r = run_with(&db, &opt);
	assert_int_equal(r.ret, 0);
	assert_int_equal(r.sum.differing, 1);
	assert_string_equal(r.sum.differing_files.buf, "u2.c\n");
	/* and what is stored is the truth */
	assert_int_equal(r.sum.with_prefix, NR - 1);
	result_release(&r);
	compdb_release(&db);
}

/* ---- who uses the prefix ---- */

static void test_prefix_use(void **state)
{
	struct compdb db = COMPDB_INIT;
	struct result r;

	(void)state;
	write_file("u1.c", "#define NO_B\n#include <a.h>\n#include <b.h>\n"
			   "int u1(void) { return b(); }\n");
	write_file("own.h", "#define NO_B\n");
	write_file("u3.c", "#include \"own.h\"\n#include <b.h>\n"
			   "#include <a.h>\nint u3(void) { return b(); }\n");
	/* fits, but clashes with what it does not include itself */
	write_file("u4.c", "#include <a.h>\nchar *b(int);\n");
	add_commands(&db);
	r = run_with(&db, &usual);
	assert_int_equal(r.ret, 0);
	assert_int_equal(r.sum.prefixes, 1);
	assert_int_equal(r.sum.with_prefix, NR - 3);
	assert_int_equal(r.sum.redone, 2);
	assert_int_equal(r.sum.errors, 0);
	result_release(&r);
	compdb_release(&db);
}

/* A prefix header that takes its worker down, or none at all. */
static void test_no_prefix(void **state)
{
	const struct index_options opt = { .no_prefix = true };
	struct compdb db = COMPDB_INIT;
	struct result r;

	(void)state;
	add_commands(&db);
	r = run_with(&db, &opt);
	assert_int_equal(r.ret, 0);
	assert_int_equal(r.sum.with_prefix, 0);
	assert_int_equal(r.sum.prefixes, 0);
	assert_int_equal(r.sum.parsed, NR);
	result_release(&r);
	compdb_release(&db);
}

/* ---- what is stale ---- */

static void test_missing_header(void **state)
{
	struct compdb db = COMPDB_INIT;

	(void)state;
	write_unit(1, "#include <later.h>");
	add_commands(&db);
	expect(&db, "first", NR, 0, 0);
	expect_stored("u1.c 1 u1.c:3: 'later.h' file not found");
	/* it cannot be found, so there is nothing to try again */
	expect(&db, "still missing", 0, NR, 0);
	write_file("inc/unlike.h", "#pragma once\n");
	write_file("later.h", "#pragma once\n");
	expect(&db, "not where it is looked for", 0, NR, 0);
	write_file("inc/later.h", "#pragma once\n");
	expect(&db, "now there", 1, NR - 1, 0);
	expect(&db, "and known", 0, NR, 0);
	compdb_release(&db);
}

/* One file appears after the first run: who is parsed again? */
static void test_new_header(void **state)
{
	static const struct {
		const char *name;
		const char *text; /* of own.c */
		const char *flag; /* of its command */
		const char *appears;
		uint32_t parsed;
	} table[] = {
		{ "before the one found", "#include <sub/s.h>", "-Iinc2",
		  "inc/sub/s.h", 1 },
		{ "in a new directory", "#include <sub/s.h>", "-Iinc2",
		  "first/sub/s.h", 1 },
		{ "where nobody looks", "#include <sub/s.h>", "-Iinc2",
		  "other/sub/s.h", 0 },
		{ "another name", "#include <sub/s.h>", "-Iinc2", "inc/sub/t.h",
		  0 },
		{ "the same last part", "#include <sub/s.h>", "-Iinc2",
		  "inc/s.h", 0 },
		{ "beside the includer", "#include \"q.h\"", "-Iinc2", "q.h",
		  1 },
		{ "beside an includer that does not look there",
		  "#include <q.h>", "-Iinc2", "q.h", 0 },
		{ "asked for", "#if __has_include(<maybe.h>)\n#endif", "-Iinc2",
		  "inc2/maybe.h", 1 },
		{ "asked for by a header", "#include <asks.h>", "-Iinc2",
		  "inc/sub/maybe2.h", 1 },
		{ "up and down", "#include \"../up.h\"", "-Iinc2/sub",
		  "inc2/up.h", 1 },
		{ "named by a macro", "#define NAME <sub/s.h>\n#include NAME",
		  "-Iinc2", "inc/sub/s.h", 1 },
		{ "a macro's, where nobody looks",
		  "#define NAME <sub/s.h>\n#include NAME", "-Iinc2",
		  "other/sub/s.h", 0 },
		{ "a macro's that was missing",
		  "#define NAME <none.h>\n#include NAME", "-Iinc2",
		  "inc2/none.h", 1 },
		{ "of the command", "", "-includepre.h", "pre.h", 1 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct compdb db = COMPDB_INIT;

		if (i) {
			remove_tree(state);
			make_tree(state);
		}
		make_dirs(table[i].appears);
		write_file("inc2/sub/s.h", "int s(void);\n");
		write_file("inc2/q.h", "int q(void);\n");
		write_file("inc2/asks.h", "#if __has_include(<sub/maybe2.h>)\n"
					  "int m(void);\n#endif\n");
		write_file("own.c", table[i].text);
		add_commands(&db);
		add_search_command(&db, table[i].flag);
		run_only(&db, table[i].name);
		expect(&db, table[i].name, 0, NR + 1, 0);
		make_parents(table[i].appears);
		write_file(table[i].appears, "int appeared(void);\n");
		expect(&db, table[i].name, table[i].parsed,
		       NR + 1 - table[i].parsed, 0);
		expect(&db, table[i].name, 0, NR + 1, 0);
		compdb_release(&db);
	}
}

/* Killed right after it has seen the new header: it is not forgotten. */
static void test_new_header_is_kept(void **state)
{
	const struct index_options one = { .jobs = 1 };
	struct compdb db = COMPDB_INIT;
	struct result r;

	(void)state;
	write_unit(2, "#if __has_include(<maybe.h>)\n#endif");
	add_commands(&db);
	expect(&db, "first", NR, 0, 0);
	write_file("inc/maybe.h", "");
	index_unit_parse = stop_on_u2;
	r = run_with(&db, &one);
	assert_int_equal(r.ret, 0);
	assert_true(r.sum.interrupted);
	assert_int_equal(r.sum.parsed, 0);
	result_release(&r);
	index_unit_parse = unit_parse;
	expect(&db, "the next run parses it", 1, NR - 1, 0);
	compdb_release(&db);
}

/* ---- what made the facts ---- */

static int forget_tool(struct store *store, uint32_t config)
{
	return store_put_memo(store, config, MEMO_TOOL, "other", 5);
}

static int forget_files(struct store *store, uint32_t config)
{
	return store_put_memo(store, config, MEMO_WATCH, "other", 5);
}

static void change_store(int (*change)(struct store *store, uint32_t config))
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

/* Facts of two makers are never mixed, not even when the run is cut off. */
static void test_all_stale(void **state)
{
	static int (*const changes[])(struct store *,
				      uint32_t) = { forget_tool, forget_files };
	const struct index_options one = { .jobs = 1 };
	struct compdb db = COMPDB_INIT;
	size_t i;

	(void)state;
	add_commands(&db);
	expect(&db, "first", NR, 0, 0);
	for (i = 0; i < ARRAY_SIZE(changes); i++) {
		struct result r;

		change_store(changes[i]);
		index_unit_parse = stop_on_u2;
		r = run_with(&db, &one);
		assert_int_equal(r.sum.fresh, 0);
		assert_int_equal(r.sum.parsed, 2);
		result_release(&r);
		index_unit_parse = unit_parse;
		expect(&db, "goes on", NR - 2, 2, 0);
		expect(&db, "known", 0, NR, 0);
	}
	compdb_release(&db);
}

/* ---- the commands, for whoever has only the database ---- */

static void expect_commands(const struct compdb *want, const char *name)
{
	char *path = in_tree("k.db");
	struct strbuf err = STRBUF_INIT, data = STRBUF_INIT;
	struct compdb got = COMPDB_INIT;
	struct store *store;
	size_t i;

	assert_int_equal(store_open(&store, path, STORE_READ, &err), 0);
	assert_int_equal(store_get_memo(store, 1, MEMO_COMMANDS, &data), 0);
	store_close(store);
	if (compdb_unpack(&got, data.buf, data.len) || got.nr != want->nr)
		fail_msg("%s: %zu commands", name, got.nr);
	for (i = 0; i < got.nr; i++) {
		assert_string_equal(got.cmds[i].file, want->cmds[i].file);
		assert_int_equal(got.cmds[i].argc, want->cmds[i].argc);
	}
	compdb_release(&got);
	strbuf_release(&data);
	free(path);
}

static void test_commands_are_kept(void **state)
{
	static char *argv[] = { (char *)"cc", (char *)"-c", (char *)"-Wnew" };
	struct compdb db = COMPDB_INIT;

	(void)state;
	add_commands(&db);
	expect(&db, "first", NR, 0, 0);
	expect_commands(&db, "first");
	compdb_add(&db, tree, "u1.c", argv, 3);
	run_only(&db, "another");
	expect_commands(&db, "another");
	db.nr--;
	run_only(&db, "gone");
	expect_commands(&db, "gone");
	db.nr++;
	compdb_release(&db);
}

static void write_json(const char *flag)
{
	char *text = xasprintf("[{\"directory\":\"%s\",\"file\":\"u1.c\","
			       "\"command\":\"cc %s\"}]",
			       tree, flag);

	write_file("cmds.json", text);
	free(text);
}

/* The second word of the only command that is loaded, at the end of time. */
static void expect_loaded(const char *expected, bool origin, int64_t now)
{
	char *json = in_tree("cmds.json"), *path = in_tree("k.db");
	struct compdb db = COMPDB_INIT;
	struct strbuf err = STRBUF_INIT;

	assert_int_equal(compdb_load_or_kept(&db, json, path, now, &err), 0);
	assert_int_equal(db.nr, 1);
	assert_string_equal(db.cmds[0].argv[1], expected);
	assert_int_equal(db.origin != NULL, origin);
	run_only(&db, expected);
	compdb_release(&db);
	free(json);
	free(path);
}

/* What is kept is made to differ from the file, which tells who was asked. */
static int keep_another(struct store *store, uint32_t config)
{
	static char *argv[] = { (char *)"cc", (char *)"-DKEPT" };
	struct compdb db = COMPDB_INIT;
	struct strbuf data = STRBUF_INIT;
	int ret;

	compdb_add(&db, tree, "u1.c", argv, 2);
	compdb_pack(&db, &data);
	ret = store_put_memo(store, config, MEMO_COMMANDS, data.buf, data.len);
	strbuf_release(&data);
	compdb_release(&db);
	return ret;
}

static int keep_nonsense(struct store *store, uint32_t config)
{
	return store_put_memo(store, config, MEMO_COMMANDS, "other", 5);
}

static void test_file_of_commands(void **state)
{
	(void)state;
	write_json("-DONE");
	/* it has just been written: another write may look the same */
	expect_loaded("-DONE", false, watch_now());
	change_store(keep_another);
	expect_loaded("-DONE", false, watch_now());
	expect_loaded("-DONE", true, INT64_MAX);
	change_store(keep_another);
	expect_loaded("-DKEPT", true, INT64_MAX);
	/* which a run with the same file takes to be what is kept */
	expect_loaded("-DKEPT", true, INT64_MAX);
	write_json("-DTHREE");
	expect_loaded("-DTHREE", true, INT64_MAX);
	change_store(keep_nonsense);
	expect_loaded("-DTHREE", true, INT64_MAX);
	/* what is in an @file does not show in the file that names it */
	write_file("a.rsp", "-DFOUR");
	write_json("@a.rsp");
	expect_loaded("-DFOUR", false, INT64_MAX);
	write_file("a.rsp", "-DFIVE");
	expect_loaded("-DFIVE", false, INT64_MAX);
}

/* ---- units that cannot be parsed ---- */

/* u4.c is a pipe that nobody writes to, u5.c has lost its @file. */
static void test_unparsable(void **state)
{
	const struct index_options opt = { .timeout = 10 };
	char *path = in_tree("u4.c");
	struct compdb db = COMPDB_INIT;
	struct result r;

	(void)state;
	assert_int_equal(unlink(path), 0);
	assert_int_equal(mkfifo(path, 0666), 0);
	add_commands(&db);
	db.cmds[5].broken = (char *)"@x.rsp cannot be read: No such file";
	r = run_with(&db, &opt);
	assert_int_equal(r.ret, 0);
	assert_int_equal(r.sum.by_status[UNIT_FAILED], 2);
	assert_int_equal(r.sum.failed, 2);
	assert_string_equal(r.sum.example[UNIT_FAILED], "u4.c");
	result_release(&r);
	expect_stored("u4.c 2 it is not a regular file");
	expect_stored("u5.c 2 @x.rsp cannot be read: No such file");
	compdb_release(&db);
	free(path);
}

/* A unit whose header changes while it is parsed. */
static int edit_on_u2(struct unit_parser *p, const char *dir, const char *file,
		      const struct parse_args *args, const char *pch,
		      struct unit_facts *facts)
{
	if (is_file(file, "u2.c")) {
		usleep(50000);
		write_file("inc/own2.h", "int changed(void);\n");
	}
	return unit_parse(p, dir, file, args, pch, facts);
}

static void test_changed_meanwhile(void **state)
{
	struct compdb db = COMPDB_INIT;
	struct result r;

	(void)state;
	write_file("inc/own2.h", "int before(void);\n");
	write_unit(2, "#include <own2.h>");
	add_commands(&db);
	index_unit_parse = edit_on_u2;
	r = run_with(&db, &usual);
	assert_int_equal(r.sum.parsed, NR);
	result_release(&r);
	index_unit_parse = unit_parse;
	expect(&db, "parsed again, to be sure", 1, NR - 1, 0);
	expect(&db, "known", 0, NR, 0);
	compdb_release(&db);
}

/* ---- the build directory ---- */

static void expect_name(const char *dir, const char *file, const char *want)
{
	char *from = in_tree(dir), *path = in_tree("k.db");
	struct compdb db = COMPDB_INIT;
	char *argv[] = { "clang", "-I..", "-c", "x.c" };

	compdb_add(&db, from, file, argv, ARRAY_SIZE(argv));
	compdb_add(&db, from, "../u0.c", argv, ARRAY_SIZE(argv));
	run_only(&db, dir);
	expect_stored(want);
	compdb_release(&db);
	unlink(path);
	free(from);
	free(path);
}

/* A folder of the tree that commands run in is no build directory. */
static void test_objdir(void **state)
{
	(void)state;
	make_parents("sub/x.c");
	write_file("sub/x.c", "int x;\n");
	expect_name("sub", "x.c", "sub/x.c 0");
	make_parents("out/include/generated/x.h");
	write_file("out/x.c", "int x;\n");
	expect_name("out", "x.c", "$O/x.c 0");
}

static void test_missing_file(void **state)
{
	struct compdb db = COMPDB_INIT;
	struct result r;
	char *path = in_tree("u5.c");

	(void)state;
	add_commands(&db);
	expect(&db, "first", NR, 0, 0);
	unlink(path);
	r = run_with(&db, &usual);
	assert_int_equal(r.ret, 0);
	assert_int_equal(r.sum.by_status[UNIT_MISSING], 1);
	assert_int_equal(r.sum.parsed, 0);
	assert_int_equal(r.sum.fresh, NR - 1);
	result_release(&r);
	expect_stored("u5.c 5 the file does not exist");
	write_unit(5, "");
	expect(&db, "back again", 1, NR - 1, 0);
	compdb_release(&db);
	free(path);
}

/* Two commands for one file are two units, unless they mean the same. */
static void test_two_commands(void **state)
{
	struct compdb db = COMPDB_INIT;

	(void)state;
	add_command(&db, "u0.c", "-DX=1");
	add_command(&db, "u0.c", "-DX=2");
	add_command(&db, "u0.c", "-Wall"); /* no meaning for a parse ... */
	add_command(&db, "u0.c", "-Wextra"); /* ... so the same again */
	expect(&db, "two commands", 3, 0, 0);
	expect(&db, "again", 0, 3, 0);
	compdb_release(&db);
}

static void test_foreign(void **state)
{
	static const struct {
		const char *name, *file, *tree, *expected;
	} table[] = {
		{ "no file exists", "/nowhere/a.c", NULL,
		  "c.json: none of the 1 files it names exists" },
		{ "none in the tree", "u0.c", "/nowhere",
		  "c.json: none of the 1 files it names lies below" },
		{ "no unit", NULL, NULL, "c.json: there is no C" },
	};
	char *path = in_tree("k.db");
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		const struct index_options opt = { .tree = table[i].tree };
		struct compdb db = COMPDB_INIT;
		struct result r;

		if (table[i].file)
			add_command(&db, table[i].file, "-DX");
		r = run_with(&db, &opt);
		if (r.ret != -EINVAL || !strstr(r.err.buf, table[i].expected))
			fail_msg("%s: %d '%s'", table[i].name, r.ret,
				 r.err.buf);
		result_release(&r);
		compdb_release(&db);
	}
	/* bad input makes no database */
	assert_int_equal(access(path, F_OK), -1);
	free(path);
}

/* What a killed run left behind goes, what is not ours stays. */
static void test_leftovers(void **state)
{
	struct compdb db = COMPDB_INIT;
	char *dir = in_tree("k.db.tmp"), *ours = in_tree("k.db.tmp/prefix-9.h");
	char *other = in_tree("k.db.tmp/letter");

	(void)state;
	mkdir(dir, 0777);
	write_file("k.db.tmp/prefix-9.h", "");
	write_file("k.db.tmp/letter", "");
	add_commands(&db);
	expect(&db, "leftovers", NR, 0, 0);
	assert_int_equal(access(ours, F_OK), -1);
	assert_int_equal(access(other, F_OK), 0);
	compdb_release(&db);
	free(dir);
	free(ours);
	free(other);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_tree, remove_tree)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_bad_unit),
		TEST(test_interrupted),
		TEST(test_verify),
		TEST(test_prefix_use),
		TEST(test_no_prefix),
		TEST(test_missing_header),
		TEST(test_missing_file),
		TEST(test_two_commands),
		TEST(test_foreign),
		TEST(test_leftovers),
		TEST(test_new_header),
		TEST(test_new_header_is_kept),
		TEST(test_all_stale),
		TEST(test_unparsable),
		TEST(test_objdir),
		TEST(test_changed_meanwhile),
		TEST(test_commands_are_kept),
		TEST(test_file_of_commands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
