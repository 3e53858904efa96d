// SPDX-License-Identifier: GPL-2.0-only
/*
 * kbuild from the caller's side, on a tree that only behaves as the kernel's:
 * preparing a build directory, and the commands of a build. What is found out
 * before that is test-kbuild-tools.c's.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include <cmocka.h>

#include "kbuild/job.h"
#include "kbuild/kbuild.h"
#include "kbuild/tools.h"

#include "kbuild-tree.h"

/* The goals that configured a build directory, since the last call. */
static char *take_calls(const char *objdir)
{
	char *path = xasprintf("%s/calls", objdir);
	struct strbuf text = STRBUF_INIT;

	if (strbuf_read_file(&text, path))
		strbuf_reset(&text);
	unlink(path);
	free(path);
	return strbuf_detach(&text);
}

/* In this order, since each finds what the one before has left. */
static const struct {
	const char *name, *objdir, *config, *var;
	int ret;
	const char *calls; /* goals that configure */
	const char *message;
} prepare_table[] = {
	{ "new", "@/o", NULL, NULL, 0, "goal allyesconfig\n", "" },
	{ "again", "@/o", NULL, NULL, 0, "", "" },
	{ "the same by name", "@/o", "allyesconfig", NULL, 0, "", "" },
	{ "another", "@/o", "defconfig", NULL, 0, "goal defconfig\n", "" },
	{ "another, again", "@/o", "defconfig", NULL, 0, "", "" },
	{ "as it is", "@/o", NULL, NULL, 0, "", "" },
	{ "a file", "@/o", "@/my.config", NULL, 0, "goal olddefconfig\n", "" },
	{ "the file again", "@/o", "@/my.config", NULL, 0, "", "" },
	{ "the file as it is", "@/o", NULL, NULL, 0, "", "" },
	{ "as it is, but for a variable", "@/o", NULL, "X=2", 0,
	  "goal allyesconfig\n", "" },
	{ "with a variable", "@/o", "@/my.config", "X=1", 0,
	  "goal olddefconfig\n", "" },
	{ "a directory in a directory", "@/p/q/o", NULL, NULL, 0,
	  "goal allyesconfig\n", "" },
	{ "make fails", "@/f", NULL, "SAY=sh: flex: not found", -EIO,
	  "goal allyesconfig\n", "apt install flex'" },
	{ "after a failure", "@/f", NULL, NULL, 0, "goal allyesconfig\n", "" },
	{ "somebody's, not prepared", "@/theirs", NULL, NULL, 0,
	  "goal olddefconfig\n", "" },
	{ "somebody's", "@/theirs", NULL, NULL, 0, "", "" },
	{ "somebody's, for another configuration", "@/theirs", "defconfig",
	  NULL, -EEXIST, "", "build directory @/theirs is configured already" },
	{ "another architecture's", "@/arm", NULL, NULL, -EEXIST, "",
	  "build directory @/arm was made for arm64 and not for x86_64" },
	{ "ours, for another architecture", "@/ours", NULL, NULL, -EEXIST, "",
	  "build directory @/ours was made for arm64 and not for x86_64" },
	{ "another architecture's configuration", "@/o", "@/arm/.config", NULL,
	  -EINVAL, "",
	  "configuration '@/arm/.config' was made for arm64 and not for "
	  "x86_64" },
	{ "a directory for a configuration", "@/o", "@/arm", NULL, -EINVAL, "",
	  "configuration '@/arm' cannot be read: Is a directory" },
	{ "cannot be made", "@/my.config/o", NULL, NULL, -ENOTDIR, "",
	  "build directory @/my.config/o cannot be made: Not a directory" },
	{ "a colon", "@/a:b", NULL, NULL, -EINVAL, "", "the colon in" },
	{ "a blank", "@/a b", NULL, NULL, -EINVAL, "", "the blank in" },
	{ "no such file", "@/o", "@/none", NULL, -EINVAL, "",
	  "configuration '@/none' cannot be read: No such file" },
	{ "no variable", "@/o", NULL, "-f", -EINVAL, "",
	  "'-f' is not a variable for make" },
};

