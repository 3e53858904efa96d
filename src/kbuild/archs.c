// SPDX-License-Identifier: GPL-2.0-only
/*
 * Architectures, from the tree and the compiler: a directory below arch/ is
 * one, scripts/Makefile.clang says as what clang knows it, and clang itself
 * whether it was built for that.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kbuild/archs.h"
#include "kbuild/job.h"
#include "kbuild/make.h"

void kbuild_archs_release(struct kbuild_archs *archs)
{
	size_t i;

	for (i = 0; i < archs->nr; i++) {
		free(archs->list[i].name);
		free(archs->list[i].why);
	}
	free(archs->list);
	memset(archs, 0, sizeof(*archs));
}

/*
 * "x86" is what the directory is called, "x86_64" what people ask for: the word
 * that kbuild takes as well and that the triple begins with.
 */
static char *arch_name(const char *dir, const char *triple)
{
	char *first = xstrndup(triple, strcspn(triple, "-"));

	if (!strcmp(first, dir) || strcmp(kbuild_srcarch(first), dir)) {
		free(first);
		first = xstrdup(dir);
	}
	return first;
}

static char *clang_name(const char *llvm)
{
	size_t n = llvm ? strlen(llvm) : 0;

	if (n && llvm[n - 1] == '/')
		return xasprintf("%sclang", llvm);
	if (n && llvm[0] == '-')
		return xasprintf("clang%s", llvm);
	return xstrdup("clang");
}

/* NULL, or what @clang says. */
static char *cannot_target(const char *clang, const char *triple)
{
	struct strbuf log = STRBUF_INIT;
	struct make_args args = { 0 };
	char *why = NULL, *error;
	int status;

	make_args_add(&args, "%s", clang);
	make_args_add(&args, "--target=%s", triple);
	/* As far as the code: the front end knows more than the rest. */
	make_args_add(&args, "-c");
	make_args_add(&args, "-x");
	make_args_add(&args, "c");
	make_args_add(&args, "-o");
	make_args_add(&args, "/dev/null");
	make_args_add(&args, "/dev/null");
	status = make_run(&args, NULL, NULL, &log);
	if (status) {
		error = strstr(log.buf, "error: ");
		error = error ? error + strlen("error: ") : log.buf;
		why = xasprintf("%s cannot compile for %s (%.*s)", clang,
				triple, (int)strcspn(error, "\n"), error);
	}
	make_args_release(&args);
	strbuf_release(&log);
	return why;
}

static void add_arch(struct kbuild_archs *archs, const char *dir,
		     const char *targets, const char *clang)
{
	char *key = xasprintf("CLANG_TARGET_FLAGS_%s", dir);
	char *triple = kbuild_makefile_value(targets, key);
	struct kbuild_arch *arch;

	ALLOC_GROW(archs->list, archs->nr + 1, archs->alloc);
	arch = &archs->list[archs->nr++];
	arch->why = NULL;
	if (!triple || !*triple) {
		arch->name = xstrdup(dir);
		arch->why = xstrdup("the kernel does not build it with clang: "
				    "scripts/Makefile.clang has no target "
				    "for it");
	} else {
		arch->name = arch_name(dir, triple);
		/* One that make has to expand is for make to judge. */
		if (!strchr(triple, '$'))
			arch->why = cannot_target(clang, triple);
	}
	free(triple);
	free(key);
}

static int read_dirs(struct kbuild_archs *archs, const char *tree,
		     const char *targets, const char *clang)
{
	char *path = xasprintf("%s/arch", tree);
	struct dirent **entries;
	int nr = scandir(path, &entries, NULL, alphasort), i;

	free(path);
	if (nr < 0)
		return -errno;
	for (i = 0; i < nr; i++) {
		const char *dir = entries[i]->d_name;
		char *makefile = xasprintf("arch/%s/Makefile", dir);

		if (dir[0] != '.' && kbuild_exists(tree, makefile))
			add_arch(archs, dir, targets, clang);
		free(makefile);
		free(entries[i]);
	}
	free(entries);
	return 0;
}

static int by_name(const void *a, const void *b)
{
	const struct kbuild_arch *x = a, *y = b;

	return strcmp(x->name, y->name);
}

int kbuild_archs_find(struct kbuild_archs *archs, const char *tree,
		      const char *llvm, struct strbuf *err)
{
	char *path = xasprintf("%s/scripts/Makefile.clang", tree);
	char *clang = clang_name(llvm);
	struct strbuf targets = STRBUF_INIT;
	int ret = strbuf_read_file(&targets, path);

	if (ret)
		strbuf_addf(err,
			    "%s cannot be read, which says what clang can "
			    "build: %s; name a kernel tree since 5.16, or the "
			    "architectures one by one",
			    path, strerror(-ret));
	else
		ret = read_dirs(archs, tree, targets.buf, clang);
	if (ret && !err->len)
		strbuf_addf(err, "%s/arch cannot be read: %s", tree,
			    strerror(-ret));
	if (archs->nr)
		qsort(archs->list, archs->nr, sizeof(*archs->list), by_name);
	strbuf_release(&targets);
	free(clang);
	free(path);
	return ret ? -EINVAL : 0;
}
