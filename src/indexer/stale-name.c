// SPDX-License-Identifier: GPL-2.0-only
/*
 * Headers that were not there before. A new file "include/linux/x.h" matters to
 * a unit when a file that it read names "x.h" and stands beside it, or names
 * "linux/x.h" while the unit looks for headers in "include": found there or
 * not, the unit may find another one now. Which of two directories comes first
 * is not asked, so that a unit may be parsed in vain; none is left out. Nor is
 * a prefix header that an earlier run has kept, for the units that will use it.
 */
#include <string.h>

#include "indexer/stale.h"
#include "indexer/tree-path.h"
#include "indexer/watch-name.h"

/* How much a file, and with it a set of files, has to do with a new name. */
enum interest {
	NOT_NAMED,
	IF_SEARCHED, /* when the unit looks for headers in that directory */
	FOUND,
};

/* One way to find a new file: @name in @dir. */
struct new_name {
	const char *path; /* of the file */
	struct strbuf dir;
	const char *name; /* in path */
};

struct name_check {
	struct stale_check *c;
	struct u64map named; /* hashes that any file names */
	struct u64map last; /* hashes of the last parts of all files' names */
	uint8_t *file, *set; /* enum interest, by number */
	struct strbuf *search; /* by unit: numbers of directories */
};

static const char *last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* ---- by name ---- */

static enum interest interest_of(const struct name_check *n, uint32_t file,
				 uint32_t hash, const char *dir)
{
	const struct watch *w = n->c->watch;
	const struct watch_file *f = &w->files[file];
	enum interest best = NOT_NAMED;
	uint32_t i;

	for (i = 0; i < f->nr_names; i++) {
		uint32_t number = w->names[f->first_name + i];
		const char *name = interner_get(&w->file_names, file);
		size_t len = tree_path_dir(name);

		if ((number & ~(uint32_t)NAME_FLAGS) != hash)
			continue;
		if (number & NAME_ANYWHERE)
			return FOUND;
		if ((number & NAME_QUOTED) && strlen(dir) == len &&
		    !strncmp(name, dir, len))
			return FOUND;
		best = IF_SEARCHED;
	}
	return best;
}

static void rate_sets(struct name_check *n)
{
	const struct stale_check *c = n->c;
	uint32_t i, k;

	for (i = 0; i < c->nr_sets; i++) {
		const uint32_t *member = c->members + c->sets[i].first;

		n->set[i] = NOT_NAMED;
		for (k = 0; k < c->sets[i].nr; k++)
			if (n->file[member[k]] > n->set[i])
				n->set[i] = n->file[member[k]];
	}
}

static void rate_files(struct name_check *n, const struct new_name *new)
{
	uint32_t hash = watch_name_hash(new->name, strlen(new->name));
	uint32_t i;

	for (i = 0; i < n->c->watch->file_names.nr; i++)
		n->file[i] = interest_of(n, i, hash, new->dir.buf);
}

static enum interest unit_interest(const struct name_check *n,
				   const struct known_unit *k)
{
	enum interest own = k->deps ? n->set[k->deps - 1] : NOT_NAMED;
	enum interest prefix = k->prefix_deps ? n->set[k->prefix_deps - 1]
					      : NOT_NAMED;

	return own > prefix ? own : prefix;
}

static const uint32_t *search_of(struct name_check *n, uint32_t unit,
				 uint32_t *nr)
{
	struct strbuf *numbers = &n->search[unit];

	if (!numbers->alloc)
		stale_search_dirs(n->c, &n->c->job->units[unit], numbers);
	*nr = numbers->len / sizeof(uint32_t);
	return (const uint32_t *)numbers->buf;
}

static bool searches(struct name_check *n, uint32_t unit, uint32_t dir)
{
	uint32_t i, nr;
	const uint32_t *dirs = search_of(n, unit, &nr);

	for (i = 0; i < nr; i++)
		if (dirs[i] == dir)
			return true;
	return false;
}