static void test_prepare(void **state)
{
	char *tree = expand("@/tree");
	size_t i;

	(void)state;
	make_dir("theirs");
	put("theirs/.config", "# Linux/x86_64 6.1\n");
	make_dir("arm");
	put("arm/.config", "# Linux/arm64 6.1\n");
	make_dir("ours");
	put("ours/.probewalk", "tree x\narch arm64\nconfig y\ndone\n");
	for (i = 0; i < ARRAY_SIZE(prepare_table); i++) {
		char *objdir = expand(prepare_table[i].objdir);
		char *config = expand(prepare_table[i].config);
		char *message = expand(prepare_table[i].message), *calls;
		struct strbuf err = STRBUF_INIT;
		struct kbuild_options opt = {
			.tree = tree,
			.arch = "x86_64",
			.objdir = objdir,
			.config = config,
			.vars = &prepare_table[i].var,
			.nr_vars = !!prepare_table[i].var,
			.jobs = 1,
		};
		int ret = kbuild_prepare(&opt, &err);

		calls = take_calls(objdir);
		if (ret != prepare_table[i].ret || !strstr(err.buf, message) ||
		    strcmp(calls, prepare_table[i].calls))
			fail_msg("%s: %d '%s' '%s'", prepare_table[i].name, ret,
				 err.buf, calls);
		strbuf_release(&err);
		free(objdir);
		free(config);
		free(message);
		free(calls);
	}
	free(tree);
}

/* What a run that was cut short leaves must not be trusted by the next. */
static void test_cut_short(void **state)
{
	static const struct {
		const char *name, *file, *text;
		const char *calls;
	} table[] = {
		{ "prepared", NULL, NULL, "goal olddefconfig\n" },
		{ "nothing to do", NULL, NULL, "" },
		{ "cut short", "cut/.probewalk.partial", "",
		  "goal olddefconfig\n" },
		{ "whole again", NULL, NULL, "" },
		{ "edited", "cut/.config", "# Linux/x86_64 6.1\n#\n",
		  "goal olddefconfig\n" },
	};
	char *tree = expand("@/tree"), *objdir = expand("@/cut");
	struct kbuild_options opt = { .tree = tree,
				      .arch = "x86_64",
				      .objdir = objdir };
	size_t i;

	(void)state;
	make_dir("cut");
	put("cut/.config", "# Linux/x86_64 6.1\n");
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct strbuf err = STRBUF_INIT;
		char *calls;

		if (table[i].file)
			put(table[i].file, table[i].text);
		assert_int_equal(kbuild_prepare(&opt, &err), 0);
		calls = take_calls(objdir);
		if (strcmp(calls, table[i].calls))
			fail_msg("%s: '%s'", table[i].name, calls);
		free(calls);
		strbuf_release(&err);
	}
	free(tree);
	free(objdir);
}

static void test_in_use(void **state)
{
	char *tree = expand("@/tree"), *objdir = expand("@/used");
	struct kbuild_options opt = { .tree = tree,
				      .arch = "x86_64",
				      .objdir = objdir };
	struct strbuf err = STRBUF_INIT;
	struct compdb db = COMPDB_INIT;
	int fd;

	(void)state;
	make_dir("used");
	fd = open(objdir, O_RDONLY | O_DIRECTORY);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	assert_int_equal(kbuild_prepare(&opt, &err), -EBUSY);
	assert_non_null(strstr(err.buf, "in use by another probewalk"));
	assert_int_equal(flock(fd, LOCK_UN), 0);
	strbuf_reset(&err);
	assert_int_equal(kbuild_prepare(&opt, &err), 0);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	assert_int_equal(kbuild_compdb(&opt, &db, &err), -EBUSY);
	close(fd);
	compdb_release(&db);
	strbuf_release(&err);
	free(tree);
	free(objdir);
}

