// SPDX-License-Identifier: GPL-2.0-only
/* Where a scan's commands come from: files, or kbuild for each architecture. */
#include <errno.h>
#include <string.h>

#include "util/log.h"

#include "indexer/tree-path.h"
#include "kbuild/archs.h"
#include "kbuild/kbuild.h"

#include "cmd-index.h"
#include "cmd-scan.h"
#include "cmd.h"

#define NAME "scan"

static struct scan_source *add_source(struct scan_sources *sources)
{
	struct scan_source *list = sources->list;

	list = xrealloc(list, (sources->nr + 1) * sizeof(*list));
	sources->list = list;
	memset(&list[sources->nr], 0, sizeof(*list));
	return &list[sources->nr++];
}

static void drop_last_source(struct scan_sources *sources)
{
	struct scan_source *source = &sources->list[--sources->nr];

	compdb_release(&source->db);
	free(source->config);
	free(source->from);
}

void scan_sources_release(struct scan_sources *sources)
{
	while (sources->nr)
		drop_last_source(sources);
	free(sources->list);
	memset(sources, 0, sizeof(*sources));
}

static void say_lines(const char *config, char *lines)
{
	char *line;

	while ((line = strsep(&lines, "\n")))
		if (*line)
			pw_warn("%s: %s", config, line);
}

/* ---- compilation databases ---- */

static bool is_in_dirs(const char *file, const struct scan *scan)
{
	const char *name = path_below(file, scan->tree);
	size_t i;

	for (i = 0; name && i < scan->dirs.nr; i++) {
		size_t len = strlen(scan->dirs.item[i]);

		if (!strncmp(name, scan->dirs.item[i], len) &&
		    (name[len] == '/' || !name[len]))
			return true;
	}
	return false;
}

/* kbuild lists the directories itself; a file lists what it lists. */
static int keep_dirs(struct scan_source *source, const struct scan *scan)
{
	struct compdb kept = COMPDB_INIT;
	size_t i;

	if (!scan->dirs.nr)
		return 0;
	for (i = 0; i < source->db.nr; i++) {
		const struct compile_cmd *cmd = &source->db.cmds[i];

		if (is_in_dirs(cmd->file, scan))
			compdb_add(&kept, cmd->directory, cmd->file, cmd->argv,
				   cmd->argc);
	}
	compdb_release(&source->db);
	source->db = kept;
	if (kept.nr)
		return 0;
	pw_error(NAME ": %s has no C source in the directories that --dirs "
		      "names",
		 source->from);
	return EXIT_USAGE;
}

static int load_compdb(struct scan_sources *sources, const struct scan *scan,
		       size_t i)
{
	struct scan_source *source = add_source(sources);
	struct strbuf err = STRBUF_INIT;

	source->from = xstrdup(scan->compdbs.item[i]);
	if (compdb_load(&source->db, source->from, &err)) {
		pw_error(NAME ": %s", err.buf);
		strbuf_release(&err);
		return EXIT_USAGE;
	}
	if (i < scan->configs.nr)
		source->config = xstrdup(scan->configs.item[i]);
	else
		source->config =
			index_default_config(&source->db, source->from);
	return keep_dirs(source, scan);
}

/* ---- kbuild ---- */

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* "arm64/allyesconfig"; for a directory that is named, "arm64/DIRECTORY". */
static char *config_name(const struct kbuild_options *opt, const char *objdir)
{
	const char *name = KBUILD_DEFAULT_CONFIG;
	char *clean = NULL, *ret;

	if (opt->config) {
		name = last_part(opt->config);
	} else if (objdir) {
		clean = path_normalise("/", objdir);
		name = last_part(clean);
	}
	ret = xasprintf("%s/%s", opt->arch, *name ? name : "root");
	free(clean);
	return ret;
}

/* Of "all", those that cannot be had are named and left out. */
static void say_failure(const struct scan_source *source, bool all,
			const char *why)
{
	if (all)
		pw_warn("%s is left out: %s", source->config, why);
	else
		pw_error("%s: %s", source->config, why);
}