/* -include FILE is an #include "FILE" in the directory the command runs in. */
static bool command_names(struct name_check *n, uint32_t unit,
			  const struct new_name *new)
{
	const struct index_unit *u = &n->c->job->units[unit];
	const struct parse_args *args = plan_args(n->c->job, u);
	struct strbuf path = STRBUF_INIT;
	bool found = false;
	int i;

	for (i = 0; !found && i + 1 < args->argc; i++) {
		char *full;

		if (strcmp(args->argv[i], "-include") &&
		    strcmp(args->argv[i], "-imacros"))
			continue;
		full = path_normalise(u->cmd->directory, args->argv[++i]);
		strbuf_reset(&path);
		tree_path_add(&path, n->c->job->opt->tree, n->c->job->objdir,
			      full);
		free(full);
		found = !strcmp(path.buf, new->path) ||
			!strcmp(args->argv[i], new->name);
	}
	strbuf_release(&path);
	return found;
}

/* ---- names that macros make ---- */

static bool stands_below(const char *path, const char *dir)
{
	return !*dir || path_below(path, dir);
}

/*
 * Such a name is not known. It may be the one that was not found, or any header
 * may have been meant that has the same last part.
 */
static void rate_files_by_last_part(struct name_check *n, const char *path)
{
	const struct watch *w = n->c->watch;
	const char *last = last_part(path);
	uint32_t i;

	n->file[0] = NOT_NAMED;
	for (i = 1; i < w->file_names.nr; i++)
		n->file[i] = !strcmp(last_part(interner_get(&w->file_names, i)),
				     last)
				     ? FOUND
				     : NOT_NAMED;
}

static bool is_computed(const struct stale_check *c, const struct known_unit *k)
{
	return (k->deps && c->sets[k->deps - 1].computed) ||
	       (k->prefix_deps && c->sets[k->prefix_deps - 1].computed);
}

static bool searches_above(struct name_check *n, uint32_t unit,
			   const char *path)
{
	uint32_t i, nr;
	const uint32_t *dirs = search_of(n, unit, &nr);

	for (i = 0; i < nr; i++)
		if (stands_below(path, interner_get(&n->c->search, dirs[i])))
			return true;
	return false;
}

/* ---- kept prefix headers ---- */

/* All units that may use it name the same files. */
static bool kept_is_named(struct name_check *n, const struct index_kept *k,
			  const struct new_name *new)
{
	const struct index_job *job = n->c->job;
	uint32_t i;

	for (i = 0; i < job->nr_units; i++)
		if (job->units[i].prefix_key == k->row.key)
			return command_names(n, i, new);
	return true;
}

/* Which of its headers were chosen is said by no file on the disk. */
static bool kept_finds(struct name_check *n, uint32_t nr,
		       enum interest interest, const struct new_name *new)
{
	const struct index_kept *k = &n->c->job->kept[nr];

	if (interest == FOUND || kept_is_named(n, k, new))
		return true;
	/* where some unit looks: they differ in a few directories */
	return interner_find(&n->c->search, new->dir.buf) != UINT32_MAX &&
	       (interest == IF_SEARCHED ||
		index_kept_includes(n->c->job, nr, new->name));
}

/* What was rated is of this file; @new: or NULL, for the names macros make. */
static int check_kept(struct name_check *n, const struct new_name *new)
{
	struct index_job *job = n->c->job;
	uint32_t i;
	int ret = 0;

	for (i = 0; !ret && i < job->nr_kept; i++) {
		const struct index_kept *k = &job->kept[i];
		uint32_t set = u64map_get(&n->c->set_by_id, k->deps);
		enum interest interest = set ? n->set[set - 1] : FOUND;
		bool found;

		if (k->gone)
			continue;
		if (new)
			found = kept_finds(n, i, interest, new);
		else
			found = interest == FOUND &&
				(!set || n->c->sets[set - 1].computed);
		if (found)
			ret = index_kept_forget(job, i);
	}
	return ret;
}

/* ---- units ---- */

static int set_stale(struct name_check *n, uint32_t unit,
		     const struct known_unit *k)
{
	n->c->job->units[unit].stale = true;
	return store_mark_stale(n->c->job->store, k->id);
}

static int check_name(struct name_check *n, const struct new_name *new)
{
	uint32_t dir = interner_find(&n->c->search, new->dir.buf), i;
	int ret;

	rate_files(n, new);
	rate_sets(n);
	ret = check_kept(n, new);
	for (i = 0; !ret && i < n->c->job->nr_units; i++) {
		const struct index_unit *u = &n->c->job->units[i];
		const struct known_unit *k = stale_known(n->c, u);
		enum interest interest;

		if (u->stale || !k)
			continue;
		interest = unit_interest(n, k);
		if (interest == IF_SEARCHED && !searches(n, i, dir))
			interest = NOT_NAMED;
		if (interest || command_names(n, i, new))
			ret = set_stale(n, i, k);
	}
	return ret;
}

