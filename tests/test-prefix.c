// SPDX-License-Identifier: GPL-2.0-only
/*
 * Directives of a text, which headers a group of units has in common, and which
 * of the units may use them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "indexer/condition.h"
#include "indexer/directive.h"
#include "indexer/prefix.h"
#include "indexer/tree-path.h"

/* ---- directives ---- */

static void test_directives(void **state)
{
	static const struct {
		const char *name, *text, *expected;
	} table[] = {
		{ "none", "int a;\n", "" },
		{ "include", "#include <linux/a.h>\n", "0 <linux/a.h>;" },
		{ "no newline at the end", "#define A 1", "1 A 1;" },
		{ "blanks", "  #\tdefine  A 1  \n", "1 A 1;" },
		{ "comment before it", "/* x */ # /* y */ undef A // z\n",
		  "2 A;" },
		{ "comment inside", "#define A /* x\n y */ 1\n", "1 A   1;" },
		{ "continued", "#if defined(A) && \\\n\tdefined(B)\nint x;\n",
		  "3 defined(A) && \tdefined(B);" },
		{ "in a comment", "/*\n#define A\n*/\n", "" },
		{ "in a line comment", "// \\\n#define A\n#define B\n",
		  "1 B;" },
		{ "comment in a string", "char *s = \"/*\";\n#define A\n",
		  "1 A;" },
		{ "quote in a character", "int c = '\"';\n#define A\n",
		  "1 A;" },
		{ "escaped quote", "char *s = \"\\\"/*\";\n#define A\n",
		  "1 A;" },
		{ "apostrophe in #error", "#error don't\n#define A\n",
		  "10 don't;1 A;" },
		{ "in the middle of a line", "int x; #define A\n", "" },
		{ "all",
		  "#ifdef A\n#elif B\n#else\n#endif\n#ifndef C\n"
		  "#pragma once\n#warning w\n",
		  "4 A;6 B;7 ;8 ;5 C;9 once;10 w;" },
		{ "comment not closed", "#define A\n/* #define B\n", "1 A;" },
		{ "empty directive", "#\n#define A\n", "10 ;1 A;" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct strbuf got = STRBUF_INIT;
		struct directive_scan scan;
		char *text = xmemdup(table[i].text, strlen(table[i].text));

		directive_scan_init(&scan, text, strlen(table[i].text));
		while (directive_next(&scan))
			strbuf_addf(&got, "%d %s;", (int)scan.kind,
				    scan.rest.buf);
		directive_scan_release(&scan);
		if (strcmp(got.buf, table[i].expected))
			fail_msg("%s: got '%s', expected '%s'", table[i].name,
				 got.buf, table[i].expected);
		strbuf_release(&got);
		free(text);
	}
}

static void test_identifiers(void **state)
{
	static const struct {
		const char *line, *expected;
	} table[] = {
		{ "", "" },
		{ "defined(A) && B_2 > 10", "defined A B_2 " },
		{ "0x1F + 3UL", "" },
		{ "\"in a string\" A 'x'", "A " },
		{ "\"not closed", "not closed " },
	};
	size_t i, len;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct strbuf got = STRBUF_INIT;
		const char *p = table[i].line, *word;

		while ((word = identifier_next(&p, &len))) {
			strbuf_add(&got, word, len);
			strbuf_addch(&got, ' ');
		}
		assert_string_equal(got.buf, table[i].expected);
		strbuf_release(&got);
	}
}

