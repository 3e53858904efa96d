// SPDX-License-Identifier: GPL-2.0-only
/*
 * Everything that can be wrong with the options is found here, before make runs
 * for half a minute to say the same in its own way.
 */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kbuild/job.h"

bool kbuild_exists(const char *dir, const char *name)
{
	char *path = xasprintf("%s/%s", dir, name);
	bool found = !access(path, F_OK);

	free(path);
	return found;
}

const char *kbuild_srcarch(const char *arch)
{
	static const char *const table[][2] = {
		{ "i386", "x86" },	  { "x86_64", "x86" },
		{ "sparc32", "sparc" },	  { "sparc64", "sparc" },
		{ "parisc64", "parisc" }, { "sh64", "sh" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		if (!strcmp(arch, table[i][0]))
			return table[i][1];
	}
	return arch;
}

const char *kbuild_job_var(const struct kbuild_job *job, const char *name)
{
	size_t n = strlen(name);
	int i;

	for (i = job->opt->nr_vars - 1; i >= 0; i--) {
		const char *var = job->opt->vars[i];

		if (!strncmp(var, name, n) && var[n] == '=')
			return var + n + 1;
	}
	return NULL;
}

static int check_tree(struct kbuild_job *job, struct strbuf *err)
{
	static const char *const files[] = { "Makefile", "Kbuild", "Kconfig",
					     "arch", "scripts" };
	const char *tree = job->opt->tree;
	size_t i;

	job->tree = realpath(tree, NULL);
	if (!job->tree) {
		strbuf_addf(err,
			    "%s cannot be read: %s; name the top of a "
			    "kernel source tree",
			    tree, strerror(errno));
		return -EINVAL;
	}
	for (i = 0; i < ARRAY_SIZE(files); i++) {
		if (kbuild_exists(job->tree, files[i]))
			continue;
		strbuf_addf(err,
			    "%s is not a kernel source tree: it has no "
			    "%s; name the top of one",
			    tree, files[i]);
		return -EINVAL;
	}
	return 0;
}

static int check_arch(const struct kbuild_job *job, struct strbuf *err)
{
	const char *arch = job->opt->arch;
	char *makefile;
	bool found;

	if (!arch || !*arch || strchr(arch, '/')) {
		strbuf_addf(err,
			    "'%s' is not an architecture; name one of "
			    "%s/arch, such as arm64 or x86_64",
			    arch ? arch : "", job->opt->tree);
		return -EINVAL;
	}
	makefile = xasprintf("arch/%s/Makefile", kbuild_srcarch(arch));
	found = kbuild_exists(job->tree, makefile);
	free(makefile);
	if (found)
		return 0;
	strbuf_addf(err,
		    "%s has no architecture '%s'; name one of %s/arch, "
		    "such as arm64 or x86_64",
		    job->opt->tree, arch, job->opt->tree);
	return -EINVAL;
}

/* make takes a blank or a colon in these for the end of a word. */
static int check_path(const char *path, struct strbuf *err)
{
	const char *bad = strpbrk(path, " \t\n:");

	if (!bad)
		return 0;
	strbuf_addf(err,
		    "kbuild cannot work in '%s', because of the %s in its "
		    "name; use another directory",
		    path, *bad == ':' ? "colon" : "blank");
	return -EINVAL;
}

/* @dir below the tree, clean; NULL when it lies elsewhere. "" is the tree. */
static char *below_tree(const struct kbuild_job *job, const char *dir)
{
	char *path = path_normalise(job->tree, dir);
	size_t n = strlen(job->tree);
	char *below = NULL;

	if (!strncmp(path, job->tree, n) && (!path[n] || path[n] == '/'))
		below = xstrdup(path[n] ? path + n + 1 : "");
	free(path);
	return below;
}

static int check_dirs(struct kbuild_job *job, struct strbuf *err)
{
	const struct kbuild_options *opt = job->opt;
	int i;

	job->dirs = xcalloc(opt->nr_dirs + 1, sizeof(*job->dirs));
	for (i = 0; i < opt->nr_dirs; i++) {
		char *name;
		bool found;

		job->dirs[i] = below_tree(job, opt->dirs[i]);
		name = xasprintf("%s/.", job->dirs[i] ? job->dirs[i] : "");
		found = job->dirs[i] && *job->dirs[i] &&
			kbuild_exists(job->tree, name);
		free(name);
		if (found)
			continue;
		strbuf_addf(err,
			    "'%s' is not a directory below %s; name "
			    "directories as they are called there, such as "
			    "drivers/base, or none for the whole kernel",
			    opt->dirs[i], opt->tree);
		return -EINVAL;
	}
	return 0;
}

/* "allyesconfig" and "multi_v7_defconfig" are targets, "x/.config" is none. */
static bool is_config_target(const char *config)
{
	size_t n = strlen(config), m = strlen("config");
	const char *p;

	for (p = config; *p; p++) {
		if (!isalnum((unsigned char)*p) && !strchr("_-+", *p))
			return false;
	}
	return n > m && !strcmp(config + n - m, "config");
}

static char *absolute(const char *path)
{
	char *cwd = getcwd(NULL, 0);
	char *full = path_normalise(cwd ? cwd : "/", path);

	free(cwd);
	return full;
}

char *kbuild_config_arch(const char *path)
{
	static const char key[] = "# Linux/";
	struct strbuf text = STRBUF_INIT;
	char *arch = NULL;
	const char *p;

	if (!strbuf_read_file(&text, path)) {
		p = strstr(text.buf, key);
		if (p) {
			p += strlen(key);
			arch = xstrndup(p, strcspn(p, " \n"));
		}
	}
	strbuf_release(&text);
	return arch;
}

static int check_config_file(const struct kbuild_job *job, const char *config,
			     struct strbuf *err)
{
	const char *want = job->opt->arch;
	struct strbuf text = STRBUF_INIT;
	int ret = strbuf_read_file(&text, job->config);
	char *arch = ret ? NULL : kbuild_config_arch(job->config);

	strbuf_release(&text);
	if (ret) {
		strbuf_addf(err,
			    "configuration '%s' cannot be read: %s; name a "
			    ".config file, or a target such as allyesconfig",
			    config, strerror(-ret));
		ret = -EINVAL;
	} else if (arch && strcmp(kbuild_srcarch(arch), kbuild_srcarch(want))) {
		strbuf_addf(err,
			    "configuration '%s' was made for %s and not for "
			    "%s; name one of %s",
			    config, arch, want, want);
		ret = -EINVAL;
	}
	free(arch);
	return ret;
}

static int check_config(struct kbuild_job *job, struct strbuf *err)
{
	const char *config = job->opt->config;

	if (!config)
		return 0;
	job->config_is_file = !is_config_target(config);
	if (!job->config_is_file) {
		job->config = xstrdup(config);
		return 0;
	}
	job->config = absolute(config);
	return check_config_file(job, config, err);
}

static int check_vars(const struct kbuild_job *job, struct strbuf *err)
{
	int i;

	for (i = 0; i < job->opt->nr_vars; i++) {
		const char *var = job->opt->vars[i];
		size_t n = strspn(var, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				       "abcdefghijklmnopqrstuvwxyz"
				       "0123456789_");

		if (n && var[n] == '=')
			continue;
		strbuf_addf(err,
			    "'%s' is not a variable for make; write "
			    "NAME=VALUE",
			    var);
		return -EINVAL;
	}
	return 0;
}

/* First word of CONFIG_CC_VERSION_TEXT, which names the compiler; or NULL. */
static char *configured_compiler(const struct kbuild_job *job)
{
	static const char key[] = "\nCONFIG_CC_VERSION_TEXT=\"";
	char *path = xasprintf("%s/.config", job->objdir);
	struct strbuf text = STRBUF_INIT;
	char *name = NULL;
	const char *p;

	if (!strbuf_read_file(&text, path)) {
		p = strstr(text.buf, key);
		if (p) {
			p += strlen(key);
			name = xstrndup(p, strcspn(p, " \"\n"));
		}
	}
	strbuf_release(&text);
	free(path);
	return name;
}

/*
 * Another compiler than the configured one would make kbuild configure anew, in
 * a directory that is not ours. gcc's version text begins with its name.
 */
static void choose_toolchain(struct kbuild_job *job)
{
	const char *llvm = kbuild_job_var(job, "LLVM");
	const char *cross = kbuild_job_var(job, "CROSS_COMPILE");
	char *cc = configured_compiler(job);
	char *gcc = cc ? strstr(cc, "gcc") : NULL;

	if (gcc && gcc != cc && gcc[-1] != '-')
		gcc = NULL;
	if (job->opt->llvm)
		llvm = job->opt->llvm;
	else if (!llvm && !cross && !gcc && !kbuild_job_var(job, "CC"))
		llvm = "1";
	if (llvm && *llvm)
		job->llvm = xstrdup(llvm);
	else if (cross)
		job->cross = xstrdup(cross);
	else
		job->cross = gcc ? xstrndup(cc, gcc - cc) : xstrdup("");
	if (!job->llvm && !cross && gcc && strcmp(gcc, "gcc"))
		job->cc = xstrdup(cc);
	free(cc);
}

int kbuild_job_init(struct kbuild_job *job, const struct kbuild_options *opt,
		    struct strbuf *err)
{
	memset(job, 0, sizeof(*job));
	job->opt = opt;
	job->objdir = absolute(opt->objdir);
	if (check_tree(job, err) || check_arch(job, err) ||
	    check_dirs(job, err) || check_config(job, err) ||
	    check_vars(job, err) || check_path(job->tree, err) ||
	    check_path(job->objdir, err))
		return -EINVAL;
	choose_toolchain(job);
	return 0;
}

void kbuild_job_release(struct kbuild_job *job)
{
	argv_free(job->dirs);
	free(job->tree);
	free(job->objdir);
	free(job->config);
	free(job->llvm);
	free(job->cross);
	free(job->cc);
}

void kbuild_job_make(const struct kbuild_job *job, const char *dir,
		     struct make_args *args)
{
	int i;

	make_args_add(args, "make");
	make_args_add(args, "-C");
	make_args_add(args, "%s", dir);
	make_args_add(args, "ARCH=%s", job->opt->arch);
	if (job->llvm)
		make_args_add(args, "LLVM=%s", job->llvm);
	else if (*job->cross)
		make_args_add(args, "CROSS_COMPILE=%s", job->cross);
	if (job->cc)
		make_args_add(args, "CC=%s", job->cc);
	for (i = 0; i < job->opt->nr_vars; i++)
		make_args_add(args, "%s", job->opt->vars[i]);
}

const char *const kbuild_unneeded[] = { "CONFIG_HEADERS_INSTALL",
					"CONFIG_OBJTOOL",
					"CONFIG_DEBUG_INFO_BTF", NULL };

void kbuild_job_light(struct make_args *args)
{
	size_t i;

	for (i = 0; kbuild_unneeded[i]; i++)
		make_args_add(args, "%s=", kbuild_unneeded[i]);
}

int kbuild_job_jobs(const struct kbuild_job *job)
{
	long jobs = job->opt->jobs;

	if (jobs < 1)
		jobs = sysconf(_SC_NPROCESSORS_ONLN);
	return jobs < 1 ? 1 : (int)jobs;
}

char *kbuild_makefile_value(const char *text, const char *name)
{
	size_t n = strlen(name);
	const char *p;

	for (p = text; p && *p; p = strchr(p, '\n'), p += !!p) {
		const char *q = p + n, *end;

		if (strncmp(p, name, n))
			continue;
		q += strspn(q, " \t");
		q += *q == ':';
		if (*q != '=')
			continue;
		q += 1 + strspn(q + 1, " \t");
		end = q + strcspn(q, "\n");
		while (end > q && isspace((unsigned char)end[-1]))
			end--;
		return xstrndup(q, end - q);
	}
	return NULL;
}
