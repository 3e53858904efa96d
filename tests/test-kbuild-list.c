// SPDX-License-Identifier: GPL-2.0-only
/*
 * Listing a whole kernel. The tree here has the shape of kbuild: a top
 * makefile, scripts/Makefile.build that is run once for each directory, and
 * rules that go through if_changed.
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "kbuild/archs.h"
#include "kbuild/kbuild.h"

static char *top;

/* -DN tells how many symbols of the configuration were read. */
static const char makefile_build[] =
	"src := $(srctree)/$(obj)\n"
	"unneeded := CONFIG_HEADERS_INSTALL CONFIG_OBJTOOL "
	"CONFIG_DEBUG_INFO_BTF\n"
	".PHONY: all FORCE\n"
	"all:\n"
	"-include include/config/auto.conf\n"
	"include $(srctree)/scripts/Kbuild.include\n"
	"include $(firstword $(wildcard $(src)/Kbuild $(src)/Makefile))\n"
	"n := $(words $(filter-out $(unneeded),$(filter "
	"CONFIG_%,$(.VARIABLES))))\n"
	"n-$(CONFIG_COMMON) := $(n)\n"
	"cmd_cc_o_c = clang -D__KERNEL__ -DN=$(n-y) -c -o $@ $<\n"
	"cmd_ld = clang -D__KERNEL__ -c -o $(obj)/ld.o ld.c\n"
	"cmd_gen = echo x >> $(obj)/runs; cat $< > $@\n"
	"dirs := $(patsubst %/,%,$(filter %/,$(obj-y)))\n"
	"$(obj)/%.o: $(src)/%.c FORCE\n"
	"\t$(call if_changed_rule,cc_o_c)\n"
	"$(obj)/%.o: $(obj)/%.c FORCE\n"
	"\t$(call if_changed_rule,cc_o_c)\n"
	"$(obj)/%.h: $(src)/%.txt FORCE\n"
	"\t$(call if_changed,gen)\n"
	"$(obj)/built-in.a: $(addprefix $(obj)/,$(filter %.o,$(obj-y))) "
	"FORCE\n"
	"\t$(call if_changed,ld)\n"
	"all: $(obj)/built-in.a $(dirs)\n"
	".PHONY: $(dirs)\n"
	"$(dirs): ; $(MAKE) $(build)=$@\n";

