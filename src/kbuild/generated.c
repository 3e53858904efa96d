// SPDX-License-Identifier: GPL-2.0-only
/*
 * Some units include headers, or are C files, that only their own directory's
 * makefile makes: register lists of drm/msm, tables, ASN.1 parsers. Without
 * them a unit is not parsed, or in part. "make -n" says which they are; then
 * make is sent to those directories for these files and nothing else.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kbuild/generated.h"
#include "kbuild/lean.h"
#include "kbuild/make.h"

void generated_init(struct generated *g, const struct kbuild_job *job)
{
	g->job = job;
	interner_init(&g->names);
}

void generated_release(struct generated *g)
{
	interner_release(&g->names);
}

static bool ends_with(const char *s, size_t n, const char *tail)
{
	size_t m = strlen(tail);

	return n > m && !strncmp(s + n - m, tail, m);
}

/* What a C file may include or be. The rest belongs to `prepare` or the link.
 */
static bool is_source(const char *name, size_t n)
{
	char *copy = xstrndup(name, n), *base = strrchr(copy, '/');
	bool source = (ends_with(name, n, ".h") || ends_with(name, n, ".c") ||
		       ends_with(name, n, ".inc")) &&
		      !ends_with(name, n, ".mod.c") &&
		      !ends_with(name, n, ".vmlinux.export.c") && base &&
		      base[1] != '.' && *copy != '/' &&
		      strncmp(copy, "scripts/", strlen("scripts/")) &&
		      strncmp(copy, "tools/", strlen("tools/")) &&
		      !strstr(copy, "include/generated/");

	free(copy);
	return source;
}

static int stat_below(const char *dir, const char *name, size_t n,
		      struct stat *st)
{
	char *path = *name == '/' ? xstrndup(name, n)
				  : xasprintf("%s/%.*s", dir, (int)n, name);
	int ret = stat(path, st);

	free(path);
	return ret;
}

static bool is_newer(const struct stat *a, const struct stat *b)
{
	if (a->st_mtim.tv_sec != b->st_mtim.tv_sec)
		return a->st_mtim.tv_sec > b->st_mtim.tv_sec;
	return a->st_mtim.tv_nsec > b->st_mtim.tv_nsec;
}

/*
 * make -n calls all of them out of date: they depend on FORCE, and on others
 * that it only pretends to have made.
 */
static bool is_stale(const struct kbuild_job *job, const char *name, size_t len,
		     const char *reasons)
{
	struct stat st, cause;
	size_t n;

	if (stat_below(job->objdir, name, len, &st))
		return true;
	for (; *reasons; reasons += n) {
		reasons += strspn(reasons, " ");
		n = strcspn(reasons, " ");
		if (n && !stat_below(job->objdir, reasons, n, &cause) &&
		    is_newer(&cause, &st))
			return true;
	}
	return false;
}

bool generated_line(struct generated *g, const char *line)
{
	static const char due[] = "' due to: ", none[] = "' does not exist";
	const char *name = strstr(line, ": update target '"), *end;
	bool missing = !name;

	/* A recipe is long, and what it quotes is none of ours. */
	if (missing)
		name = strstr(line, ": target '");
	if (!name || memchr(line, ' ', name - line))
		return false;
	name = strchr(name, '\'') + 1;
	end = strstr(name, missing ? none : due);
	if (!end)
		return false;
	if (is_source(name, end - name) &&
	    is_stale(g->job, name, end - name,
		     missing ? "" : end + strlen(due)))
		interner_add(&g->names, name, end - name);
	return true;
}

/* The directory whose makefile has the rule: "" is none. */
static char *directory_of(const struct kbuild_job *job, const char *name)
{
	char *dir = xstrdup(name), *slash;

	while ((slash = strrchr(dir, '/'))) {
		char *makefile, *kbuild;
		bool found;

		*slash = '\0';
		makefile = xasprintf("%s/Makefile", dir);
		kbuild = xasprintf("%s/Kbuild", dir);
		found = kbuild_exists(job->tree, makefile) ||
			kbuild_exists(job->tree, kbuild);
		free(makefile);
		free(kbuild);
		if (found)
			return dir;
	}
	*dir = '\0';
	return dir;
}

/*
 * Called for the top directory instead of descending into all of them. What
 * `prepare` calls it for is left to kbuild's own.
 */
