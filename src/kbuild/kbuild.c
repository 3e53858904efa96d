// SPDX-License-Identifier: GPL-2.0-only
/* The kernel's build system: prepare a build directory, list its commands. */
#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "kbuild/job.h"
#include "kbuild/make.h"
#include "kbuild/objdir.h"
#include "kbuild/recipe.h"
#include "kbuild/tools.h"

static int make_failed(struct strbuf *err, const char *what, int status,
		       const struct strbuf *log)
{
	if (status < 0)
		strbuf_addf(err,
			    "make cannot be run to %s: %s; install the "
			    "package make",
			    what, strerror(-status));
	else
		strbuf_addf(err,
			    "make failed to %s (status %d); the end of "
			    "what it printed:",
			    what, status);
	kbuild_explain_log(log->buf, err);
	return -EIO;
}

/* The goals that configure: none when a .config is there to be kept. */
static const char *config_goal(const struct kbuild_job *job,
			       enum objdir_state state)
{
	if (state == OBJDIR_CONFIGURED || job->config_is_file)
		return "olddefconfig";
	return job->config ? job->config : KBUILD_DEFAULT_CONFIG;
}

static int make_prepare(const struct kbuild_job *job, const char *goal,
			struct strbuf *err)
{
	struct strbuf log = STRBUF_INIT;
	struct make_args args = { 0 };
	long jobs = job->opt->jobs;
	int status, ret = 0;

	if (jobs < 1)
		jobs = sysconf(_SC_NPROCESSORS_ONLN);
	kbuild_job_make(job, job->tree, &args);
	if (strcmp(job->tree, job->objdir))
		make_args_add(&args, "O=%s", job->objdir);
	make_args_add(&args, "-j%ld", jobs < 1 ? 1 : jobs);
	make_args_add(&args, "%s", goal);
	make_args_add(&args, "prepare");
	status = make_run(&args, NULL, NULL, &log);
	if (status)
		ret = make_failed(err, "prepare the build directory", status,
				  &log);
	make_args_release(&args);
	strbuf_release(&log);
	return ret;
}

static int prepare_job(const struct kbuild_job *job, struct strbuf *err)
{
	enum objdir_state state;
	int ret = objdir_state(job, &state, err);
	bool ours = state != OBJDIR_CONFIGURED;

	if (ret)
		return ret;
	ret = kbuild_check_tools(job, err);
	if (ret || state == OBJDIR_READY)
		return ret;
	ret = objdir_create(job, err);
	if (!ret && ours)
		ret = objdir_mark(job, false, err);
	if (!ret && ours && job->config_is_file)
		ret = objdir_copy_config(job, err);
	if (!ret)
		ret = make_prepare(job, config_goal(job, state), err);
	if (!ret && ours)
		ret = objdir_mark(job, true, err);
	return ret;
}

int kbuild_prepare(const struct kbuild_options *opt, struct strbuf *err)
{
	struct kbuild_job job;
	int ret = kbuild_job_init(&job, opt, err);

	if (!ret)
		ret = prepare_job(&job, err);
	kbuild_job_release(&job);
	return ret;
}

/*
 * What make is asked for to have everything in @dir built: the nearest
 * directory above with a Makefile, as some directories are built from their
 * parent's.
 */
static char *goal_of(const struct kbuild_job *job, const char *dir)
{
	char *goal = xstrdup(dir);

	for (;;) {
		char *makefile = xasprintf("%s/Makefile", goal);
		char *kbuild = xasprintf("%s/Kbuild", goal);
		bool found = kbuild_exists(job->tree, makefile) ||
			     kbuild_exists(job->tree, kbuild);
		char *slash = strrchr(goal, '/');

		free(makefile);
		free(kbuild);
		if (found || !slash)
			return goal;
		*slash = '\0';
	}
}

static void add_goals(const struct kbuild_job *job, struct make_args *args)
{
	int i;

	for (i = 0; i < job->opt->nr_dirs; i++) {
		char *goal = goal_of(job, job->dirs[i]);

		make_args_add(args, "%s/", goal);
		free(goal);
	}
}

static void take_line(void *data, const char *line, size_t len)
{
	recipe_line(data, line, len);
}

/*
 * Without a build there is nothing to link: make misses the objects and
 * archives, and every make above says so again. That is no loss. A rule missing
 * for anything else may be one.
 */
static bool is_complaint(const char *line)
{
	static const char no_rule[] = "No rule to make target '";
	const char *stars = strstr(line, "*** "), *name, *end;
	size_t n;

	if (!stars)
		return false;
	if (stars[4] == '[')
		return false;
	if (strncmp(stars + 4, no_rule, strlen(no_rule)))
		return true;
	name = stars + 4 + strlen(no_rule);
	end = strchr(name, '\'');
	n = end ? (size_t)(end - name) : strlen(name);
	if (n > 2 && (!strncmp(name + n - 2, ".o", 2) ||
		      !strncmp(name + n - 2, ".a", 2)))
		return false;
	return !(n >= 7 && !strncmp(name + n - 7, "vmlinux", 7));
}

/* Complaints of make -k, which are notes as long as there are commands. */
static void note_complaints(const char *log, struct strbuf *err)
{
	const char *line, *end;
	size_t nr = 0;
	struct strbuf first = STRBUF_INIT;

	for (line = log; *line; line = *end ? end + 1 : end) {
		char *copy;

		end = line + strcspn(line, "\n");
		copy = xstrndup(line, end - line);
		if (is_complaint(copy) && !nr++)
			strbuf_addstr(&first, copy);
		free(copy);
	}
	if (nr)
		strbuf_addf(err,
			    "%smake could not list everything (%zu "
			    "complaint%s, first: %s)",
			    err->len ? "\n" : "", nr, nr == 1 ? "" : "s",
			    first.buf);
	strbuf_release(&first);
}