static const char *const files[][2] = {
	{ "tree/Makefile",
	  "VERSION = 6\nPATCHLEVEL = 1\n"
	  "srctree := $(patsubst %/,%,$(dir $(abspath "
	  "$(lastword $(MAKEFILE_LIST)))))\n"
	  "export srctree\n"
	  "O ?= .\n"
	  ".NOTPARALLEL:\n"
	  "build-dir := .\n"
	  "include $(srctree)/scripts/Kbuild.include\n"
	  "all: . dtbs\n"
	  "dtbs: ; clang -D__KERNEL__ -c -o dts/x.o x.c\n"
	  "%config: ; @echo '# Linux/$(ARCH) 6.1' > $(O)/.config\n"
	  "include $(srctree)/conf\n"
	  "ifdef CONFIG_OBJTOOL\n"
	  "prepare: objtool\n"
	  "endif\n"
	  /* It cannot even be talked about before it was made. */
	  "objtool:\n"
	  "\t@mkdir -p $(O)\n"
	  "\t@echo > $(O)/made\n"
	  "\t+@test -e $(O)/made\n"
	  "prepare:\n"
	  "\t@mkdir -p $(O)/arch/x86/include/generated $(O)/include/config\n"
	  "\t@mkdir -p $(O)/include/generated $(O)/a $(O)/b $(O)/c $(O)/d "
	  "$(O)/g\n"
	  "\t@cp -n $(srctree)/conf $(O)/include/config/auto.conf\n"
	  "\t@touch $(O)/include/generated/autoconf.h\n"
	  "\t@echo 'include $(srctree)/Makefile' > $(O)/Makefile\n"
	  "\t$(MAKE) -C $(srctree)/tools\n"
	  ".PHONY: . prepare\n"
	  ".: prepare\n"
	  "\t$(MAKE) $(build)=$@\n"
	  "%/: prepare\n"
	  "\t$(MAKE) $(build)=$(patsubst %/,%,$@)\n" },
	/* tools/ has variables of the same names, and needs its own. */
	{ "tree/tools/Makefile",
	  "build := -f ./own.mk obj\n"
	  "all: ; $(MAKE) $(build)=lib srctree=$(CURDIR)\n" },
	{ "tree/tools/own.mk", "all: ; @true\n" },
	{ "tree/scripts/Kbuild.include",
	  "build := -f $(srctree)/scripts/Makefile.build obj\n"
	  "cmd = @set -e; $(cmd_$(1))\n"
	  "if_changed = $(if $(filter-out FORCE,$?),$(cmd),@:)\n"
	  "if_changed_rule = $(if $(filter-out FORCE,$?),$(rule_$(1)),@:)\n"
	  "rule_cc_o_c = $(call cmd,cc_o_c)\n" },
	{ "tree/scripts/Makefile.build", makefile_build },
	{ "tree/scripts/Makefile.clang",
	  "CLANG_TARGET_FLAGS_arm64\t:= aarch64-linux-gnu\n"
	  "CLANG_TARGET_FLAGS_x86\t:= x86_64-linux-gnu\n"
	  "CLANG_TARGET_FLAGS_um := $(CLANG_TARGET_FLAGS_$(SUBARCH))\n" },
	{ "tree/conf", "#\n# made by hand\n#\n"
		       "CONFIG_COMMON=y\nCONFIG_A=y\nCONFIG_B=y\nCONFIG_C=y\n"
		       "CONFIG_AB=\"CONFIG_B\"\nCONFIG_UNUSED=y\n"
		       "CONFIG_OBJTOOL=y\n" },
	{ "tree/Kbuild", "obj-y += a/ b/\n" },
	{ "tree/Kconfig", "" },
	{ "tree/arch/x86/Makefile", "" },
	{ "tree/arch/arm64/Makefile", "" },
	{ "tree/arch/um/Makefile", "" },
	{ "tree/arch/vax/Makefile", "" },
	{ "tree/a/Makefile", "obj-$(CONFIG_A) += y.o x.o\n"
			     "obj-$(CONFIG_MISSING) += z.o\n" },
	{ "tree/a/x.c", "" },
	{ "tree/a/y.c", "" },
	/* One that the top makefile is not told. */
	{ "tree/d/Makefile", "obj-$(CONFIG_OBJTOOL) += x.o\n" },
	{ "tree/d/x.c", "" },
	/* A symbol that stands nowhere: by a name put together... */
	{ "tree/b/Makefile", "s := B\nobj-$(CONFIG_$(s)) += x.o\n" },
	{ "tree/b/x.c", "" },
	/* ... and in a file that is included. */
	{ "tree/c/Makefile", "include $(srctree)/c/more.mk\n" },
	{ "tree/c/more.mk", "obj-$(CONFIG_C) += x.o\n" },
	{ "tree/c/x.c", "" },
	{ "tree/g/Makefile", "obj-y += x.o y.o\n"
			     "$(obj)/x.o: $(obj)/regs.h\n"
			     "$(obj)/y.c: FORCE\n"
			     "\t@echo x >> $(obj)/runs; echo > $@\n"
			     "$(obj)/x.o: $(obj)/table.bin\n"
			     "$(obj)/table.bin: FORCE\n"
			     "\t@echo > $@\n" },
	{ "tree/g/x.c", "" },
	{ "tree/g/regs.txt", "regs\n" },
	{ "bin/clang", "#!/bin/sh\n"
		       "case $1 in *aarch64*) echo \"error: no target\"; "
		       "exit 1;; esac\n" },
};

static void put(const char *name, const char *text)
{
	char *path = xasprintf("%s/%s", top, name), *p = path;
	FILE *f;

	while ((p = strchr(p + 1, '/'))) {
		*p = '\0';
		mkdir(path, 0755);
		*p = '/';
	}
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
	chmod(path, 0755);
	free(path);
}

static char *get(const char *name)
{
	char *path = xasprintf("%s/%s", top, name);
	struct strbuf text = STRBUF_INIT;

	if (strbuf_read_file(&text, path))
		strbuf_addstr(&text, "(missing)");
	free(path);
	return strbuf_detach(&text);
}

static bool is_there(const char *name)
{
	char *path = xasprintf("%s/%s", top, name);
	bool there = !access(path, F_OK);

	free(path);
	return there;
}

static int setup(void **state)
{
	static const char *const programs[] = {
		"flex",	  "bison",   "bc",	"perl",
		"ld.lld", "llvm-ar", "llvm-nm", "llvm-objcopy",
	};
	const char *tmp = getenv("TMPDIR");
	char *path =
		xasprintf("%s/test-kbuild-list.XXXXXX", tmp ? tmp : "/tmp");
	size_t i;

	(void)state;
	if (!mkdtemp(path))
		return -1;
	top = realpath(path, NULL);
	free(path);
	for (i = 0; i < ARRAY_SIZE(files); i++)
		put(files[i][0], files[i][1]);
	for (i = 0; i < ARRAY_SIZE(programs); i++) {
		path = xasprintf("bin/%s", programs[i]);
		put(path, "#!/bin/sh\n");
		free(path);
	}
	path = xasprintf("%s/bin:%s", top, getenv("PATH"));
	setenv("PATH", path, 1);
	free(path);
	return 0;
}

