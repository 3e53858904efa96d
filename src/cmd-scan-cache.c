// SPDX-License-Identifier: GPL-2.0-only
/* Where a scan keeps its index from one run to the next. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/hash.h"

#include "callgraph/store.h"

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

struct others {
	const struct scan_sources *sources;
	uint32_t *ids; /* of configurations, then of units */
	size_t nr, alloc;
};

static void add_id(struct others *others, uint32_t id)
{
	ALLOC_GROW(others->ids, others->nr + 1, others->alloc);
	others->ids[others->nr++] = id;
}

static int add_other_config(void *data, const struct store_config *config)
{
	struct others *others = data;
	size_t i;

	for (i = 0; i < others->sources->nr; i++)
		if (!strcmp(others->sources->list[i].config, config->name))
			return 0;
	add_id(others, config->id);
	return 0;
}

static int add_unit(void *data, const struct store_unit *unit)
{
	add_id(data, unit->id);
	return 0;
}

static int find_units(struct store *store, const struct scan_sources *sources,
		      struct others *units)
{
	struct others configs = { .sources = sources };
	int ret = store_each_config(store, add_other_config, &configs);
	size_t i;

	for (i = 0; !ret && i < configs.nr; i++)
		ret = store_each_unit(store, configs.ids[i], add_unit, units);
	free(configs.ids);
	return ret;
}

static int drop_units(struct store *store, const struct others *units)
{
	int ret = store_begin(store);
	size_t i;

	for (i = 0; !ret && i < units->nr; i++)
		ret = store_delete_unit(store, units->ids[i]);
	if (!ret)
		ret = store_finish(store);
	if (!ret)
		ret = store_commit(store);
	if (ret)
		store_rollback(store);
	return ret;
}

int scan_drop_others(const char *path, const struct scan_sources *sources,
		     struct strbuf *err)
{
	struct others units = { 0 };
	struct store *store;
	int ret;

	if (access(path, F_OK))
		return 0;
	ret = store_open(&store, path, STORE_WRITE, err);
	if (ret)
		return ret;
	ret = find_units(store, sources, &units);
	if (!ret && units.nr)
		ret = drop_units(store, &units);
	if (ret)
		strbuf_addf(err, "%s cannot be updated: %s", path,
			    store_error(store));
	store_close(store);
	free(units.ids);
	return ret;
}
