// SPDX-License-Identifier: GPL-2.0-only
/*
 * kbuild from the caller's side. The tree here is a Makefile of a few lines
 * that behaves as the kernel's does; the compilers do nothing.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "kbuild/job.h"
#include "kbuild/kbuild.h"
#include "kbuild/tools.h"

/* The tree, a build directory beside it, and commands that do nothing. */
static char *top;

static const char makefile[] =
	"# not a kernel\n"
	"VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 2\nEXTRAVERSION = -rc3\n"
	"gen := $(O)/arch/x86/include/generated\n"
	"%config:\n"
	"\t@echo '# Linux/$(ARCH) 6.1' > $(O)/.config\n"
	"\t@echo 'goal $@' >> $(O)/calls\n"
	"olddefconfig:\n"
	"\t@echo 'goal $@' >> $(O)/calls\n"
	"prepare:\n"
	"\t@test -z '$(SAY)' || { echo '$(SAY)'; exit 1; }\n"
	"\t@mkdir -p $(gen) $(O)/include/config $(O)/include/generated\n"
	"\t@touch $(O)/include/config/auto.conf\n"
	"\t@touch $(O)/include/generated/autoconf.h\n"
	"\t@ln -sfn $(CURDIR) $(O)/source\n"
	"\t@echo 'include $(CURDIR)/Makefile' > $(O)/Makefile\n"
	".PHONY: %/\n"
	"drivers/a/:\n"
	"\t@set -e; clang -D__KERNEL__ -DLLVM=$(LLVM) -c -o $@x.o x.c\n"
	"\t@set -e; clang -D__KERNEL__ -c -o $@sub/y.o y.c; true\n"
	"drivers/b/: missing.h\n"
	"\t@clang -D__KERNEL__ -c -o $@x.o x.c\n"
	"drivers/c/: missing.o\n"
	"drivers/d/: ;\n";

