// SPDX-License-Identifier: GPL-2.0-only
/* The state of a build directory. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/hash.h"

#include "kbuild/objdir.h"

#define MARK ".probewalk"
/* There while make prepares somebody's directory, and after it was cut short.
 */
#define PARTIAL ".probewalk.partial"

static char *in_objdir(const struct kbuild_job *job, const char *name)
{
	return xasprintf("%s/%s", job->objdir, name);
}

/* Was .config edited after kbuild last read it? */
static bool is_edited(const struct kbuild_job *job)
{
	char *config = in_objdir(job, ".config");
	char *conf = in_objdir(job, "include/config/auto.conf");
	struct stat a, b;
	bool edited = false;

	if (!stat(config, &a) && !stat(conf, &b))
		edited = a.st_mtim.tv_sec > b.st_mtim.tv_sec ||
			 (a.st_mtim.tv_sec == b.st_mtim.tv_sec &&
			  a.st_mtim.tv_nsec > b.st_mtim.tv_nsec);
	free(config);
	free(conf);
	return edited;
}

static bool is_prepared(const struct kbuild_job *job)
{
	char *arch = xasprintf("arch/%s/include/generated",
			       kbuild_srcarch(job->opt->arch));
	bool prepared =
		kbuild_exists(job->objdir, "Makefile") &&
		kbuild_exists(job->objdir, "include/config/auto.conf") &&
		kbuild_exists(job->objdir, "include/generated/autoconf.h") &&
		kbuild_exists(job->objdir, arch) &&
		!kbuild_exists(job->objdir, PARTIAL) && !is_edited(job);

	free(arch);
	return prepared;
}

/* kbuild leaves a link "source" to the tree when the two differ. */
static bool is_for_tree(const struct kbuild_job *job)
{
	char *link = in_objdir(job, "source"), *tree;
	bool same = true;

	tree = realpath(link, NULL);
	if (tree)
		same = !strcmp(tree, job->tree);
	free(tree);
	free(link);
	return same;
}

static int __printf(3, 4) taken(const struct kbuild_job *job,
				struct strbuf *err, const char *fmt, ...)
{
	va_list ap;

	strbuf_addf(err, "build directory %s ", job->objdir);
	va_start(ap, fmt);
	strbuf_vaddf(err, fmt, ap);
	va_end(ap);
	strbuf_addstr(err, "name another build directory");
	return -EEXIST;
}

static int check_arch(const struct kbuild_job *job, const char *arch,
		      struct strbuf *err)
{
	if (!arch ||
	    !strcmp(kbuild_srcarch(arch), kbuild_srcarch(job->opt->arch)))
		return 0;
	return taken(job, err, "was made for %s and not for %s; ", arch,
		     job->opt->arch);
}

static int check_foreign(const struct kbuild_job *job, struct strbuf *err)
{
	char *arch, *config;
	int ret = 0;

	if (job->config)
		return taken(job, err,
			     "is configured already, and not by "
			     "probewalk; name no configuration to use it as "
			     "it is, or ");
	if (!is_for_tree(job))
		return taken(job, err,
			     "was made for another kernel tree than "
			     "%s; ",
			     job->tree);
	config = in_objdir(job, ".config");
	arch = kbuild_config_arch(config);
	free(config);
	ret = check_arch(job, arch, err);
	free(arch);
	return ret;
}

/* What a directory of ours was made for, a line each. */
static void describe(const struct kbuild_job *job, struct strbuf *out)
{
	struct strbuf text = STRBUF_INIT;
	int i;

	strbuf_addf(out, "tree %s\n", job->tree);
	if (!kbuild_kernel_version(job->tree, &text))
		strbuf_addf(out, "version %s\n", text.buf);
	strbuf_reset(&text);
	strbuf_addf(out, "arch %s\nconfig %s\n", job->opt->arch,
		    job->config ? job->config : KBUILD_DEFAULT_CONFIG);
	if (job->config_is_file && !strbuf_read_file(&text, job->config))
		strbuf_addf(out, "content %016llx\n",
			    (unsigned long long)hash64(text.buf, text.len, 0));
	if (job->llvm)
		strbuf_addf(out, "llvm %s\n", job->llvm);
	else
		strbuf_addf(out, "cross %s\n", job->cross);
	for (i = 0; i < job->opt->nr_vars; i++)
		strbuf_addf(out, "var %s\n", job->opt->vars[i]);
	strbuf_release(&text);
}

/* Move @text on behind a line that begins with @key, if it is one. */
static void skip_line(const char **text, const char *key)
{
	if (strncmp(*text, key, strlen(key)))
		return;
	*text += strcspn(*text, "\n");
	*text += **text == '\n';
}

