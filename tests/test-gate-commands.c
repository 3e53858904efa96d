// SPDX-License-Identifier: GPL-2.0-only
/*
 * Commands of files that a patch adds: whom they take after, and which module
 * they are for. That is what the patched Makefile says, and never the
 * neighbour's.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "gate/commands.h"
#include "indexer/module.h"

#include "gate-tree.h"

/* foo of two sources, bar and baz of one each, qux of the tree's other end. */
static const struct unit_command {
	const char *path, *words[3];
} units[] = {
	{ "drivers/c/bar.c",
	  { "-DKBUILD_MODFILE=\"drivers/c/bar\"",
	    "-DKBUILD_MODNAME=\"bar\"" } },
	{ "drivers/c/baz.c",
	  { "-DKBUILD_MODFILE=\"drivers/c/baz\"",
	    "-DKBUILD_MODNAME=\"baz\"" } },
	{ "drivers/c/foo_one.c",
	  { "-DKBUILD_MODFILE=\"drivers/c/foo\"", "-DKBUILD_MODNAME=\"foo\"",
	    "-DFOO" } },
	{ "drivers/c/foo_two.c",
	  { "-DKBUILD_MODFILE=\"drivers/c/foo\"", "-DKBUILD_MODNAME=\"foo\"",
	    "-DFOO_TOO" } },
	{ "drivers/m/qux.c", { "-DMODULE", "-DKBUILD_MODNAME=\"qux\"" } },
};

#define OLD_MAKEFILE                                                           \
	"obj-y += bar.o baz.o foo.o\n"                                         \
	"foo-y := foo_one.o foo_two.o\n"

static const struct row {
	const char *name;
	struct edit edits[MAX_EDITS];
	const char *file; /* that is asked about */
	const char *modules; /* of its command */
	const char *neighbour; /* or NULL where that does not matter */
} rows[] = {
	{ .name = "one more source of a module",
	  .edits = { { "drivers/c/Makefile",
		       "obj-y += bar.o baz.o foo.o\n"
		       "foo-y := foo_one.o foo_two.o new.o\n",
		       NULL },
		     { "drivers/c/new.c", "int x;\n", NULL } },
	  .file = "drivers/c/new.c",
	  .modules = "drivers/c/foo",
	  .neighbour = "drivers/c/foo_one.c" },
	{ .name = "a module of its own",
	  .edits = { { "drivers/c/Makefile",
		       OLD_MAKEFILE "obj-$(CONFIG_NEW) += new.o\n", NULL },
		     { "drivers/c/new.c", "int x;\n", NULL } },
	  .file = "drivers/c/new.c",
	  .modules = "drivers/c/new",
	  .neighbour = "drivers/c/bar.c" },
	{ .name = "a new module of two sources",
	  .edits = { { "drivers/c/Makefile",
		       OLD_MAKEFILE "obj-$(CONFIG_NEW) += new-thing.o\n"
				    "new-thing-objs := new.o more.o\n",
		       NULL },
		     { "drivers/c/new.c", "int x;\n", NULL },
		     { "drivers/c/more.c", "int y;\n", NULL } },
	  .file = "drivers/c/more.c",
	  .modules = "drivers/c/new-thing" },
	{ .name = "listed by a makefile above",
	  .edits = { { "drivers/c/Makefile",
		       "obj-y += bar.o baz.o foo.o\n"
		       "foo-y := foo_one.o foo_two.o hw/new.o\n",
		       NULL },
		     { "drivers/c/hw/new.c", "int x;\n", NULL } },
	  .file = "drivers/c/hw/new.c",
	  .modules = "drivers/c/foo" },
	{ .name = "no makefile lists it",
	  .edits = { { "drivers/c/new.c", "int x;\n", NULL } },
	  .file = "drivers/c/new.c",
	  .modules = "",
	  .neighbour = "drivers/c/bar.c" },
	{ .name = "no makefile lists it, beside a loadable one",
	  .edits = { { "drivers/m/new.c", "int x;\n", NULL } },
	  .file = "drivers/m/new.c",
	  .modules = "",
	  .neighbour = "drivers/m/qux.c" },
	{ .name = "listed beside a loadable one",
	  .edits = { { "drivers/m/Makefile", "obj-m += qux.o new.o\n", NULL },
		     { "drivers/m/new.c", "int x;\n", NULL } },
	  .file = "drivers/m/new.c",
	  .modules = "new" },
	{ .name = "renamed, and listed by its new name",
	  .edits = { { "drivers/c/Makefile",
		       "obj-y += new.o baz.o foo.o\n"
		       "foo-y := foo_one.o foo_two.o\n",
		       NULL },
		     { "drivers/c/new.c", "int x;\n", "drivers/c/bar.c" } },
	  .file = "drivers/c/new.c",
	  .modules = "drivers/c/new" },
};

static void add_units(struct compdb *db, const char *top)
{
	size_t i, k;

	for (i = 0; i < ARRAY_SIZE(units); i++) {
		char *argv[8] = { "clang", "-c", (char *)units[i].path };
		int argc = 3;

		for (k = 0; k < 3 && units[i].words[k]; k++)
			argv[argc++] = (char *)units[i].words[k];
		compdb_add(db, top, units[i].path, argv, argc);
	}
}

static const struct compile_cmd *command_of(const struct compdb *db,
					    const char *top, const char *file)
{
	char *path = xasprintf("%s/%s", top, file);
	const struct compile_cmd *ret = NULL;
	size_t i;

	for (i = 0; i < db->nr; i++)
		if (!strcmp(db->cmds[i].file, path))
			ret = &db->cmds[i];
	free(path);
	return ret;
}

static void check_neighbour(const struct row *row,
			    const struct command_plan *plan)
{
	char *want = xasprintf("The flags of '%s' are taken from its neighbour "
			       "'%s'.",
			       row->file, row->neighbour);

	if (!string_list_has(&plan->notes, want))
		fail_msg("%s: '%s'", row->name,
			 plan->notes.nr ? plan->notes.item[0] : "");
	free(want);
}

static void check_row(const struct row *row)
{
	const struct compile_cmd *cmd;
	struct patch_set set = PATCH_SET_INIT;
	struct compdb db = COMPDB_INIT;
	struct command_plan plan;
	char *top = in_tree("tree"), *modules;

	add_units(&db, top);
	make_set(row->edits, false, &set);
	command_plan_init(&plan);
	commands_plan(&db, top, &set, &plan);
	cmd = command_of(&db, top, row->file);
	if (!cmd)
		fail_msg("%s: there is no command", row->name);
	modules = command_modules(cmd);
	if (strcmp(modules, row->modules) != 0)
		fail_msg("%s: '%s' instead of '%s'", row->name, modules,
			 row->modules);
	if (row->neighbour)
		check_neighbour(row, &plan);
	free(modules);
	command_plan_release(&plan);
	patch_set_release(&set);
	compdb_release(&db);
	free(top);
}

static void test_modules(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(units); i++)
		put_file("tree", units[i].path, "int x;\n");
	put_file("tree", "drivers/c/Makefile", OLD_MAKEFILE);
	put_file("tree", "drivers/m/Makefile", "obj-m += qux.o\n");
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		check_row(&rows[i]);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_modules, gate_tree_make,
						tree_remove),
	};

	return cmocka_run_group_tests_name("gate-commands", tests, NULL, NULL);
}