static void put(const char *name, const char *text)
{
	char *path = xasprintf("%s/%s", top, name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
	chmod(path, 0755);
	free(path);
}

static void make_dir(const char *name)
{
	char *path = xasprintf("%s/%s", top, name);

	assert_int_equal(mkdir(path, 0755), 0);
	free(path);
}

static int run_rm(void)
{
	pid_t pid = fork();
	int status = -1;

	if (!pid) {
		execlp("rm", "rm", "-rf", top, NULL);
		_exit(127);
	}
	waitpid(pid, &status, 0);
	return status;
}

static int setup(void **state)
{
	static const char *const dirs[] = { "tree",
					    "tree/arch",
					    "tree/arch/x86",
					    "tree/scripts",
					    "tree/drivers",
					    "tree/drivers/a",
					    "tree/drivers/a/sub",
					    "tree/drivers/b",
					    "tree/drivers/c",
					    "tree/drivers/d",
					    "bin" };
	static const char *const programs[] = {
		"flex",	  "bison",   "bc",	"perl",		"clang",
		"ld.lld", "llvm-ar", "llvm-nm", "llvm-objcopy",
	};
	const char *tmp = getenv("TMPDIR");
	char *path;
	size_t i;

	(void)state;
	path = xasprintf("%s/test-kbuild.XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(path))
		return -1;
	top = realpath(path, NULL);
	free(path);
	for (i = 0; i < ARRAY_SIZE(dirs); i++)
		make_dir(dirs[i]);
	for (i = 0; i < ARRAY_SIZE(programs); i++) {
		path = xasprintf("bin/%s", programs[i]);
		put(path, "#!/bin/sh\n");
		free(path);
	}
	put("tree/Makefile", makefile);
	put("tree/Kbuild", "");
	put("tree/Kconfig", "");
	put("tree/arch/x86/Makefile", "");
	for (i = 0; i < 4; i++) {
		path = xasprintf("tree/drivers/%c/Makefile", (int)('a' + i));
		put(path, "");
		free(path);
	}
	put("my.config", "# Linux/x86_64 6.1\n");
	path = xasprintf("%s/bin:%s", top, getenv("PATH"));
	setenv("PATH", path, 1);
	free(path);
	/* As if "make -n check" had started us. */
	setenv("MAKEFLAGS", "n", 1);
	return 0;
}

static int teardown(void **state)
{
	int ret = run_rm();

	(void)state;
	free(top);
	return ret;
}

/* "@" is the directory of the test. */
static char *expand(const char *s)
{
	struct strbuf out = STRBUF_INIT;

	if (!s)
		return NULL;
	for (; *s; s++) {
		if (*s == '@')
			strbuf_addstr(&out, top);
		else
			strbuf_addch(&out, *s);
	}
	return strbuf_detach(&out);
}

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

/* Which variables make gets, by what the build directory was made with. */
static void test_toolchain(void **state)
{
	static const struct {
		const char *name, *text, *llvm, *var, *expected;
	} table[] = {
		{ "nothing there", "", NULL, NULL, "LLVM=1" },
		{ "clang", "Debian clang version 14.0.6", NULL, NULL,
		  "LLVM=1" },
		{ "gcc", "gcc (Debian 12.2.0-14) 12.2.0", NULL, NULL, "" },
		{ "a cross gcc", "aarch64-linux-gnu-gcc (Debian 12) 12.2.0",
		  NULL, NULL, "CROSS_COMPILE=aarch64-linux-gnu-" },
		{ "a gcc with a version",
		  "aarch64-linux-gnu-gcc-11 (Debian 11) 11", NULL, NULL,
		  "CROSS_COMPILE=aarch64-linux-gnu- "
		  "CC=aarch64-linux-gnu-gcc-11" },
		{ "the caller knows better", "gcc (Debian 12) 12", "-19", NULL,
		  "LLVM=-19" },
		{ "no LLVM", "", "", NULL, "" },
		{ "a cross compiler is named", "", NULL, "CROSS_COMPILE=a-b-",
		  "CROSS_COMPILE=a-b- CROSS_COMPILE=a-b-" },
		{ "LLVM as a variable", "", NULL, "LLVM=-18",
		  "LLVM=-18 LLVM=-18" },
	};
	char *tree = expand("@/tree"), *objdir = expand("@/t");
	size_t i;
	int k;

	(void)state;
	make_dir("t");
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct kbuild_options opt = {
			.tree = tree,
			.arch = "x86_64",
			.objdir = objdir,
			.llvm = table[i].llvm,
			.vars = &table[i].var,
			.nr_vars = !!table[i].var,
		};
		struct strbuf err = STRBUF_INIT, got = STRBUF_INIT;
		char *config = xasprintf(
			"#\n#\nCONFIG_CC_VERSION_TEXT=\"%s\"\n", table[i].text);
		struct make_args args = { 0 };
		struct kbuild_job job;

		put("t/.config", config);
		assert_int_equal(kbuild_job_init(&job, &opt, &err), 0);
		kbuild_job_make(&job, "/o", &args);
		assert_string_equal(args.argv[3], "ARCH=x86_64");
		for (k = 4; k < args.argc; k++)
			strbuf_addf(&got, "%s%s", k > 4 ? " " : "",
				    args.argv[k]);
		if (strcmp(got.buf, table[i].expected))
			fail_msg("%s: '%s'", table[i].name, got.buf);
		make_args_release(&args);
		kbuild_job_release(&job);
		strbuf_release(&err);
		strbuf_release(&got);
		free(config);
	}
	free(tree);
	free(objdir);
}

static void test_tools(void **state)
{
	static const struct {
		const char *name, *llvm, *var, *expected;
	} table[] = {
		{ "all there", "1", NULL, "" },
		{ "a version", "-77", NULL,
		  "clang-77 (package clang-77), ld.lld-77 (package lld-77), "
		  "llvm-ar-77 (package llvm-77), llvm-nm-77 (package llvm-77), "
		  "llvm-objcopy-77 (package llvm-77); on Debian, "
		  "'apt install clang-77 lld-77 llvm-77' installs them" },
		{ "a directory", "/no/", NULL, "/no/clang (package clang)" },
		{ "a cross compiler", "", "CROSS_COMPILE=vax-dec-",
		  "vax-dec-gcc (package gcc-vax-dec), vax-dec-ld (package "
		  "binutils-vax-dec)" },
		{ "the compiler is named", "-77", "CC=true",
		  ": ld.lld-77 (package lld-77)" },
	};
	char *tree = expand("@/tree");
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct kbuild_options opt = {
			.tree = tree,
			.arch = "x86_64",
			.objdir = "/none",
			.llvm = table[i].llvm,
			.vars = &table[i].var,
			.nr_vars = !!table[i].var,
		};
		struct strbuf err = STRBUF_INIT;
		struct kbuild_job job;
		int ret;

		assert_int_equal(kbuild_job_init(&job, &opt, &err), 0);
		ret = kbuild_check_tools(&job, &err);
		if (ret != (*table[i].expected ? -ENOPKG : 0) ||
		    !strstr(err.buf, table[i].expected))
			fail_msg("%s: %d '%s'", table[i].name, ret, err.buf);
		kbuild_job_release(&job);
		strbuf_release(&err);
	}
	free(tree);
}