/* Does @mark say what @want says? A job may take any configuration. */
static bool same_mark(const struct kbuild_job *job, const char *mark,
		      const char *want)
{
	const char *p = strstr(mark, "\nconfig "), *q;

	if (job->config || !p)
		return !strcmp(mark, want);
	q = strstr(want, "\nconfig ");
	if (p - mark != q - want || strncmp(mark, want, p - mark))
		return false;
	p++;
	q++;
	skip_line(&p, "config ");
	skip_line(&p, "content ");
	skip_line(&q, "config ");
	return !strcmp(p, q);
}

/* Objects and headers of two architectures in one place would be mixed up. */
static int check_own(const struct kbuild_job *job, const char *mark,
		     struct strbuf *err)
{
	const char *p = strstr(mark, "\narch ");
	char *arch = NULL;
	int ret;

	if (p) {
		p += strlen("\narch ");
		arch = xstrndup(p, strcspn(p, "\n"));
	}
	ret = check_arch(job, arch, err);
	free(arch);
	return ret;
}

static enum objdir_state own_state(const struct kbuild_job *job,
				   const char *mark)
{
	struct strbuf want = STRBUF_INIT;
	bool same;

	describe(job, &want);
	strbuf_addstr(&want, "done\n");
	same = same_mark(job, mark, want.buf) && is_prepared(job);
	strbuf_release(&want);
	return same ? OBJDIR_READY : OBJDIR_NEW;
}

int objdir_state(const struct kbuild_job *job, enum objdir_state *state,
		 struct strbuf *err)
{
	char *path = in_objdir(job, MARK);
	struct strbuf mark = STRBUF_INIT;
	int ret = 0;

	*state = OBJDIR_NEW;
	if (!strbuf_read_file(&mark, path)) {
		ret = check_own(job, mark.buf, err);
		*state = own_state(job, mark.buf);
	} else if (kbuild_exists(job->objdir, ".config")) {
		ret = check_foreign(job, err);
		*state = is_prepared(job) ? OBJDIR_READY : OBJDIR_CONFIGURED;
	}
	strbuf_release(&mark);
	free(path);
	return ret;
}

static int write_file(const char *path, const struct strbuf *text,
		      struct strbuf *err)
{
	int ret = strbuf_write_file(text, path);

	if (ret)
		strbuf_addf(err,
			    "%s cannot be written: %s; use another build "
			    "directory",
			    path, strerror(-ret));
	return ret;
}

int objdir_partial(const struct kbuild_job *job, bool partial,
		   struct strbuf *err)
{
	struct strbuf text = STRBUF_INIT;
	char *path = in_objdir(job, PARTIAL);
	int ret = 0;

	if (partial)
		ret = write_file(path, &text, err);
	else
		unlink(path);
	strbuf_release(&text);
	free(path);
	return ret;
}

int objdir_lock(const struct kbuild_job *job, struct strbuf *err)
{
	int fd = open(job->objdir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	/* A file system that cannot lock is no reason not to work. */
	if (fd < 0 || !flock(fd, LOCK_EX | LOCK_NB) || errno != EWOULDBLOCK)
		return fd;
	close(fd);
	strbuf_addf(err,
		    "build directory %s is in use by another probewalk; wait "
		    "for it, or name another build directory",
		    job->objdir);
	return -EBUSY;
}

int objdir_mark(const struct kbuild_job *job, bool done, struct strbuf *err)
{
	struct strbuf text = STRBUF_INIT;
	char *path = in_objdir(job, MARK);
	int ret;

	describe(job, &text);
	if (done)
		strbuf_addstr(&text, "done\n");
	ret = write_file(path, &text, err);
	strbuf_release(&text);
	free(path);
	return ret;
}

int objdir_create(const struct kbuild_job *job, struct strbuf *err)
{
	char *path = xstrdup(job->objdir), *p = path, end;
	int ret = 0;

	do {
		p += 1 + strcspn(p + 1, "/");
		end = *p;
		*p = '\0';
		if (mkdir(path, 0777) && errno != EEXIST)
			ret = -errno;
		*p = end;
	} while (!ret && end);
	if (ret)
		strbuf_addf(err,
			    "build directory %s cannot be made: %s; use "
			    "another one",
			    job->objdir, strerror(-ret));
	free(path);
	return ret;
}

int objdir_copy_config(const struct kbuild_job *job, struct strbuf *err)
{
	struct strbuf text = STRBUF_INIT;
	char *path = in_objdir(job, ".config");
	int ret = strbuf_read_file(&text, job->config);

	if (ret)
		strbuf_addf(err,
			    "configuration %s cannot be read: %s; name a "
			    ".config file",
			    job->config, strerror(-ret));
	else
		ret = write_file(path, &text, err);
	strbuf_release(&text);
	free(path);
	return ret;
}