static int ask_kbuild(struct scan_source *source,
		      const struct kbuild_options *opt, bool all, bool *partly)
{
	struct strbuf err = STRBUF_INIT;
	int ret;

	pw_info("%s: preparing %s", source->config, opt->objdir);
	ret = kbuild_prepare(opt, &err);
	if (!ret) {
		pw_info("%s: listing the compile commands", source->config);
		ret = kbuild_compdb(opt, &source->db, &err);
	}
	if (ret) {
		say_failure(source, all, err.buf);
		ret = EXIT_USAGE;
	} else if (err.len) {
		say_lines(source->config, err.buf);
		*partly = true;
	}
	strbuf_release(&err);
	return ret;
}

/* Where to build for @arch: a place in the cache, or what was named. */
static int find_objdir(const struct scan *scan,
		       const struct kbuild_options *opt, struct strbuf *objdir,
		       struct strbuf *err)
{
	bool several = scan->all_archs || scan->archs.nr > 1;

	if (!scan->objdir)
		return kbuild_default_objdir(opt, objdir, err);
	strbuf_addf(objdir, "%s%s%s", scan->objdir, several ? "/" : "",
		    several ? opt->arch : "");
	return 0;
}

static int load_arch(struct scan_sources *sources, const struct scan *scan,
		     const char *arch, bool *partly)
{
	struct scan_source *source = add_source(sources);
	struct strbuf objdir = STRBUF_INIT, err = STRBUF_INIT;
	struct kbuild_options opt = {
		.tree = scan->tree,
		.arch = arch,
		.config = scan->configs.nr ? scan->configs.item[0] : NULL,
		.dirs = (const char *const *)scan->dirs.item,
		.nr_dirs = (int)scan->dirs.nr,
		.jobs = scan->jobs,
		.llvm = scan->llvm,
	};
	int ret = 0;

	source->from = xasprintf("kbuild, ARCH=%s", arch);
	source->config = config_name(&opt, scan->objdir);
	if (find_objdir(scan, &opt, &objdir, &err)) {
		say_failure(source, scan->all_archs, err.buf);
		ret = EXIT_USAGE;
	} else {
		opt.objdir = objdir.buf;
		ret = ask_kbuild(source, &opt, scan->all_archs, partly);
	}
	strbuf_release(&objdir);
	strbuf_release(&err);
	return ret;
}

static int load_all_archs(struct scan_sources *sources, const struct scan *scan,
			  bool *partly)
{
	struct kbuild_archs archs = KBUILD_ARCHS_INIT;
	struct strbuf err = STRBUF_INIT;
	size_t i;

	if (kbuild_archs_find(&archs, scan->tree, scan->llvm, &err))
		pw_error(NAME ": %s", err.buf);
	for (i = 0; i < archs.nr; i++) {
		const struct kbuild_arch *arch = &archs.list[i];

		if (arch->why)
			pw_warn("%s is left out: %s", arch->name, arch->why);
		else if (!load_arch(sources, scan, arch->name, partly))
			continue;
		else
			drop_last_source(sources);
		*partly = true;
	}
	kbuild_archs_release(&archs);
	strbuf_release(&err);
	return sources->nr ? 0 : EXIT_USAGE;
}

/* ---- both ---- */

static int check_names(const struct scan_sources *sources)
{
	const struct scan_source *list = sources->list;
	size_t i, k;

	for (i = 0; i < sources->nr; i++)
		for (k = 0; k < i; k++)
			if (!strcmp(list[i].config, list[k].config))
				return cmd_usage_error(
					NAME,
					"'%s' and '%s' would both be the "
					"configuration '%s'; name them with "
					"--config.",
					list[k].from, list[i].from,
					list[i].config);
	return 0;
}

int scan_sources_load(struct scan_sources *sources, const struct scan *scan,
		      bool *partly)
{
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < scan->compdbs.nr; i++)
		ret = load_compdb(sources, scan, i);
	for (i = 0; !ret && i < scan->archs.nr; i++)
		ret = load_arch(sources, scan, scan->archs.item[i], partly);
	if (!ret && scan->all_archs)
		ret = load_all_archs(sources, scan, partly);
	return ret ? ret : check_names(sources);
}
