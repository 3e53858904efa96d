// SPDX-License-Identifier: GPL-2.0-only
/* The kernel's build system: prepare a build directory, list its commands. */
#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "kbuild/job.h"
#include "kbuild/lean.h"
#include "kbuild/list.h"
#include "kbuild/make.h"
#include "kbuild/objdir.h"
#include "kbuild/tools.h"

/* The goals that configure: none when a .config is there to be kept. */
static const char *config_goal(const struct kbuild_job *job,
			       enum objdir_state state)
{
	if (state == OBJDIR_CONFIGURED || job->config_is_file)
		return "olddefconfig";
	return job->config ? job->config : KBUILD_DEFAULT_CONFIG;
}

static int make_prepare(const struct kbuild_job *job, const char *goal,
			bool ours, struct strbuf *err)
{
	struct strbuf log = STRBUF_INIT;
	struct make_args args = { 0 };
	int status, ret = 0;

	kbuild_job_make(job, job->tree, &args);
	if (strcmp(job->tree, job->objdir))
		make_args_add(&args, "O=%s", job->objdir);
	make_args_add(&args, "-j%d", kbuild_job_jobs(job));
	/* Without our makefiles listing goes through all of it again. */
	if (ours && lean_fits(job)) {
		kbuild_job_light(&args);
		/* Offsets come from a compiler that may well warn. */
		make_args_add(&args, "CONFIG_WERROR=");
	}
	make_args_add(&args, "%s", goal);
	make_args_add(&args, "prepare");
	status = make_run(&args, NULL, NULL, &log);
	if (status)
		ret = kbuild_make_failed(err, "prepare the build directory",
					 status, &log);
	make_args_release(&args);
	strbuf_release(&log);
	return ret;
}

static int configure(const struct kbuild_job *job, enum objdir_state state,
		     struct strbuf *err)
{
	bool ours = state != OBJDIR_CONFIGURED;
	int ret;

	if (ours)
		ret = objdir_mark(job, false, err);
	else
		ret = objdir_partial(job, true, err);
	if (!ret && ours && job->config_is_file)
		ret = objdir_copy_config(job, err);
	if (!ret)
		ret = make_prepare(job, config_goal(job, state), ours, err);
	if (ret)
		return ret;
	return ours ? objdir_mark(job, true, err)
		    : objdir_partial(job, false, err);
}

static int prepare_job(const struct kbuild_job *job, struct strbuf *err)
{
	enum objdir_state state;
	int ret = objdir_state(job, &state, err), lock;

	if (ret)
		return ret;
	ret = kbuild_check_tools(job, err);
	if (ret || state == OBJDIR_READY)
		return ret;
	ret = objdir_create(job, err);
	if (ret)
		return ret;
	lock = objdir_lock(job, err);
	if (lock == -EBUSY)
		return lock;
	ret = configure(job, state, err);
	if (lock >= 0)
		close(lock);
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

int kbuild_compdb(const struct kbuild_options *opt, struct compdb *db,
		  struct strbuf *err)
{
	struct kbuild_job job;
	enum objdir_state state;
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
		int lock = objdir_lock(&job, err);

		ret = lock == -EBUSY ? lock : list_commands(&job, db, err);
		if (lock >= 0)
			close(lock);
	}
	kbuild_job_release(&job);
	return ret;
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
		value = kbuild_makefile_value(text.buf, names[i]);
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