static void test_tree_path(void **state)
{
	static const struct {
		const char *path, *name;
	} table[] = {
		{ "/t/drivers/a.c", "drivers/a.c" },
		{ "/t/o/gen.h", "$O/gen.h" },
		{ "/tree2/a.c", "/tree2/a.c" },
		{ "/usr/include/x.h", "/usr/include/x.h" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct strbuf sb = STRBUF_INIT;

		tree_path_add(&sb, "/t", "/t/o", table[i].path);
		assert_string_equal(sb.buf, table[i].name);
		strbuf_reset(&sb);
		tree_path_open(&sb, "/t", "/t/o", table[i].name);
		assert_string_equal(sb.buf, table[i].path);
		strbuf_release(&sb);
	}
}

/* ---- conditions ---- */

/* Y is defined, N is not, and of all others nothing is known. */
static enum truth look_up(const void *data, const char *name, size_t len)
{
	(void)data;
	if (len == 1 && *name == 'Y')
		return TRUTH_YES;
	return len == 1 && *name == 'N' ? TRUTH_NO : TRUTH_UNKNOWN;
}

static void test_condition(void **state)
{
	static const struct {
		const char *expr;
		enum truth expected;
	} table[] = {
		{ "defined(Y)", TRUTH_YES },
		{ "defined Y", TRUTH_YES },
		{ "defined ( N )", TRUTH_NO },
		{ "!defined(N)", TRUTH_YES },
		{ "!defined(Q)", TRUTH_UNKNOWN },
		{ "defined(Q) && defined(N)", TRUTH_NO },
		{ "defined(Q) || defined(Y)", TRUTH_YES },
		{ "defined(N) || defined(Y) && defined(N)", TRUTH_NO },
		{ "(defined(N) || defined(Y)) && !defined(N)", TRUTH_YES },
		{ "!(defined(Y) && defined(Y))", TRUTH_NO },
		{ "IS_ENABLED(Y)", TRUTH_YES },
		{ "IS_ENABLED(N)", TRUTH_UNKNOWN },
		{ "!IS_ENABLED(Y)", TRUTH_NO },
		{ "Y", TRUTH_UNKNOWN },
		{ "0", TRUTH_UNKNOWN },
		{ "Y > 2 && defined(N)", TRUTH_NO },
		{ "defined(Y) == 1", TRUTH_UNKNOWN },
		{ "(defined(Y)) + 1", TRUTH_UNKNOWN },
		{ "FOO(a, b) || defined(Y)", TRUTH_YES },
		{ "defined(YY)", TRUTH_UNKNOWN },
		{ "defined(", TRUTH_UNKNOWN },
		{ "", TRUTH_UNKNOWN },
		{ "defined(Y))", TRUTH_UNKNOWN },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++)
		if (condition_eval(table[i].expr, look_up, NULL) !=
		    table[i].expected)
			fail_msg("'%s'", table[i].expr);
}

/* Which of the #define lines may be reached. */
static void test_live(void **state)
{
	static const struct {
		const char *name, *text, *expected;
	} table[] = {
		{ "none", "#define a\n", "a" },
		{ "true",
		  "#ifdef Y\n#define a\n#else\n#define b\n#endif\n"
		  "#define c\n",
		  "ac" },
		{ "false", "#ifdef N\n#define a\n#else\n#define b\n#endif\n",
		  "b" },
		{ "unknown", "#ifdef Q\n#define a\n#else\n#define b\n#endif\n",
		  "ab" },
		{ "ifndef", "#ifndef Y\n#define a\n#else\n#define b\n#endif\n",
		  "b" },
		{ "nested",
		  "#ifdef N\n#ifdef Y\n#define a\n#endif\n#else\n"
		  "#ifdef Y\n#define b\n#endif\n#endif\n",
		  "b" },
		{ "elif after true",
		  "#if defined(Y)\n#define a\n#elif defined(Y)\n#define b\n"
		  "#else\n#define c\n#endif\n",
		  "a" },
		{ "elif after unknown",
		  "#if Q\n#define a\n#elif defined(N)\n#define b\n"
		  "#elif defined(Y)\n#define c\n#else\n#define d\n#endif\n",
		  "ac" },
		{ "no #if", "#else\n#define a\n#endif\n#endif\n#define b\n",
		  "ab" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct strbuf got = STRBUF_INIT;
		struct directive_scan scan;
		struct live live;

		directive_scan_init(&scan, table[i].text,
				    strlen(table[i].text));
		live_init(&live, look_up, NULL);
		while (directive_next(&scan))
			if (live_step(&live, scan.kind, scan.rest.buf) &&
			    scan.kind == DIRECTIVE_DEFINE)
				strbuf_addstr(&got, scan.rest.buf);
		directive_scan_release(&scan);
		if (strcmp(got.buf, table[i].expected))
			fail_msg("%s: got '%s', expected '%s'", table[i].name,
				 got.buf, table[i].expected);
		strbuf_release(&got);
	}
}

/* Deeper than it can follow: nothing is left out, and it finds back. */
static void test_live_depth(void **state)
{
	struct live live;
	int i;

	(void)state;
	live_init(&live, look_up, NULL);
	for (i = 0; i < LIVE_DEPTH + 3; i++)
		assert_true(live_step(&live, DIRECTIVE_IFDEF, "Y"));
	assert_true(live_step(&live, DIRECTIVE_DEFINE, "a"));
	while (i--)
		live_step(&live, DIRECTIVE_ENDIF, "");
	live_step(&live, DIRECTIVE_IFDEF, "N");
	assert_false(live_step(&live, DIRECTIVE_DEFINE, "a"));
}

/* ---- a small tree ---- */

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

static int make_tree(void **state)
{
	const char *tmp = getenv("TMPDIR");
	char *path;

	(void)state;
	snprintf(tree, sizeof(tree), "%s/test-prefix-XXXXXX",
		 tmp ? tmp : "/tmp");
	if (!mkdtemp(tree))
		return -1;
	path = in_tree("inc");
	mkdir(path, 0777);
	free(path);
	write_file("inc/all.h", "#ifndef ALL_H\n#define ALL_H\n"
				"#ifdef VERBOSE\nvoid verbose(void);\n#endif\n"
				"#ifndef fmt\n#define fmt(x) x\n#endif\n"
				"#if defined(KIND) || LEVEL > 2\n#endif\n"
				"#ifndef DEPTH\nint shallow;\n#endif\n"
				"#ifdef NEVER\n#ifdef INNER\n#endif\n#endif\n"
				"#define CONFIG_SET 1\n"
				"#if defined(CONFIG_SET) || defined(SECOND)\n"
				"#elif defined(LATE)\n#endif\n"
				"#endif\n");
	write_file("inc/some.h", "#pragma once\n");
	write_file("inc/one.h", "#pragma once\n");
	write_file("inc/list.h", "ENTRY(1)\n");
	write_file("inc/broken.h", "#pragma once\nint x = ;\n");
	write_file("inc/nested.h", "#pragma once\n#include \"bad.h\"\n");
	write_file("inc/bad.h", "#pragma once\nint y = ;\n");
	path = in_tree("drv");
	mkdir(path, 0777);
	free(path);
	write_file("drv/core.h", "#pragma once\n#include \"types.h\"\n"
				 "void core(struct types *t);\n");
	write_file("drv/types.h", "#ifndef T\n#define T\n"
				  "struct types { int x; };\n#endif\n");
	write_file("drv/events.h",
		   "#undef SYSTEM\n#define SYSTEM drv\n"
		   "#if !defined(EVENTS_H) || defined(MULTI)\n"
		   "#define EVENTS_H\nvoid event(void);\n#endif\n");
	write_file("drv/verbose.h", "#pragma once\n#define VERBOSE\n"
				    "#include <all.h>\n");
	write_file("drv/switch.h", "#pragma once\n#define BIG\n");
	write_file("drv/switched.h", "#pragma once\n#ifdef BIG\n#endif\n");
	write_file("drv/selfish.h", "#pragma once\n#define HERE\n"
				    "#ifdef HERE\n#endif\n");
	return 0;
}

static int remove_tree(void **state)
{
	char *cmd = xasprintf("rm -rf '%s'", tree);

	(void)state;
	if (system(cmd))
		return -1;
	free(cmd);
	return 0;
}

enum { MAX_UNITS = 8 };

struct group {
	struct compile_cmd cmds[MAX_UNITS];
	struct parse_args args[MAX_UNITS];
	struct prefix_unit units[MAX_UNITS];
	size_t nr;
	const char *dir; /* with a '/' at its end; NULL: the tree itself */
};

static void add_unit(struct group *g, const char *text, char **argv, int argc)
{
	struct compile_cmd *cmd = &g->cmds[g->nr];
	char *name = xasprintf("%su%zu.c", g->dir ? g->dir : "", g->nr);

	write_file(name, text);
	cmd->directory = tree;
	cmd->file = in_tree(name);
	g->args[g->nr].argv = argv;
	g->args[g->nr].argc = argc;
	g->units[g->nr].cmd = cmd;
	g->units[g->nr].args = &g->args[g->nr];
	g->nr++;
	free(name);
}

static void group_release(struct group *g)
{
	while (g->nr)
		free(g->cmds[--g->nr].file);
}

static char *plain_argv[] = { "-Iinc", "-DA", "-DKBUILD_MODNAME=\"m\"" };

static struct prefix *make_kind(struct group *g, enum prefix_kind kind,
				struct prefix *parent)
{
	char *stem = in_tree(parent ? "prefix-1" : "prefix-0");
	struct prefix *p = prefix_new(kind, parent, g->units, g->nr, stem);

	free(stem);
	return p;
}

static struct prefix *make_prefix(struct group *g)
{
	return make_kind(g, PREFIX_COMMON, NULL);
}

/* Most used first, then by name; not those that nobody else uses, that can be
 * included many times, or that do not exist. */
static void test_choice(void **state)
{
	static const char *const sources[] = {
		"#include <some.h>\n#include <all.h>\n#include <list.h>\n",
		"#include <broken.h>\n#include <all.h>\n#include <list.h>\n",
		"#include <all.h>\n#include <some.h>\n#include <none.h>\n",
		"#include <one.h>\n#include <all.h>\n#include <all.h>\n"
		"#include <broken.h>\n#include <none.h>\n#include \"own.h\"\n",
	};
	struct strbuf text = STRBUF_INIT;
	struct group g = { .nr = 0 };
	struct prefix *p;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(sources); i++)
		add_unit(&g, sources[i], plain_argv, ARRAY_SIZE(plain_argv));
	p = make_prefix(&g);
	assert_non_null(p);
	prefix_text(p, &text);
	assert_string_equal(text.buf,
			    "#define KBUILD_MODNAME \"<KBUILD_MODNAME>\"\n"
			    "#include <all.h>\n"
			    "#include <broken.h>\n"
			    "#include <some.h>\n");
	prefix_free(p);
	strbuf_release(&text);
	group_release(&g);
}

static void test_nothing_in_common(void **state)
{
	struct group g = { .nr = 0 };

	(void)state;
	add_unit(&g, "#include <one.h>\n", plain_argv, 3);
	add_unit(&g, "#include \"some.h\"\n", plain_argv, 3);
	add_unit(&g, "int x;\n", plain_argv, 3);
	assert_null(make_prefix(&g));
	group_release(&g);
}

/* Headers that do not compile are found, whether they are named or not. */
static void test_build(void **state)
{
	struct unit_parser *parser = unit_parser_new(tree, NULL);
	struct strbuf text = STRBUF_INIT;
	struct group g = { .nr = 0 };
	struct unit_facts facts;
	struct prefix *p;
	int i;

	(void)state;
	for (i = 0; i < 4; i++)
		add_unit(&g,
			 "#include <all.h>\n#include <broken.h>\n"
			 "#include <nested.h>\n#include <some.h>\n",
			 plain_argv, 3);
	unit_facts_init(&facts);
	p = make_prefix(&g);
	assert_non_null(p);
	assert_int_equal(prefix_build(p, parser, &facts), 0);
	prefix_text(p, &text);
	assert_string_equal(text.buf,
			    "#define KBUILD_MODNAME \"<KBUILD_MODNAME>\"\n"
			    "#include <all.h>\n"
			    "#include <some.h>\n");
	assert_int_equal(access(prefix_pch(p), R_OK), 0);
	prefix_free(p);
	unit_facts_release(&facts);
	unit_parser_free(parser);
	strbuf_release(&text);
	group_release(&g);
}

/* Build what was made of @g, and learn; NULL when it came to nothing. */
static struct prefix *built(struct prefix *p, struct unit_parser *parser)
{
	struct unit_facts facts;

	assert_non_null(p);
	unit_facts_init(&facts);
	assert_int_equal(prefix_build(p, parser, &facts), 0);
	prefix_learn(p, &facts, tree, NULL);
	unit_facts_release(&facts);
	return p;
}

/* A prefix on top of another: private headers behind those of all units. */
static void test_child(void **state)
{
	struct unit_parser *parser = unit_parser_new(tree, NULL);
	struct group all = { .nr = 0 }, g = { .nr = 0, .dir = "drv/" };
	struct strbuf text = STRBUF_INIT;
	struct prefix *parent, *p;
	struct unit_facts facts;
	char *expected;
	int i;

	(void)state;
	for (i = 0; i < 4; i++)
		add_unit(&all, "#include <all.h>\n", plain_argv, 3);
	for (i = 0; i < 4; i++)
		add_unit(&g,
			 "#include <all.h>\n#include \"events.h\"\n"
			 "#include <some.h>\n#include \"core.h\"\n"
			 "void f(struct types *t)\n{\n\tcore(t);\n}\n",
			 plain_argv, 3);
	parent = built(make_prefix(&all), parser);
	p = built(make_kind(&g, PREFIX_CHILD, parent), parser);
	prefix_text(p, &text);
	expected = xasprintf("#include <some.h>\n"
			     "#include \"%s/drv/events.h\"\n"
			     "#include \"%s/drv/core.h\"\n"
			     "#pragma push_macro(\"fmt\")\n"
			     "#pragma pop_macro(\"fmt\")\n",
			     tree, tree);
	assert_string_equal(text.buf, expected);
	assert_true(prefix_is_harmless(p));
	assert_true(prefix_fits(p, &g.units[0]));
	unit_facts_init(&facts);
	unit_parse(parser, tree, g.cmds[0].file, &g.args[0], prefix_pch(p),
		   &facts);
	assert_int_equal(facts.status, UNIT_OK);
	assert_int_equal(facts.nr_calls, 1);
	/* itself, and events.h: what stands in front of a guard is read */
	assert_int_equal(facts.nr_deps, 2);
	unit_facts_release(&facts);
	prefix_free(p);
	prefix_free(parent);
	unit_parser_free(parser);
	strbuf_release(&text);
	free(expected);
	group_release(&all);
	group_release(&g);
}

/* The string that @slot is set to, or "" for none. */
static const char *literal_in(const struct unit_facts *f, const char *slot)
{
	uint32_t i;

	for (i = 0; i < f->nr_assigns; i++)
		if (f->assigns[i].rhs.kind == VALUE_STRING &&
		    !strcmp(interner_get(&f->strings, f->assigns[i].slot),
			    slot))
			return interner_get(&f->strings,
					    f->assigns[i].rhs.base);
	return "";
}

/* What a unit calls itself is known in its own file, either way. */
static void test_own_name(void **state)
{
	struct unit_parser *parser = unit_parser_new(tree, NULL);
	struct group g = { .nr = 0 };
	struct unit_facts facts;
	struct prefix *p;
	const char *pch;
	int i;

	(void)state;
	for (i = 0; i < 4; i++)
		add_unit(
			&g,
			"#include <all.h>\n#define NAME KBUILD_MODNAME\n"
			"static struct named { const char *name, *kind; } v = {"
			"\n.name = NAME, .kind = KBUILD_MODNAME \".k\" };\n"
			"struct named *f(void)\n{\n\treturn &v;\n}\n",
			plain_argv, 3);
	p = built(make_prefix(&g), parser);
	unit_facts_init(&facts);
	for (pch = prefix_pch(p);; pch = NULL) {
		unit_parse(parser, tree, g.cmds[0].file, &g.args[0], pch,
			   &facts);
		assert_int_equal(facts.status, UNIT_OK);
		assert_string_equal(literal_in(&facts, "named@u0.c.name"), "m");
		assert_string_equal(literal_in(&facts, "named@u0.c.kind"),
				    "m.k");
		if (!pch)
			break;
	}
	unit_facts_release(&facts);
	prefix_free(p);
	unit_parser_free(parser);
	group_release(&g);
}

/* A macro of the parent keeps its meaning where the child uses its name. */
static void test_child_keeps_macros(void **state)
{
	struct unit_parser *parser = unit_parser_new(tree, NULL);
	struct group all = { .nr = 0 }, g = { .nr = 0, .dir = "drv/" };
	struct prefix *parent, *p;
	struct unit_facts facts;
	int i;

	(void)state;
	write_file("inc/least.h", "#ifndef LEAST_H\n#define LEAST_H\n"
				  "#define least(x) ((x) + 1)\n#endif\n");
	write_file("drv/range.h", "#ifndef RANGE_H\n#define RANGE_H\n"
				  "struct range { int least; };\n#endif\n");
	for (i = 0; i < 4; i++)
		add_unit(&all, "#include <least.h>\n", plain_argv, 3);
	for (i = 0; i < 4; i++)
		add_unit(&g,
			 "#include <least.h>\n#include \"range.h\"\n"
			 "int f(struct range *r)\n{\n"
			 "\treturn least(r->least);\n}\n",
			 plain_argv, 3);
	parent = built(make_prefix(&all), parser);
	p = built(make_kind(&g, PREFIX_CHILD, parent), parser);
	unit_facts_init(&facts);
	unit_parse(parser, tree, g.cmds[0].file, &g.args[0], prefix_pch(p),
		   &facts);
	assert_int_equal(facts.status, UNIT_OK);
	assert_int_equal(facts.nr_defs, 1);
	assert_int_equal(facts.nr_calls, 0);
	unit_facts_release(&facts);
	prefix_free(p);
	prefix_free(parent);
	unit_parser_free(parser);
	group_release(&all);
	group_release(&g);
}

/* What a private header defines must be nothing to the others. */
static void test_harmless(void **state)
{
	static const struct {
		const char *name, *text;
		bool expected;
	} table[] = {
		{ "nothing", "#include <all.h>\n#include \"core.h\"\n", true },
		{ "what the parent tests",
		  "#include <all.h>\n#include \"verbose.h\"\n", false },
		{ "what another one tests",
		  "#include \"switch.h\"\n#include \"switched.h\"\n", false },
		{ "what it tests itself", "#include \"selfish.h\"\n", true },
	};
	struct unit_parser *parser = unit_parser_new(tree, NULL);
	struct group all = { .nr = 0 };
	struct prefix *parent, *p;
	size_t i;
	int j;

	(void)state;
	for (j = 0; j < 4; j++)
		add_unit(&all, "#include <all.h>\n", plain_argv, 3);
	parent = built(make_prefix(&all), parser);
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct group g = { .nr = 0, .dir = "drv/" };

		for (j = 0; j < 4; j++)
			add_unit(&g, table[i].text, plain_argv, 3);
		p = built(make_kind(&g, PREFIX_CHILD, parent), parser);
		if (prefix_is_harmless(p) != table[i].expected)
			fail_msg("%s", table[i].name);
		prefix_free(p);
		group_release(&g);
	}
	prefix_free(parent);
	unit_parser_free(parser);
	group_release(&all);
}

