// SPDX-License-Identifier: GPL-2.0-only
/* Units of a group: see prefix-group.h. */
#include <stddef.h>

#include "util/alloc.h"

#include "prefix-group.h"

char *plain_argv[3] = { "-Iinc", "-DA", "-DKBUILD_MODNAME=\"m\"" };

int prefix_tree_make(void **state)
{
	(void)state;
	if (tree_make("test-prefix"))
		return -1;
	make_dir("inc");
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
	make_dir("drv");
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

void add_unit(struct group *g, const char *text, char **argv, int argc)
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

void group_release(struct group *g)
{
	while (g->nr)
		free(g->cmds[--g->nr].file);
}

struct prefix *make_kind(struct group *g, enum prefix_kind kind,
			 struct prefix *parent)
{
	char *stem = in_tree(parent ? "prefix-1" : "prefix-0");
	struct prefix *p = prefix_new(kind, parent, g->units, g->nr, stem);

	free(stem);
	return p;
}

struct prefix *make_prefix(struct group *g)
{
	return make_kind(g, PREFIX_COMMON, NULL);
}