static int teardown(void **state)
{
	pid_t pid = fork();
	int status = -1;

	(void)state;
	if (!pid) {
		execlp("rm", "rm", "-rf", top, NULL);
		_exit(127);
	}
	waitpid(pid, &status, 0);
	free(top);
	return status;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* "N=3 a/x.o", a line each. */
static char *describe(const struct compdb *db)
{
	char **lines = xcalloc(db->nr + 1, sizeof(*lines));
	struct strbuf out = STRBUF_INIT;
	size_t i;
	int k;

	for (i = 0; i < db->nr; i++) {
		const char *n = "";

		for (k = 0; k < db->cmds[i].argc; k++)
			if (!strncmp(db->cmds[i].argv[k], "-DN=", 4))
				n = db->cmds[i].argv[k] + 4;
		lines[i] = xasprintf("%s %s\n", db->cmds[i].output, n);
	}
	/* They come in this order. */
	for (i = 1; i < db->nr; i++)
		assert_true(by_text(&lines[i - 1], &lines[i]) <= 0);
	for (i = 0; i < db->nr; i++) {
		strbuf_addstr(&out, lines[i]);
		free(lines[i]);
	}
	free(lines);
	return strbuf_detach(&out);
}

/* The commands with the build directory @name, or the error. */
static char *list(const char *name, const char *dir, struct strbuf *notes)
{
	char *tree = xasprintf("%s/tree", top);
	char *objdir = xasprintf("%s/%s", top, name), *out;
	struct kbuild_options opt = { .tree = tree,
				      .arch = "x86_64",
				      .objdir = objdir,
				      .dirs = &dir,
				      .nr_dirs = !!dir,
				      .jobs = 2 };
	struct compdb db = COMPDB_INIT;
	int ret = kbuild_prepare(&opt, notes);

	if (!ret)
		ret = kbuild_compdb(&opt, &db, notes);
	out = ret ? strbuf_detach(notes) : describe(&db);
	compdb_release(&db);
	free(tree);
	free(objdir);
	return out;
}

/*
 * Five symbols of the configuration and one of each directory's own choice.
 * Those who name one in a way that cannot be seen get all of them; what is set
 * nowhere is no symbol.
 */
static void test_symbols(void **state)
{
	struct strbuf notes = STRBUF_INIT;
	char *got;

	(void)state;
	got = list("o", "a", &notes);
	assert_string_equal(got, "a/x.o 2\na/y.o 2\n");
	free(got);
	got = list("o", "b", &notes);
	assert_string_equal(got, "b/x.o 6\n");
	free(got);
	got = list("o", "c", &notes);
	assert_string_equal(got, "c/x.o 6\n");
	free(got);
	got = list("o", "d", &notes);
	assert_string_equal(got, "d/x.o 1\n");
	free(got);
	assert_string_equal(notes.buf, "");
	assert_false(is_there("o/.probewalk.d"));
	assert_false(is_there("o/made"));
	strbuf_release(&notes);
}

/* Other words for the same, and a tree that has none of them. */
static void test_other_shape(void **state)
{
	static const struct {
		const char *include, *expected;
	} table[] = {
		{ "# include/config/auto.conf is read\n"
		  "include $(CURDIR)/include/config/auto.conf\n",
		  "a/x.o 2\na/y.o 2\n" },
		{ "conf := include/config/auto.conf\ninclude $(conf)\n",
		  "a/x.o 6\na/y.o 6\n" },
	};
	const char *text = makefile_build;
	const char *line = strstr(text, "-include ");
	const char *after = strchr(line, '\n') + 1;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		struct strbuf notes = STRBUF_INIT;
		char *other = xasprintf("%.*s%s%s", (int)(line - text), text,
					table[i].include, after);
		char *objdir = xasprintf("shape%zu", i), *got;

		put("tree/scripts/Makefile.build", other);
		got = list(objdir, "a", &notes);
		assert_string_equal(got, table[i].expected);
		free(got);
		free(objdir);
		free(other);
		strbuf_release(&notes);
	}
	put("tree/scripts/Makefile.build", text);
}