/* Units that all begin alike, and who may use what they begin with. */
static void test_lead(void **state)
{
	static const struct {
		const char *name, *text;
		bool expected;
	} table[] = {
		{ "alike",
		  "#include \"verbose.h\"\n#include <some.h>\n"
		  "#include <one.h>\n",
		  true },
		{ "another first",
		  "#include <some.h>\n#include \"verbose.h\"\n", false },
		{ "one missing", "#include \"verbose.h\"\n", false },
		{ "a definition in front",
		  "#define fmt(x) x\n#include \"verbose.h\"\n"
		  "#include <some.h>\n",
		  true },
		{ "one that matters",
		  "#define KIND\n#include \"verbose.h\"\n"
		  "#include <some.h>\n",
		  false },
		{ "a condition in front",
		  "#ifdef X\n#include \"verbose.h\"\n#include <some.h>\n"
		  "#endif\n",
		  false },
	};
	struct unit_parser *parser = unit_parser_new(tree, NULL);
	struct group g = { .nr = 0, .dir = "drv/" };
	struct strbuf text = STRBUF_INIT;
	struct prefix *p;
	char *expected;
	size_t i;

	(void)state;
	for (i = 0; i < 7; i++)
		add_unit(&g,
			 "#include \"verbose.h\"\n#include <some.h>\n"
			 "#include \"none.h\"\n",
			 plain_argv, 3);
	add_unit(&g, "#include <some.h>\n", plain_argv, 3);
	p = built(make_kind(&g, PREFIX_LEAD, NULL), parser);
	prefix_text(p, &text);
	expected = xasprintf("#define KBUILD_MODNAME \"<KBUILD_MODNAME>\"\n"
			     "#include \"%s/drv/verbose.h\"\n"
			     "#include \"%s/inc/some.h\"\n",
			     tree, tree);
	assert_string_equal(text.buf, expected);
	assert_true(prefix_is_harmless(p));
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct group one = { .nr = 0, .dir = "drv/" };

		add_unit(&one, table[i].text, plain_argv, 3);
		if (prefix_fits(p, &one.units[0]) != table[i].expected)
			fail_msg("%s", table[i].name);
		group_release(&one);
	}
	prefix_free(p);
	unit_parser_free(parser);
	strbuf_release(&text);
	free(expected);
	group_release(&g);
}