static const struct {
	const char *name, *tree, *arch, *dirs[3];
	int ret;
	const char *expected; /* outputs, or the message */
	const char *notes;
} compdb_table[] = {
	{ "a directory",
	  "@/tree",
	  "x86_64",
	  { "drivers/a" },
	  0,
	  "drivers/a/sub/y.o drivers/a/x.o",
	  "" },
	{ "as people write them",
	  "@/tree",
	  "x86_64",
	  { "./drivers//a/", "@/tree/drivers/a" },
	  0,
	  "drivers/a/sub/y.o drivers/a/x.o",
	  "" },
	{ "one that its parent builds",
	  "@/tree",
	  "x86_64",
	  { "drivers/a/sub" },
	  0,
	  "drivers/a/sub/y.o",
	  "" },
	{ "one with nothing in it",
	  "@/tree",
	  "x86_64",
	  { "drivers/a", "drivers/d" },
	  0,
	  "drivers/a/sub/y.o drivers/a/x.o",
	  "nothing is built in drivers/d under this configuration" },
	{ "objects not there to link",
	  "@/tree",
	  "x86_64",
	  { "drivers/a", "drivers/c" },
	  0,
	  "drivers/a/sub/y.o drivers/a/x.o",
	  "nothing is built in drivers/c under this configuration" },
	{ "a missing header",
	  "@/tree",
	  "x86_64",
	  { "drivers/a", "drivers/b" },
	  0,
	  "drivers/a/sub/y.o drivers/a/x.o",
	  "nothing is built in drivers/b under this configuration\n"
	  "make could not list everything (1 complaint, first: "
	  "make: *** No rule to make target 'missing.h', needed by "
	  "'drivers/b/'.)" },
	{ "nothing at all",
	  "@/tree",
	  "x86_64",
	  { "drivers/d" },
	  -ENODATA,
	  "no kernel object made of C is built there",
	  "" },
	{ "make fails",
	  "@/tree",
	  "x86_64",
	  { "drivers/b" },
	  -EIO,
	  "No rule to make target 'missing.h'",
	  "" },
	{ "not a directory",
	  "@/tree",
	  "x86_64",
	  { "drivers/x" },
	  -EINVAL,
	  "'drivers/x' is not a directory below @/tree",
	  "" },
	{ "outside",
	  "@/tree",
	  "x86_64",
	  { "../o" },
	  -EINVAL,
	  "'../o' is not a directory below @/tree",
	  "" },
	{ "an option",
	  "@/tree",
	  "x86_64",
	  { "-f" },
	  -EINVAL,
	  "'-f' is not a directory below @/tree",
	  "" },
	{ "not an architecture",
	  "@/tree",
	  "vax",
	  { NULL },
	  -EINVAL,
	  "@/tree has no architecture 'vax'",
	  "" },
	{ "not even a word",
	  "@/tree",
	  "../x86",
	  { NULL },
	  -EINVAL,
	  "'../x86' is not an architecture",
	  "" },
	{ "not a tree",
	  "@/bin",
	  "x86_64",
	  { NULL },
	  -EINVAL,
	  "@/bin is not a kernel source tree: it has no Makefile",
	  "" },
	{ "no tree",
	  "@/none",
	  "x86_64",
	  { NULL },
	  -EINVAL,
	  "@/none cannot be read: No such file or directory",
	  "" },
};

static char *outputs(const struct compdb *db)
{
	struct strbuf out = STRBUF_INIT;
	size_t i;

	for (i = 0; i < db->nr; i++)
		strbuf_addf(&out, "%s%s", i ? " " : "", db->cmds[i].output);
	return strbuf_detach(&out);
}

static void compdb_case(size_t i, const char *objdir)
{
	char *tree = expand(compdb_table[i].tree);
	char *expected = expand(compdb_table[i].expected), *got;
	struct strbuf err = STRBUF_INIT;
	struct compdb db = COMPDB_INIT;
	struct kbuild_options opt = { .tree = tree,
				      .arch = compdb_table[i].arch,
				      .objdir = objdir };
	char *dirs[3];
	int ret;

	while (compdb_table[i].dirs[opt.nr_dirs]) {
		dirs[opt.nr_dirs] = expand(compdb_table[i].dirs[opt.nr_dirs]);
		opt.nr_dirs++;
	}
	opt.dirs = (const char *const *)dirs;
	ret = kbuild_compdb(&opt, &db, &err);
	got = outputs(&db);
	if (ret != compdb_table[i].ret ||
	    (ret ? !strstr(err.buf, expected) : !!strcmp(got, expected)) ||
	    (!ret && strcmp(err.buf, compdb_table[i].notes)))
		fail_msg("%s: %d '%s' '%s'", compdb_table[i].name, ret, got,
			 err.buf);
	while (opt.nr_dirs)
		free(dirs[--opt.nr_dirs]);
	compdb_release(&db);
	strbuf_release(&err);
	free(tree);
	free(expected);
	free(got);
}

static void test_compdb(void **state)
{
	char *objdir = expand("@/c"), *tree = expand("@/tree");
	struct kbuild_options opt = { .tree = tree,
				      .arch = "x86_64",
				      .objdir = objdir };
	struct strbuf err = STRBUF_INIT;
	struct compdb db = COMPDB_INIT;
	size_t i;

	(void)state;
	assert_int_equal(kbuild_compdb(&opt, &db, &err), -EINVAL);
	assert_non_null(strstr(err.buf, "is not prepared"));
	strbuf_reset(&err);
	assert_int_equal(kbuild_prepare(&opt, &err), 0);
	for (i = 0; i < ARRAY_SIZE(compdb_table); i++)
		compdb_case(i, objdir);
	strbuf_release(&err);
	free(objdir);
	free(tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_prepare),
		cmocka_unit_test(test_cut_short),
		cmocka_unit_test(test_in_use),
		cmocka_unit_test(test_compdb),
	};

	return cmocka_run_group_tests(tests, kbuild_tree_make,
				      kbuild_tree_remove);
}
