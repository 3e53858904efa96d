// SPDX-License-Identifier: GPL-2.0-only
/* What there is to do: units, groups that may share a prefix header. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "indexer/index-internal.h"
#include "indexer/tree-path.h"

/* ---- units ---- */

/*
 * Commands that run in a folder of the tree make it no build directory, unless
 * kbuild has configured a kernel there (make O=build).
 */
static bool may_be_objdir(const char *dir, const char *tree)
{
	char *path;
	bool ret;

	if (!strcmp(dir, tree))
		return false;
	if (!path_below(dir, tree))
		return true;
	path = xasprintf("%s/include/generated", dir);
	ret = !access(path, F_OK);
	free(path);
	return ret;
}

/*
 * The build directory: where most commands run. When the sources stand below
 * it, it is a part of the tree and not a build directory beside it.
 */
static char *find_objdir(const struct compdb *db, const char *tree)
{
	const char *lead = NULL;
	size_t i, votes = 0, sources = 0;

	for (i = 0; i < db->nr; i++) {
		const char *dir = db->cmds[i].directory;

		if (!votes)
			lead = dir;
		votes += lead == dir || !strcmp(lead, dir) ? 1 : -1;
	}
	for (i = 0; lead && i < db->nr; i++)
		sources += path_below(db->cmds[i].file, lead) != NULL;
	if (!lead || !may_be_objdir(lead, tree) || sources * 2 > db->nr)
		return NULL;
	return xstrdup(lead);
}

static bool has_source(struct index_unit *u)
{
	struct stat st;

	if (u->cmd->broken || stat(u->cmd->file, &st) || !S_ISREG(st.st_mode))
		return false;
	u->stamp = watch_stamp_of(&st);
	return true;
}

uint64_t plan_unit_key(const char *name, uint64_t command_hash)
{
	return hash64_u64(command_hash, hash64_str(name, 0));
}

const struct parse_args *plan_args(const struct index_job *job,
				   const struct index_unit *u)
{
	struct parse_args *args = &job->units[u - job->units].args;

	if (!args->argv)
		parse_args_init(args, u->cmd, job->report);
	return args;
}

/* Sorting out the words of a command takes long, and may have been done. */
static void hash_command(struct index_job *job, struct index_unit *u)
{
	const struct parse_args *args;

	u->command_hash = u->cmd->command_hash;
	u->prefix_key = u->cmd->prefix_key;
	if (u->command_hash)
		return;
	args = plan_args(job, u);
	u->command_hash = args->command_hash;
	u->prefix_key = args->prefix_key;
}

static void add_unit(struct index_job *job, struct u64map *seen,
		     const struct compile_cmd *cmd,
		     struct command_hashes *hashes)
{
	struct index_unit *u = &job->units[job->nr_units];
	struct strbuf name = STRBUF_INIT;

	memset(u, 0, sizeof(*u));
	u->cmd = cmd;
	hash_command(job, u);
	hashes->command_hash = u->command_hash;
	hashes->prefix_key = u->prefix_key;
	tree_path_add(&name, job->opt->tree, job->objdir, cmd->file);
	/* commands may differ in what does not matter here, as their output */
	u->key = plan_unit_key(name.buf, u->command_hash);
	if (!u64map_add(seen, u->key, 1)) {
		parse_args_release(&u->args);
		strbuf_release(&name);
		return;
	}
	u->group = NO_GROUP;
	u->name = strbuf_detach(&name);
	if (job->overlay)
		u->missing = !index_overlay_has(job, cmd);
	else
		u->missing = !has_source(u);
	job->nr_units++;
}

/* A database of another tree would be indexed as thousands of failures. */
static int check_tree(const struct index_job *job)
{
	uint32_t i, there = 0, below = 0;

	for (i = 0; i < job->nr_units; i++) {
		const struct index_unit *u = &job->units[i];

		there += !u->missing || u->cmd->broken;
		below += (!u->missing || u->cmd->broken) &&
			 path_below(u->cmd->file, job->opt->tree) != NULL;
	}
	if (below)
		return 0;
	if (!there)
		strbuf_addf(job->err,
			    "%s: none of the %u files it names exists, not "
			    "even '%s': it was made for another tree. ",
			    job->opt->compdb, job->nr_units,
			    job->units[0].cmd->file);
	else
		strbuf_addf(job->err,
			    "%s: none of the %u files it names lies below "
			    "'%s': it was made for another tree. ",
			    job->opt->compdb, job->nr_units, job->opt->tree);
	strbuf_addstr(job->err, "Make it again for this one, or name the tree "
				"it was made for.");
	return -EINVAL;
}

int plan_units(struct index_job *job, const struct compdb *db)
{
	struct u64map seen;
	size_t i;

	if (!db->nr) {
		strbuf_addf(job->err, "%s: there is no C source in it.",
			    job->opt->compdb);
		return -EINVAL;
	}
	job->objdir = find_objdir(db, job->opt->tree);
	job->units = xcalloc(db->nr, sizeof(*job->units));
	job->hashes = xcalloc(db->nr, sizeof(*job->hashes));
	u64map_init(&seen);
	for (i = 0; i < db->nr; i++)
		add_unit(job, &seen, &db->cmds[i], &job->hashes[i]);
	u64map_release(&seen);
	return check_tree(job);
}