/* ---- who fits ---- */

static struct prefix *learned(struct group *g, struct unit_facts *facts)
{
	struct prefix *p;
	struct fact_dep dep = { 0 };
	int i;

	for (i = 0; i < 4; i++)
		add_unit(g, "#include <all.h>\n", plain_argv, 3);
	unit_facts_init(facts);
	dep.file = interner_addstr(&facts->strings, "inc/all.h");
	ALLOC_GROW(facts->deps, 1, facts->alloc_deps);
	facts->deps[facts->nr_deps++] = dep;
	p = make_prefix(g);
	prefix_learn(p, facts, tree, NULL);
	return p;
}

static void test_fits_source(void **state)
{
	static const struct {
		const char *name, *text;
		bool expected;
	} table[] = {
		{ "plain", "#include <all.h>\nint x;\n", true },
		{ "ifdef", "#define VERBOSE\n#include <all.h>\n", false },
		{ "undef", "#undef VERBOSE\n#include <all.h>\n", false },
		{ "defined()", "#define KIND 1\n#include <all.h>\n", false },
		{ "in an expression", "#define LEVEL 3\n#include <all.h>\n",
		  false },
		{ "ifndef with more in it", "#define DEPTH\n#include <all.h>\n",
		  false },
		{ "a default", "#define fmt(x) \"m: \" x\n#include <all.h>\n",
		  true },
		{ "a name nobody tests", "#define OTHER\n#include <all.h>\n",
		  true },
		{ "afterwards", "#include <all.h>\n#define VERBOSE\n", true },
		{ "between",
		  "#include <one.h>\n#define VERBOSE\n"
		  "#include \"x.h\"\n",
		  false },
		{ "in a comment", "/*\n#define VERBOSE\n*/\n#include <all.h>\n",
		  true },
		{ "a longer name", "#define VERBOSE_2\n#include <all.h>\n",
		  true },
		{ "where no way leads", "#define INNER\n#include <all.h>\n",
		  true },
		{ "the way there", "#define NEVER\n#include <all.h>\n", false },
		{ "after what is true", "#define LATE\n#include <all.h>\n",
		  true },
		{ "where it does not come",
		  "#ifndef CONFIG_SET\n#define VERBOSE\n#endif\n"
		  "#include <all.h>\n",
		  true },
		{ "where it may come",
		  "#ifndef CONFIG_OTHER\n#define VERBOSE\n#endif\n"
		  "#include <all.h>\n",
		  false },
		{ "of the compiler's own",
		  "#ifndef __clang__\n#define KIND\n#else\n"
		  "#define VERBOSE\n#endif\n#include <all.h>\n",
		  false },
	};
	struct group g = { .nr = 0 };
	struct unit_facts facts;
	struct prefix *p = learned(&g, &facts);
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct group one = { .nr = 0 };

		add_unit(&one, table[i].text, plain_argv, 3);
		if (prefix_fits(p, &one.units[0]) != table[i].expected)
			fail_msg("%s", table[i].name);
		group_release(&one);
	}
	prefix_free(p);
	unit_facts_release(&facts);
	group_release(&g);
}

