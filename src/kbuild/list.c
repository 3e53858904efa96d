// SPDX-License-Identifier: GPL-2.0-only
/*
 * "make -n" over a whole kernel, made short: one make for all directories, none
 * for device trees and the link, and recipes that say what is asked for.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kbuild/generated.h"
#include "kbuild/lean.h"
#include "kbuild/list.h"
#include "kbuild/make.h"
#include "kbuild/recipe.h"
#include "kbuild/tools.h"

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

/* Descending into everything has a goal of its own since Linux 6.1. */
static bool has_top_goal(const struct kbuild_job *job)
{
	char *path = xasprintf("%s/Makefile", job->tree), *value = NULL;
	struct strbuf text = STRBUF_INIT;
	bool found = false;

	if (!strbuf_read_file(&text, path)) {
		value = kbuild_makefile_value(text.buf, "build-dir");
		found = value && !strcmp(value, ".");
	}
	strbuf_release(&text);
	free(value);
	free(path);
	return found;
}

/* The default goal would go through device trees and the link as well. */
static void add_goals(const struct kbuild_job *job, struct make_args *args)
{
	int i;

	if (!job->opt->nr_dirs && has_top_goal(job))
		make_args_add(args, ".");
	for (i = 0; i < job->opt->nr_dirs; i++) {
		char *goal = goal_of(job, job->dirs[i]);

		make_args_add(args, "%s/", goal);
		free(goal);
	}
}

struct listing {
	struct recipe recipe;
	struct generated generated;
};

static void take_line(void *data, const char *line, size_t len)
{
	struct listing *l = data;

	if (!generated_line(&l->generated, line))
		recipe_line(&l->recipe, line, len);
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

/*
 * Half of what make does to print a recipe is for nothing: every command is
 * expanded once to compare it, once to show it, once to keep it in a .cmd file,
 * and linking is described in full. These words of kbuild's own language say it
 * once, and only for C. A tree that does not know them lists as it always did.
 */
static void add_short_recipes(struct make_args *args)
{
	static const char *const words[] = {
		"cmd=@$(if $(filter %.c,$^),$(cmd_$(1)),:)",
		"if_changed=$(if $(filter %.c,$^),@$(cmd_$(1)),@:)",
		"if_changed_dep=$(if $(filter %.c,$^),@$(cmd_$(1)),@:)",
		("if_changed_rule=$(if $(value cmd_$(1)),$(if_changed),"
		 "$(rule_$(1)))"),
		/* Directories for what is not going to be built. */
		"obj-dirs=",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		make_args_add(args, "%s", words[i]);
}

static void list_args(const struct kbuild_job *job, const char *lean,
		      struct make_args *args)
{
	kbuild_job_make(job, job->objdir, args);
	make_args_add(args, "-n");
	make_args_add(args, "-k");
	make_args_add(args, "--trace");
	/*
	 * Each make hands over what it printed when it is done, or lines would
	 * be torn: by target only, those of a make above get in between.
	 */
	make_args_add(args, "-j%d", kbuild_job_jobs(job));
	make_args_add(args, "-Orecurse");
	add_short_recipes(args);
	/* `prepare` is gone through again, but not for what was left out. */
	if (lean) {
		make_args_add(args, "build=-f %s obj", lean);
		kbuild_job_light(args);
	}
	add_goals(job, args);
}

static int run_list(struct listing *l, const struct kbuild_job *job,
		    struct strbuf *err)
{
	struct strbuf log = STRBUF_INIT;
	struct make_args args = { 0 };
	struct recipe *r = &l->recipe;
	size_t before = r->db->nr;
	char *lean = lean_write(job);
	int status, ret = 0;

	list_args(job, lean, &args);
	status = make_run(&args, take_line, l, &log);
	recipe_end(r);
	if (status < 0 || status >= 126) {
		ret = kbuild_make_failed(err, "list compile commands", status,
					 &log);
	} else if (r->db->nr > before) {
		note_recipes(r, err);
		note_complaints(log.buf, err);
	} else if (status) {
		ret = kbuild_make_failed(err, "list compile commands", status,
					 &log);
	} else {
		strbuf_addstr(err, "no kernel object made of C is built there "
				   "under this configuration; choose other "
				   "directories or another configuration");
		ret = -ENODATA;
	}
	make_args_release(&args);
	strbuf_release(&log);
	free(lean);
	return ret;
}

static int by_output(const void *a, const void *b)
{
	const struct compile_cmd *x = a, *y = b;
	int ret = strcmp(x->output, y->output);

	return ret ? ret : strcmp(x->file, y->file);
}

int list_commands(const struct kbuild_job *job, struct compdb *db,
		  struct strbuf *err)
{
	size_t before = db->nr;
	struct listing l;
	int ret;

	recipe_init(&l.recipe, db, job->objdir, job->dirs, job->opt->nr_dirs);
	generated_init(&l.generated, job);
	ret = run_list(&l, job, err);
	if (!ret) {
		/* Two makes at once print in no order. */
		qsort(db->cmds + before, db->nr - before, sizeof(*db->cmds),
		      by_output);
		generated_make(&l.generated, err);
	}
	lean_remove(job);
	generated_release(&l.generated);
	recipe_release(&l.recipe);
	return ret;
}