static void note_recipes(const struct recipe *r, struct strbuf *err)
{
	int i;

	if (r->unreadable)
		strbuf_addf(err,
			    "%s%zu lines of make could not be read: a "
			    "quote is not closed",
			    err->len ? "\n" : "", r->unreadable);
	for (i = 0; i < r->nr_dirs; i++) {
		if (!r->taken[i])
			strbuf_addf(err,
				    "%snothing is built in %s under this "
				    "configuration",
				    err->len ? "\n" : "", r->dirs[i]);
	}
}

static int list_commands(const struct kbuild_job *job, struct recipe *r,
			 struct strbuf *err)
{
	struct strbuf log = STRBUF_INIT;
	struct make_args args = { 0 };
	size_t before = r->db->nr;
	int status, ret = 0;

	kbuild_job_make(job, job->objdir, &args);
	/* No -j: lines of two makes at once would be torn. */
	make_args_add(&args, "-n");
	make_args_add(&args, "-k");
	add_goals(job, &args);
	status = make_run(&args, take_line, r, &log);
	recipe_end(r);
	if (status < 0 || status >= 126) {
		ret = make_failed(err, "list compile commands", status, &log);
	} else if (r->db->nr > before) {
		note_recipes(r, err);
		note_complaints(log.buf, err);
	} else if (status) {
		ret = make_failed(err, "list compile commands", status, &log);
	} else {
		strbuf_addstr(err, "no kernel object made of C is built there "
				   "under this configuration; choose other "
				   "directories or another configuration");
		ret = -ENODATA;
	}
	make_args_release(&args);
	strbuf_release(&log);
	return ret;
}

int kbuild_compdb(const struct kbuild_options *opt, struct compdb *db,
		  struct strbuf *err)
{
	struct kbuild_job job;
	enum objdir_state state;
	struct recipe r;
	int ret = kbuild_job_init(&job, opt, err);

	if (!ret)
		ret = objdir_state(&job, &state, err);
	if (!ret)
		ret = kbuild_check_tools(&job, err);
	if (!ret && state != OBJDIR_READY) {
		strbuf_addf(err,
			    "build directory %s is not prepared; run "
			    "'make prepare' there",
			    job.objdir);
		ret = -EINVAL;
	}
	if (!ret) {
		recipe_init(&r, db, job.objdir, job.dirs, opt->nr_dirs);
		ret = list_commands(&job, &r, err);
		recipe_release(&r);
	}
	kbuild_job_release(&job);
	return ret;
}

/* The value of "NAME = value" at the beginning of a line, "" when empty. */
static char *makefile_value(const char *text, const char *name)
{
	size_t n = strlen(name);
	const char *p;

	for (p = text; p && *p; p = strchr(p, '\n'), p += !!p) {
		const char *q = p + n, *end;

		if (strncmp(p, name, n))
			continue;
		q += strspn(q, " \t");
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

int kbuild_kernel_version(const char *tree, struct strbuf *version)
{
	static const char *const names[] = { "VERSION", "PATCHLEVEL",
					     "SUBLEVEL", "EXTRAVERSION" };
	char *path = xasprintf("%s/Makefile", tree), *value;
	struct strbuf text = STRBUF_INIT;
	int ret = strbuf_read_file(&text, path) ? -ENOENT : 0;
	size_t i;

	for (i = 0; !ret && i < ARRAY_SIZE(names); i++) {
		value = makefile_value(text.buf, names[i]);
		/* Only the first two are always there. */
		if (i < 2 && (!value || !isdigit((unsigned char)*value)))
			ret = -EINVAL;
		else if (value && *value)
			strbuf_addf(version, "%s%s",
				    i == 1 || i == 2 ? "." : "", value);
		free(value);
	}
	strbuf_release(&text);
	free(path);
	return ret;
}

/* The directory for what can be made again. */
static void cache_directory(struct strbuf *path)
{
	const char *cache = getenv("XDG_CACHE_HOME");
	const char *home = getenv("HOME");
	const char *tmp = getenv("TMPDIR");

	/* A relative XDG_CACHE_HOME is to be ignored, says its document. */
	if (cache && *cache == '/')
		strbuf_addstr(path, cache);
	else if (home && *home == '/')
		strbuf_addf(path, "%s/.cache", home);
	else
		strbuf_addstr(path, tmp && *tmp == '/' ? tmp : "/tmp");
	strbuf_addstr(path, "/probewalk");
}

int kbuild_default_objdir(const struct kbuild_options *opt, struct strbuf *path,
			  struct strbuf *err)
{
	const char *config = opt->config ? opt->config : KBUILD_DEFAULT_CONFIG;
	const char *slash = strrchr(config, '/');
	struct strbuf version = STRBUF_INIT;
	int ret = kbuild_kernel_version(opt->tree, &version);

	if (ret) {
		strbuf_addf(err,
			    "%s is not a kernel source tree: %s; name the "
			    "top of one",
			    opt->tree,
			    ret == -ENOENT ? "it has no Makefile"
					   : "its Makefile names no version");
	} else {
		cache_directory(path);
		strbuf_addf(path, "/%s-%s-%s", version.buf, opt->arch,
			    slash ? slash + 1 : config);
	}
	strbuf_release(&version);
	return ret ? -EINVAL : 0;
}