static void test_fits_command(void **state)
{
	static const struct {
		const char *name;
		const char *argv[4];
		int argc;
		bool expected;
	} table[] = {
		{ "the same", { "-Iinc", "-DKBUILD_MODNAME=\"y\"" }, 2, true },
		{ "own directory last",
		  { "-Iinc", "-Idrivers/x", "-DKBUILD_MODNAME=\"y\"" },
		  3,
		  true },
		{ "own directory first",
		  { "-Idrivers/x", "-Iinc", "-DKBUILD_MODNAME=\"y\"" },
		  3,
		  false },
		{ "directory missing", { "-DKBUILD_MODNAME=\"y\"" }, 1, false },
		{ "define missing", { "-Iinc" }, 1, false },
		{ "one define more",
		  { "-Iinc", "-DKBUILD_MODNAME=\"y\"", "-DKBUILD_BASENAME=y" },
		  3,
		  false },
		{ "another define",
		  { "-Iinc", "-DKBUILD_MODFILE=\"y\"" },
		  2,
		  false },
	};
	struct group g = { .nr = 0 };
	struct unit_facts facts;
	struct prefix *p = learned(&g, &facts);
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct group one = { .nr = 0 };

		add_unit(&one, "int x;\n", (char **)table[i].argv,
			 table[i].argc);
		if (prefix_fits(p, &one.units[0]) != table[i].expected)
			fail_msg("%s", table[i].name);
		group_release(&one);
	}
	prefix_free(p);
	unit_facts_release(&facts);
	group_release(&g);
}

