// SPDX-License-Identifier: GPL-2.0-only
/* The tree of the tests of kbuild: see kbuild-tree.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "util/strbuf.h"

#include "kbuild-tree.h"

/* The tree, a build directory beside it, and commands that do nothing. */
static char *top;

const char kbuild_makefile[] =
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

void put(const char *name, const char *text)
{
	char *path = xasprintf("%s/%s", top, name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
	chmod(path, 0755);
	free(path);
}

void make_dir(const char *name)
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

int kbuild_tree_make(void **state)
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
	put("tree/Makefile", kbuild_makefile);
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

int kbuild_tree_remove(void **state)
{
	int ret = run_rm();

	(void)state;
	free(top);
	return ret;
}

char *expand(const char *s)
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
