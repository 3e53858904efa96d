// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which headers a group of units has in common, and the prefix header that is
 * built of them. Which other units may use it is test-prefix-fit.c's.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "prefix-group.h"

/* Most used first, then by name; not those that nobody else uses, that can be
 * included many times, or that do not exist. */
static void test_choice(void **state)
{
	static const char *const sources[] = {
		"#include <some.h>\n#include <all.h>\n#include <list.h>\n",
		"#include <broken.h>\n#include <all.h>\n#include <list.h>\n",
		"#include <all.h>\n#include <some.h>\n#include <none.h>\n",
		("#include <one.h>\n#include <all.h>\n#include <all.h>\n"
		 "#include <broken.h>\n#include <none.h>\n#include "
		 "\"own.h\"\n"),
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

/* Headers that kernel-wide ones are made of and that stand elsewhere. */
static void test_parts(void **state)
{
	static const struct {
		const char *name, *part;
		bool expected;
	} table[] = {
		{ "stood in for",
		  "#ifndef ENV_H\n#define ENV_H\n"
		  "#define THEIRS\n#endif\n",
		  true },
		{ "changes another one",
		  "#ifndef ENV_H\n#define ENV_H\n"
		  "#endif\n#define ENV_TEST\n",
		  false },
		{ "another's guard", "#define ENV_H\n#define THEIRS\n", false },
	};
	struct unit_parser *parser = unit_parser_new(tree, NULL);
	struct group g = { .nr = 0 };
	size_t i;

	(void)state;
	write_file("inc/env.h", "#ifndef ENV_H\n#define ENV_H\n"
				"#ifdef ENV_TEST\nint env_test(void);\n"
				"#endif\n#endif\n");
	write_file("inc/parts.h", "#pragma once\n#include <env.h>\n"
				  "#include \"../drv/part.h\"\n");
	for (i = 0; i < 4; i++)
		add_unit(&g, "#include <parts.h>\n", plain_argv, 3);
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct prefix *p;

		write_file("drv/part.h", table[i].part);
		p = built(make_prefix(&g), parser);
		if (prefix_is_harmless(p) != table[i].expected)
			fail_msg("%s", table[i].name);
		prefix_free(p);
	}
	unit_parser_free(parser);
	group_release(&g);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_choice),
		cmocka_unit_test(test_nothing_in_common),
		cmocka_unit_test(test_build),
		cmocka_unit_test(test_child),
		cmocka_unit_test(test_child_keeps_macros),
		cmocka_unit_test(test_own_name),
		cmocka_unit_test(test_harmless),
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_lead),
	};

	return cmocka_run_group_tests(tests, prefix_tree_make, tree_remove);
}