/* A unit's own header may define the name; a shared one is trusted. */
static void test_fits_facts(void **state)
{
	static const struct {
		const char *file;
		bool expected;
	} table[] = {
		{ "own-plain.h", true },
		{ "own-verbose.h", false },
		{ "inc/shared-verbose.h", true },
		{ "not-there.h", false },
	};
	struct group g = { .nr = 0 };
	struct unit_facts facts, seen;
	struct prefix *p = learned(&g, &facts);
	size_t i;
	int again;

	(void)state;
	write_file("own-plain.h", "#define OTHER\n");
	write_file("own-verbose.h", "#define VERBOSE\n");
	write_file("inc/shared-verbose.h", "#define VERBOSE\n");
	unit_facts_init(&seen);
	for (i = 0; i < ARRAY_SIZE(table) * 2; i++) {
		struct fact_dep dep = { 0 };
		size_t row = i % ARRAY_SIZE(table);

		again = i >= ARRAY_SIZE(table);
		unit_facts_clear(&seen);
		dep.file = interner_addstr(&seen.strings, table[row].file);
		ALLOC_GROW(seen.deps, 1, seen.alloc_deps);
		seen.deps[seen.nr_deps++] = dep;
		if (prefix_fits_facts(p, &g.units[0], &seen, tree, NULL) !=
		    table[row].expected)
			fail_msg("%s%s", table[row].file,
				 again ? ", asked again" : "");
	}
	prefix_free(p);
	unit_facts_release(&facts);
	unit_facts_release(&seen);
	group_release(&g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_directives),
		cmocka_unit_test(test_identifiers),
		cmocka_unit_test(test_tree_path),
		cmocka_unit_test(test_condition),
		cmocka_unit_test(test_live),
		cmocka_unit_test(test_live_depth),
		cmocka_unit_test(test_choice),
		cmocka_unit_test(test_nothing_in_common),
		cmocka_unit_test(test_build),
		cmocka_unit_test(test_child),
		cmocka_unit_test(test_child_keeps_macros),
		cmocka_unit_test(test_own_name),
		cmocka_unit_test(test_harmless),
		cmocka_unit_test(test_lead),
		cmocka_unit_test(test_fits_source),
		cmocka_unit_test(test_fits_command),
		cmocka_unit_test(test_fits_facts),
	};

	return cmocka_run_group_tests(tests, make_tree, remove_tree);
}
