// SPDX-License-Identifier: GPL-2.0-only
/*
 * Before kbuild is called: which compiler, whether the tools are there, which
 * kernel it is and where it is built.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "kbuild/job.h"
#include "kbuild/kbuild.h"
#include "kbuild/tools.h"

#include "kbuild-tree.h"

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
		{ "all parts", kbuild_makefile, 0, "6.1.2-rc3" },
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
		cmocka_unit_test(test_toolchain),
		cmocka_unit_test(test_tools),
		cmocka_unit_test(test_version),
		cmocka_unit_test(test_default_objdir),
	};

	return cmocka_run_group_tests(tests, kbuild_tree_make,
				      kbuild_tree_remove);
}
