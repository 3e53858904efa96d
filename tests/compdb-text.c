// SPDX-License-Identifier: GPL-2.0-only
/* Compilation databases as text: see compdb-text.h. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "compdb-text.h"

int compdb_dir_make(void **state)
{
	char *real;

	(void)state;
	if (tree_make("test-compdb"))
		return -1;
	real = realpath(tree, NULL);
	if (!real || strlen(real) >= sizeof(tree))
		return -1;
	strcpy(tree, real);
	free(real);
	return 0;
}

int load(struct compdb *db, const char *text, struct strbuf *err)
{
	char *path = in_tree("db.json");
	int ret;

	write_file("db.json", text);
	ret = compdb_load(db, path, err);
	free(path);
	return ret;
}

char *describe(const struct compdb *db)
{
	struct strbuf out = STRBUF_INIT;
	size_t i;
	int k;

	for (i = 0; i < db->nr; i++) {
		const struct compile_cmd *cmd = &db->cmds[i];

		strbuf_addf(&out, "%s%s|%s|%s", i ? "\n" : "", cmd->directory,
			    cmd->file, cmd->output ? cmd->output : "-");
		for (k = 0; k < cmd->argc; k++)
			strbuf_addf(&out, "|%s", cmd->argv[k]);
		assert_null(cmd->argv[cmd->argc]);
	}
	return strbuf_detach(&out);
}

char *with_dir(const char *s)
{
	struct strbuf out = STRBUF_INIT;

	for (; *s; s++) {
		if (*s == '%')
			strbuf_addstr(&out, tree);
		else
			strbuf_addch(&out, *s);
	}
	return strbuf_detach(&out);
}

/* What each stands behind the other. */
static const char *const both_ways[] = {
	"\"arguments\":[\"cc\",\"-DA\",\"-DB\",\"-DC\",\"a.c\"]",
	"\"arguments\":[\"cc\",\"-DA\",\"-DNEW\",\"-DB\",\"-DC\",\"b.c\"]",
	"\"arguments\":[\"cc\",\"-DB\",\"-DC\",\"c.c\"]",
	"\"arguments\":[\"cc\",\"-DB\",\"-D\",\"-DCC\",\"\",\"d.c\"]",
	"\"arguments\" : [ \"cc\" ,\n\"-DB=\\\"x y\\\"\",\"-D\\\\\" ]",
	"\"arguments\":[\"cc\",\"-DB=\\\"x y\\\"\",\"\\/\",\"\\u0041\"]",
	"\"arguments\":[\"cc\",\"-DB=\xc3\xa9\"]",
	"\"command\":\"cc -DA -DB -DC\"",
	"\"command\":\"cc -DA -DBB -DC\"",
	"\"command\":\"cc  -DB\\t-DC\"",
	"\"command\":\"cc -DB -DC='x y' -DD=\\\"z\\\" -DE\\\\ F\"",
	"\"command\":\"cc -DB -DC='x y' -DD=$(x) `y` -DE \"",
	"\"arguments\":[\"cc\",\"-DC='x y'\",\"-DB\"]",
	"\"command\":\"cc -DC='x y'\",\"output\":\"x.o\"",
	"\"output\":\"x.o\",\"arguments\":[\"cc\",\"-o\",\"x.o\"]",
	"\"command\":\"cc -DA\",\"arguments\":[\"cc\",\"-DB\"]",
};

const size_t nr_entries = ARRAY_SIZE(both_ways);

char *all_entries(const char *more)
{
	struct strbuf sb = STRBUF_INIT;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(both_ways); i++)
		strbuf_addf(&sb,
			    "%s{\"directory\":\"/o%zu\",%s\"file\":\"%zu.c\","
			    "%s}",
			    i ? ",\n" : "[", i / 5, more, i, both_ways[i]);
	strbuf_addstr(&sb, "]");
	return strbuf_detach(&sb);
}
