// SPDX-License-Identifier: GPL-2.0-only
/* Where a scan keeps its index from one run to the next. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/hash.h"

#include "callgraph/store.h"
#include "indexer/index.h"

#include "cmd-scan.h"

/* ---- the place ---- */

static char *cache_home(void)
{
	const char *xdg = getenv("XDG_CACHE_HOME");
	const char *home = getenv("HOME"), *tmp = getenv("TMPDIR");

	/* The specification says to pass over a relative one. */
	if (xdg && *xdg == '/')
		return xasprintf("%s/probewalk", xdg);
	if (home && *home)
		return xasprintf("%s/.cache/probewalk", home);
	return xasprintf("%s/probewalk-%u", tmp && *tmp ? tmp : "/tmp",
			 (unsigned int)geteuid());
}

/* Names in another order are another order of the same. */
static uint64_t hash_names(const struct string_list *names, uint64_t seed)
{
	struct string_list sorted = { 0 };
	size_t i;

	for (i = 0; i < names->nr; i++)
		string_list_add(&sorted, names->item[i]);
	string_list_sort_unique(&sorted);
	for (i = 0; i < sorted.nr; i++)
		seed = hash64(sorted.item[i], strlen(sorted.item[i]) + 1, seed);
	seed = hash64_u64(sorted.nr, seed);
	string_list_release(&sorted);
	return seed;
}

static char *default_cache(const struct scan *scan,
			   const struct scan_sources *sources)
{
	struct string_list configs = { 0 };
	const char *name = strrchr(scan->tree, '/');
	char *home = cache_home(), *ret;
	uint64_t hash;
	size_t i;

	for (i = 0; i < sources->nr; i++)
		string_list_add(&configs, sources->list[i].config);
	hash = hash64_str(scan->tree, 0);
	hash = hash_names(&configs, hash);
	hash = hash_names(&scan->dirs, hash);
	ret = xasprintf("%s/%s-%016" PRIx64, home,
			name && name[1] ? name + 1 : "root", hash);
	string_list_release(&configs);
	free(home);
	return ret;
}

static int make_dirs(const char *path)
{
	char *copy = xstrdup(path), *p = copy;
	int ret = 0;

	while (!ret && p) {
		p = strchr(p + 1, '/');
		if (p)
			*p = '\0';
		if (mkdir(copy, 0777) && errno != EEXIST)
			ret = -errno;
		if (p)
			*p = '/';
	}
	free(copy);
	return ret;
}

int scan_database(const struct scan *scan, const struct scan_sources *sources,
		  struct strbuf *path, struct strbuf *err)
{
	char *dir = scan->cache ? xstrdup(scan->cache)
				: default_cache(scan, sources);
	int ret = make_dirs(dir);

	if (ret)
		strbuf_addf(err,
			    "the cache directory %s cannot be made: %s; name "
			    "another one with --cache",
			    dir, strerror(-ret));
	else
		strbuf_addf(path, "%s/kernel.db", dir);
	free(dir);
	return ret;
}

/* ---- what an earlier scan left ---- */

/* A command of a configuration that is not scanned now. */
struct gone {
	uint32_t config;
	char *file;
	uint64_t command_hash;
};

struct others {
	const struct scan_sources *sources;
	uint32_t *configs;
	size_t nr_configs, alloc_configs;
	struct gone *gone;
	size_t nr_gone, alloc_gone;
};

static int add_other_config(void *data, const struct store_config *config)
{
	struct others *others = data;
	size_t i;

	for (i = 0; i < others->sources->nr; i++)
		if (!strcmp(others->sources->list[i].config, config->name))
			return 0;
	ALLOC_GROW(others->configs, others->nr_configs + 1,
		   others->alloc_configs);
	others->configs[others->nr_configs++] = config->id;
	return 0;
}

static int add_member(void *data, const struct store_unit *unit)
{
	struct others *others = data;

	ALLOC_GROW(others->gone, others->nr_gone + 1, others->alloc_gone);
	others->gone[others->nr_gone++] = (struct gone){
		.config = unit->config,
		.file = xstrdup(unit->file),
		.command_hash = unit->command_hash,
	};
	return 0;
}

static int find_members(struct store *store, struct others *others)
{
	int ret = store_each_config(store, add_other_config, others);
	size_t i;

	for (i = 0; !ret && i < others->nr_configs; i++)
		ret = store_each_unit(store, others->configs[i], add_member,
				      others);
	return ret;
}

/* Not the units: one that is scanned now may have borrowed them. */
static int drop_members(struct store *store, const struct others *others)
{
	int ret = store_begin(store);
	size_t i;

	for (i = 0; !ret && i < others->nr_gone; i++)
		ret = store_drop_member(store, others->gone[i].config,
					others->gone[i].file,
					others->gone[i].command_hash);
	if (!ret)
		ret = store_finish(store);
	if (!ret)
		ret = index_kept_clean(store);
	if (!ret)
		ret = store_commit(store);
	if (ret)
		store_rollback(store);
	return ret;
}

static void others_release(struct others *others)
{
	size_t i;

	for (i = 0; i < others->nr_gone; i++)
		free(others->gone[i].file);
	free(others->gone);
	free(others->configs);
}

int scan_drop_others(const char *path, const struct scan_sources *sources,
		     struct strbuf *err)
{
	struct others others = { .sources = sources };
	struct store *store;
	int ret;

	if (access(path, F_OK))
		return 0;
	ret = store_open(&store, path, STORE_WRITE, err);
	if (ret)
		return ret;
	ret = find_members(store, &others);
	if (!ret && others.nr_gone)
		ret = drop_members(store, &others);
	if (ret)
		strbuf_addf(err, "%s cannot be updated: %s", path,
			    store_error(store));
	store_close(store);
	others_release(&others);
	return ret;
}