static void makefile_text(const struct generated *g, struct strbuf *out)
{
	struct interner dirs;
	uint32_t i;

	interner_init(&dirs);
	strbuf_addstr(out,
		      LEAN_HEAD "ifneq ($(obj) $(MAKECMDGOALS),. )\n"
				"include $(srctree)/scripts/Makefile.build\n"
				"else\n");
	for (i = 1; i < g->names.nr; i++) {
		const char *name = interner_get(&g->names, i);
		char *dir = directory_of(g->job, name);

		interner_addstr(&dirs, dir);
		if (*dir)
			strbuf_addf(out, "files-%s += %s\n", dir, name);
		free(dir);
	}
	strbuf_addstr(out, "dirs :=");
	for (i = 1; i < dirs.nr; i++)
		strbuf_addf(out, " %s", interner_get(&dirs, i));
	strbuf_addstr(out, "\n.PHONY: all $(dirs)\n"
			   "all: $(dirs)\n"
			   "$(dirs):\n"
			   "\t$(Q)$(MAKE) -f $(srctree)/scripts/Makefile.build "
			   "obj=$@ $(files-$@)\n"
			   "endif" LEAN_FOOT);
	interner_release(&dirs);
}

static char *write_makefile(const struct generated *g)
{
	char *path = lean_path(g->job, "Makefile.generated");
	struct strbuf text = STRBUF_INIT;
	FILE *f = fopen(path, "w");
	bool written = false;

	makefile_text(g, &text);
	if (f) {
		written = fwrite(text.buf, 1, text.len, f) == text.len;
		written = !fclose(f) && written;
	}
	strbuf_release(&text);
	if (!written) {
		free(path);
		path = NULL;
	}
	return path;
}

static void run_make(const struct generated *g, const char *makefile,
		     struct strbuf *log)
{
	struct make_args args = { 0 };
	int status;

	kbuild_job_make(g->job, g->job->objdir, &args);
	make_args_add(&args, "-k");
	make_args_add(&args, "-j%d", kbuild_job_jobs(g->job));
	make_args_add(&args, "build=-f %s obj", makefile);
	kbuild_job_light(&args);
	make_args_add(&args, "CONFIG_WERROR=");
	make_args_add(&args, ".");
	/* What it could make is looked at, not what it says. */
	status = make_run(&args, NULL, NULL, log);
	(void)status;
	make_args_release(&args);
}

static char *first_line(const char *log, const char *const *words)
{
	const char *p = log, *end;
	size_t i;

	for (; *p; p = *end ? end + 1 : end) {
		char *line;

		end = p + strcspn(p, "\n");
		line = xstrndup(p, end - p);
		for (i = 0; words[i]; i++)
			if (strstr(line, words[i]))
				return line;
		free(line);
	}
	return NULL;
}

/* The cause; and where there is none, what make made of it. */
static char *first_error(const char *log)
{
	static const char *const causes[] = { "rror: ", "not found",
					      "No such file", "denied", NULL };
	static const char *const results[] = { "***", NULL };
	char *line = first_line(log, causes);

	return line ? line : first_line(log, results);
}

static size_t note_missing(const struct generated *g, const char *log,
			   struct strbuf *err)
{
	const char *first = NULL;
	char *error = first_error(log);
	size_t nr = 0;
	uint32_t i;

	for (i = 1; i < g->names.nr; i++) {
		const char *name = interner_get(&g->names, i);

		if (kbuild_exists(g->job->objdir, name))
			continue;
		if (!nr++)
			first = name;
	}
	if (nr)
		strbuf_addf(err,
			    "%s%zu generated source%s could not be made, and "
			    "what needs %s is analysed in part; first: %s%s%s",
			    err->len ? "\n" : "", nr, nr == 1 ? "" : "s",
			    nr == 1 ? "it" : "them", first,
			    error ? "; make says: " : "", error ? error : "");
	free(error);
	return nr;
}

size_t generated_make(const struct generated *g, struct strbuf *err)
{
	struct strbuf log = STRBUF_INIT;
	char *makefile;
	size_t left;

	if (g->names.nr <= 1)
		return 0;
	makefile = write_makefile(g);
	if (makefile)
		run_make(g, makefile, &log);
	left = note_missing(g, log.buf, err);
	strbuf_release(&log);
	free(makefile);
	return left;
}