static int check_computed(struct name_check *n, const char *path)
{
	const char *last = last_part(path);
	uint32_t hash = watch_name_hash(last, strlen(last)), i;
	int ret;

	if (!u64map_get(&n->last, hash))
		return 0;
	rate_files_by_last_part(n, path);
	rate_sets(n);
	ret = check_kept(n, NULL);
	for (i = 0; !ret && i < n->c->job->nr_units; i++) {
		const struct index_unit *u = &n->c->job->units[i];
		const struct known_unit *k = stale_known(n->c, u);

		if (u->stale || !k || !is_computed(n->c, k))
			continue;
		if (k->missing == hash ||
		    (unit_interest(n, k) && searches_above(n, i, path)))
			ret = set_stale(n, i, k);
	}
	return ret;
}

static bool is_named(const struct name_check *n, const char *name)
{
	return u64map_get(&n->named, watch_name_hash(name, strlen(name)));
}

/* Each way to split its path into a directory and a name. */
static int check_path(struct name_check *n, const char *path)
{
	struct new_name new = { .path = path, .dir = STRBUF_INIT };
	const char *name = last_part(path);
	int ret = check_computed(n, path);

	while (!ret) {
		size_t len = name - path;

		new.name = name;
		strbuf_reset(&new.dir);
		strbuf_add(&new.dir, path, len ? len - 1 : 0);
		if (is_named(n, name))
			ret = check_name(n, &new);
		if (len < 2)
			break;
		for (name--; name > path && name[-1] != '/'; name--)
			;
	}
	strbuf_release(&new.dir);
	return ret;
}

static void collect_named(struct name_check *n)
{
	const struct watch *w = n->c->watch;
	const char *last;
	uint32_t i;

	for (i = 0; i < w->nr_names; i++)
		u64map_add(&n->named, w->names[i] & ~(uint32_t)NAME_FLAGS, 1);
	for (i = 1; i < w->file_names.nr; i++) {
		last = last_part(interner_get(&w->file_names, i));
		u64map_add(&n->last, watch_name_hash(last, strlen(last)), 1);
	}
	for (i = 0; i < n->c->nr_known; i++)
		if (n->c->known[i].missing)
			u64map_add(&n->last, n->c->known[i].missing, 1);
}

/* The names of the includes of commands, "./include/x.h" as "x.h" too. */
static void collect_commands(struct name_check *n)
{
	const struct index_job *job = n->c->job;
	uint32_t i;
	int k;

	for (i = 0; i < job->nr_units; i++) {
		const struct parse_args *args = plan_args(job, &job->units[i]);

		for (k = 0; k + 1 < args->argc; k++) {
			const char *word = args->argv[k + 1];

			if (strcmp(args->argv[k], "-include") &&
			    strcmp(args->argv[k], "-imacros"))
				continue;
			u64map_add(&n->named,
				   watch_name_hash(word, strlen(word)), 1);
			word = last_part(word);
			u64map_add(&n->named,
				   watch_name_hash(word, strlen(word)), 1);
		}
	}
}

int stale_by_new_names(struct stale_check *c)
{
	const struct strbuf *appeared = &c->watch->appeared;
	struct name_check n = { .c = c };
	size_t at;
	uint32_t i;
	int ret = 0;

	if (!appeared->len)
		return 0;
	u64map_init(&n.named);
	u64map_init(&n.last);
	n.file = xcalloc(c->watch->file_names.nr, 1);
	n.set = xcalloc((size_t)c->nr_sets + 1, 1);
	n.search = xcalloc(c->job->nr_units, sizeof(*n.search));
	for (i = 0; i < c->job->nr_units; i++)
		strbuf_init(&n.search[i]);
	collect_named(&n);
	collect_commands(&n);
	for (at = 0; !ret && at < appeared->len;
	     at += strlen(appeared->buf + at) + 1)
		ret = check_path(&n, appeared->buf + at);
	for (i = 0; i < c->job->nr_units; i++)
		strbuf_release(&n.search[i]);
	free(n.search);
	free(n.file);
	free(n.set);
	u64map_release(&n.named);
	u64map_release(&n.last);
	return ret;
}