static void test_version(void **state)
{
	static const struct {
		const char *name, *text;
		int ret;
		const char *expected;
	} table[] = {
		{ "all parts", makefile, 0, "6.1.2-rc3" },
		{ "a release",
		  "VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 0\nEXTRAVERSION =\n"
		  "NAME = x\n",
		  0, "6.12.0" },
		{ "no blanks", "VERSION=6\nPATCHLEVEL=12\nSUBLEVEL=117 \n", 0,
		  "6.12.117" },
		{ "another Makefile", "all:\n\techo\n", -EINVAL, NULL },
		{ "a version of something else", "VERSION = $(shell x)\n",
		  -EINVAL, NULL },
		{ "empty", "", -EINVAL, NULL },
	};
	char *dir = expand("@/v");
	struct strbuf out = STRBUF_INIT;
	size_t i;
	int ret;

	(void)state;
	assert_int_equal(kbuild_kernel_version(dir, &out), -ENOENT);
	make_dir("v");
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		put("v/Makefile", table[i].text);
		strbuf_reset(&out);
		ret = kbuild_kernel_version(dir, &out);
		if (ret != table[i].ret ||
		    (!ret && strcmp(out.buf, table[i].expected)))
			fail_msg("%s: %d '%s'", table[i].name, ret, out.buf);
	}
	strbuf_release(&out);
	free(dir);
}

static void test_default_objdir(void **state)
{
	static const struct {
		const char *name, *cache, *home, *config, *expected;
	} table[] = {
		{ "home", NULL, "/h", NULL,
		  "/h/.cache/probewalk/6.1.2-rc3-x86_64-allyesconfig" },
		{ "cache", "/c", "/h", "defconfig",
		  "/c/probewalk/6.1.2-rc3-x86_64-defconfig" },
		{ "a relative cache", "c", "/h", "defconfig",
		  "/h/.cache/probewalk/6.1.2-rc3-x86_64-defconfig" },
		{ "a file", "/c", "/h", "/x/my.config",
		  "/c/probewalk/6.1.2-rc3-x86_64-my.config" },
	};
	char *tree = expand("@/tree"), *home = getenv("HOME");
	size_t i;

	(void)state;
	home = home ? xstrdup(home) : NULL;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct kbuild_options opt = { .tree = tree,
					      .arch = "x86_64",
					      .config = table[i].config };
		struct strbuf path = STRBUF_INIT, err = STRBUF_INIT;

		unsetenv("XDG_CACHE_HOME");
		if (table[i].cache)
			setenv("XDG_CACHE_HOME", table[i].cache, 1);
		setenv("HOME", table[i].home, 1);
		assert_int_equal(kbuild_default_objdir(&opt, &path, &err), 0);
		if (strcmp(path.buf, table[i].expected))
			fail_msg("%s: '%s'", table[i].name, path.buf);
		strbuf_release(&path);
		strbuf_release(&err);
	}
	if (home)
		setenv("HOME", home, 1);
	free(home);
	free(tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_prepare),
		cmocka_unit_test(test_cut_short),
		cmocka_unit_test(test_in_use),
		cmocka_unit_test(test_compdb),
		cmocka_unit_test(test_toolchain),
		cmocka_unit_test(test_tools),
		cmocka_unit_test(test_version),
		cmocka_unit_test(test_default_objdir),
	};

	return cmocka_run_group_tests_name("kbuild", tests, setup, teardown);
}