/* Objects that are built already are listed, device trees are not visited. */
static void test_whole_tree(void **state)
{
	struct strbuf notes = STRBUF_INIT;
	char *got;

	(void)state;
	put("o/a/x.o", "");
	got = list("o", NULL, &notes);
	assert_string_equal(got, "a/x.o 2\na/y.o 2\nb/x.o 6\n");
	assert_string_equal(notes.buf, "");
	free(got);
	strbuf_release(&notes);
}

static void set_mtime(const char *name, time_t sec)
{
	char *path = xasprintf("%s/%s", top, name);
	const struct timespec times[2] = { { sec, 0 }, { sec, 0 } };

	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	free(path);
}

static void expect_runs(const char *what, int nr)
{
	char *runs = get("g/g/runs");

	if (strlen(runs) != (size_t)nr * 2)
		fail_msg("%s: made %zu times, not %d", what, strlen(runs) / 2,
			 nr);
	free(runs);
}

static void test_generated(void **state)
{
	struct strbuf notes = STRBUF_INIT;
	char *got, *text;

	(void)state;
	got = list("g", "g", &notes);
	assert_string_equal(got, "g/x.o 1\ng/y.o 1\n");
	assert_string_equal(notes.buf, "");
	text = get("g/g/regs.h");
	assert_string_equal(text, "regs\n");
	free(text);
	assert_true(is_there("g/g/y.c"));
	/* Neither objects nor what no C file can be or include. */
	assert_false(is_there("g/g/x.o"));
	assert_false(is_there("g/g/table.bin"));
	expect_runs("both", 2);
	free(got);
	free(list("g", "g", &notes));
	expect_runs("nothing has changed", 2);
	set_mtime("tree/g/regs.txt", time(NULL) + 1000);
	free(list("g", "g", &notes));
	expect_runs("one has changed", 3);
	set_mtime("tree/g/regs.txt", 1000);
	strbuf_release(&notes);
}

static void test_not_generated(void **state)
{
	struct strbuf notes = STRBUF_INIT;
	char *got;

	(void)state;
	put("tree/g/Makefile", "obj-y += x.o\n"
			       "$(obj)/x.o: $(obj)/bad.h $(obj)/regs.h\n"
			       "$(obj)/bad.h: FORCE\n"
			       "\t@gen-bad\n");
	got = list("n", "g", &notes);
	assert_string_equal(got, "g/x.o 1\n");
	if (!strstr(notes.buf, "1 generated source could not be made, and "
			       "what needs it is analysed in part; first: "
			       "g/bad.h; make says: ") ||
	    !strstr(notes.buf, "gen-bad"))
		fail_msg("%s", notes.buf);
	/* The other was made all the same. */
	assert_true(is_there("n/g/regs.h"));
	free(got);
	strbuf_release(&notes);
}

static void test_archs(void **state)
{
	static const char *const expected[][2] = {
		{ "arm64",
		  "clang cannot compile for aarch64-linux-gnu (no target)" },
		{ "um", NULL },
		{ "vax", "the kernel does not build it with clang" },
		{ "x86_64", NULL },
	};
	struct kbuild_archs archs = KBUILD_ARCHS_INIT;
	char *tree = xasprintf("%s/tree", top);
	struct strbuf err = STRBUF_INIT;
	size_t i;

	(void)state;
	assert_int_equal(kbuild_archs_find(&archs, tree, NULL, &err), 0);
	assert_int_equal(archs.nr, ARRAY_SIZE(expected));
	for (i = 0; i < archs.nr; i++) {
		const char *why = archs.list[i].why;

		assert_string_equal(archs.list[i].name, expected[i][0]);
		if (!why != !expected[i][1] ||
		    (why && !strstr(why, expected[i][1])))
			fail_msg("%s: %s", expected[i][0], why);
	}
	kbuild_archs_release(&archs);
	/* Another compiler that is not there can do nothing. */
	assert_int_equal(kbuild_archs_find(&archs, tree, "-77", &err), 0);
	assert_non_null(strstr(archs.list[3].why, "clang-77 cannot compile"));
	kbuild_archs_release(&archs);
	assert_int_equal(kbuild_archs_find(&archs, top, NULL, &err), -EINVAL);
	assert_non_null(strstr(err.buf, "scripts/Makefile.clang"));
	kbuild_archs_release(&archs);
	strbuf_release(&err);
	free(tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_symbols),
		cmocka_unit_test(test_other_shape),
		cmocka_unit_test(test_whole_tree),
		cmocka_unit_test(test_generated),
		cmocka_unit_test(test_not_generated),
		cmocka_unit_test(test_archs),
	};

	return cmocka_run_group_tests_name("listing", tests, setup, teardown);
}