/* ---- groups ---- */

uint32_t plan_add_group(struct index_job *job, uint32_t parent)
{
	struct index_group *g;

	ALLOC_GROW(job->groups, job->nr_groups + 1, job->alloc_groups);
	g = &job->groups[job->nr_groups];
	memset(g, 0, sizeof(*g));
	g->parent = parent;
	u64map_init(&g->bodies);
	return job->nr_groups++;
}

void plan_add_to_group(struct index_job *job, uint32_t group, uint32_t unit)
{
	struct index_group *g = &job->groups[group];

	ALLOC_GROW(g->units, g->nr_units + 1, g->alloc_units);
	g->units[g->nr_units++] = unit;
	job->units[unit].group = group;
}

void plan_choose(struct index_job *job, uint32_t group, enum prefix_kind kind,
		 uint32_t parent)
{
	struct index_group *g = &job->groups[group];
	struct prefix_unit *units = xcalloc(g->nr_units, sizeof(*units));
	char *stem = xasprintf("%s/prefix-%u", job->tmpdir, group);
	uint32_t i;

	for (i = 0; i < g->nr_units; i++) {
		const struct index_unit *u = &job->units[g->units[i]];

		units[i].cmd = u->cmd;
		units[i].args = plan_args(job, u);
	}
	g->prefix = prefix_new(
		kind, parent == NO_GROUP ? NULL : job->groups[parent].prefix,
		units, g->nr_units, stem);
	g->parent = parent;
	free(units);
	free(stem);
}

/* A group that was there before has a kept prefix header, and no units. */
static void group_by_key(struct index_job *job, struct u64map *by_key,
			 uint32_t unit)
{
	uint64_t key = job->units[unit].prefix_key;
	uint32_t nr = u64map_get(by_key, key);

	if (!nr) {
		nr = plan_add_group(job, NO_GROUP) + 1;
		u64map_put(by_key, key, nr);
	}
	plan_add_to_group(job, nr - 1, unit);
}

void plan_groups(struct index_job *job)
{
	struct u64map by_key;
	uint32_t i;

	u64map_init(&by_key);
	for (i = 0; i < job->nr_kept; i++) {
		u64map_put(&by_key, job->kept[i].row.key, i + 1);
		memset(&job->groups[i].trial, 0, sizeof(job->groups[i].trial));
	}
	for (i = 0; i < job->nr_units; i++) {
		job->units[i].group = NO_GROUP;
		if (job->units[i].stale && !job->units[i].missing)
			group_by_key(job, &by_key, i);
	}
	u64map_release(&by_key);
}

void plan_prefixes(struct index_job *job)
{
	uint32_t i;

	for (i = 0; i < job->nr_groups; i++)
		if (!job->opt->no_prefix && !job->groups[i].built &&
		    job->groups[i].nr_units >= INDEX_MIN_GROUP)
			plan_choose(job, i, PREFIX_COMMON, NO_GROUP);
}

void plan_release(struct index_job *job)
{
	uint32_t i;

	for (i = 0; i < job->nr_units; i++) {
		parse_args_release(&job->units[i].args);
		free(job->units[i].name);
	}
	/* a prefix stands on one that was made before it */
	for (i = job->nr_groups; i--;) {
		prefix_free(job->groups[i].prefix);
		free(job->groups[i].units);
		u64map_release(&job->groups[i].bodies);
	}
	free(job->units);
	free(job->hashes);
	free(job->groups);
	free(job->kept);
	free(job->objdir);
	free(job->tmpdir);
	free(job->order);
}

/* ---- the directory for prefix headers ---- */

static bool is_ours(const char *name)
{
	return !strncmp(name, "prefix-", 7);
}

/* Remove what a run has left there, and nothing that is not ours. */
static void remove_files(const struct index_job *job)
{
	int fd = open(job->tmpdir,
		      O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct dirent *entry;
	DIR *dir;

	if (fd < 0)
		return;
	dir = fdopendir(fd);
	if (!dir) {
		close(fd);
		return;
	}
	while ((entry = readdir(dir)))
		if (is_ours(entry->d_name))
			unlinkat(dirfd(dir), entry->d_name, 0);
	closedir(dir);
	rmdir(job->tmpdir);
}

void index_tmpdir_remove(struct index_job *job)
{
	/* one that was killed may have left it, and this one need none */
	remove_files(job);
	job->has_tmpdir = false;
}

int index_tmpdir_make(struct index_job *job)
{
	int ret;

	if (job->has_tmpdir)
		return 0;
	/* a run that was killed */
	remove_files(job);
	job->has_tmpdir = true;
	if (!mkdir(job->tmpdir, 0777) || errno == EEXIST)
		return 0;
	job->has_tmpdir = false;
	ret = -errno;
	strbuf_addf(job->err, "cannot make the directory '%s': %s.",
		    job->tmpdir, strerror(-ret));
	return ret;
}
