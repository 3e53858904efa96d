// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which units have to be parsed: those not in the store, those that failed,
 * those that read a file whose content is another now, and those that might
 * find another header now. Modification times do not decide: a checkout to and
 * fro changes them all and nothing else.
 *
 * Units share what they read, and the store keeps such sets once: each file is
 * looked at once and each set is added up once, and what is left for a unit is
 * to look at one or two sets.
 */
#include <errno.h>
#include <string.h>

#include <clang-c/Index.h>

#include "indexer/args-kept.h"
#include "indexer/stale.h"
#include "indexer/tree-path.h"
#include "indexer/watch-name.h"

struct known_unit *stale_known(const struct stale_check *c,
			       const struct index_unit *u)
{
	uint32_t nr = u64map_get(&c->by_key, u->key);

	return nr ? &c->known[nr - 1] : NULL;
}

/* ---- what the store knows ---- */

/* Of "a.c:3: 'linux/x.h' file not found": the number of "x.h". */
static uint32_t missing_header(const char *detail)
{
	static const char end[] = "' file not found";
	size_t len = strlen(detail), n = strlen(end);
	const char *stop, *p;

	if (len < n || strcmp(detail + len - n, end))
		return 0;
	stop = detail + len - n;
	for (p = stop; p > detail && p[-1] != '\'' && p[-1] != '/'; p--)
		;
	return watch_name_hash(p, stop - p);
}

uint32_t stale_set_number(struct stale_check *c, uint32_t id)
{
	uint32_t nr = id ? u64map_get(&c->set_by_id, id) : 0;

	if (nr || !id)
		return nr;
	ALLOC_GROW(c->sets, (size_t)c->nr_sets + 1, c->alloc_sets);
	memset(&c->sets[c->nr_sets++], 0, sizeof(*c->sets));
	u64map_put(&c->set_by_id, id, c->nr_sets);
	return c->nr_sets;
}

static int add_known(void *data, const struct store_seen *seen)
{
	struct stale_check *c = data;
	struct known_unit *k;

	ALLOC_GROW(c->known, (size_t)c->nr_known + 1, c->alloc_known);
	k = &c->known[c->nr_known++];
	memset(k, 0, sizeof(*k));
	k->id = seen->unit;
	k->file = xstrdup(seen->file);
	k->command_hash = seen->command_hash;
	k->borrowed = seen->borrowed;
	/* a borrowed one that was parsed again may be another here now */
	k->failed = seen->status > UNIT_ERRORS;
	k->again = seen->parsed_again;
	k->usable = !k->failed && !seen->stale && !k->again;
	k->errors = seen->status == UNIT_ERRORS;
	k->missing = k->errors ? missing_header(seen->detail) : 0;
	k->deps = stale_set_number(c, seen->deps);
	k->prefix_deps = stale_set_number(c, seen->prefix_deps);
	u64map_put(&c->by_key, plan_unit_key(seen->file, seen->command_hash),
		   c->nr_known);
	return 0;
}

static int add_version(void *data, uint32_t id, const char *file, uint64_t hash)
{
	struct stale_check *c = data;

	ALLOC_GROW(c->versions, (size_t)id + 1, c->alloc_versions);
	for (; c->nr_versions < id; c->nr_versions++)
		memset(&c->versions[c->nr_versions], 0, sizeof(*c->versions));
	c->versions[id].file = watch_file(c->watch, file);
	c->versions[id].hash = hash;
	c->versions[id].generated = tree_path_is_generated(file);
	c->versions[id].overlaid = stale_is_overlaid(c, file);
	c->nr_versions = id + 1;
	return 0;
}

static bool has_changed(struct stale_check *c,
			const struct stale_version *version)
{
	if (c->watch->trusts && !version->overlaid)
		return false;
	return !version->hash ||
	       watch_content(c->watch, version->file) != version->hash;
}

static int add_set(void *data, uint32_t id, struct idset_iter *versions)
{
	struct stale_check *c = data;
	uint32_t nr = stale_set_number(c, id); /* may move the sets */
	struct file_set *set = &c->sets[nr - 1];
	bool changed;
	uint32_t v;

	set->first = c->nr_members;
	while (idset_next(versions, &v)) {
		const struct stale_version *version = &c->versions[v];

		if (v >= c->nr_versions || !version->file)
			return -EIO;
		changed = has_changed(c, version);
		set->changed |= changed;
		set->source_changed |= changed && !version->generated;
		set->overlaid |= version->overlaid;
		set->outdated |= !version->hash ||
				 c->watch->files[version->file].hash !=
					 version->hash;
		set->computed |= c->watch->files[version->file].computed;
		ALLOC_GROW(c->members, (size_t)c->nr_members + 1,
			   c->alloc_members);
		c->members[c->nr_members++] = version->file;
	}
	set->nr = c->nr_members - set->first;
	return 0;
}

/* Also looks at every file that any of the units has read. */
int stale_load(struct stale_check *c)
{
	struct store *store = c->job->store;
	uint32_t config = c->job->config;
	int ret;

	ret = store_each_version(store, add_version, c);
	if (!ret)
		ret = store_each_seen(store, config, add_known, c);
	if (!ret)
		ret = store_each_dep_set(store, add_set, c);
	if (!ret)
		index_kept_check(c);
	return ret;
}

/* ---- where headers are looked for ---- */

static uint32_t search_dir(struct stale_check *c, const char *directory,
			   const char *word)
{
	uint64_t key = hash64_str(word, hash64_str(directory, 0));
	uint32_t nr = u64map_get(&c->search_by_word, key);
	struct strbuf name = STRBUF_INIT;
	char *path;

	if (nr)
		return nr - 1;
	path = path_normalise(directory, word);
	tree_path_add_dir(&name, c->job->opt->tree, c->job->objdir, path);
	nr = interner_addstr(&c->search, name.buf);
	u64map_put(&c->search_by_word, key, nr + 1);
	strbuf_release(&name);
	free(path);
	return nr;
}

/* -isysroot and -iprefix are not followed: what they lead to never changes. */
void stale_each_search(const struct index_job *job, const struct index_unit *u,
		       void (*fn)(void *data, const char *directory,
				  const char *dir),
		       void *data)
{
	static const char *const separate[] = { "-isystem", "-iquote",
						"-idirafter" };
	const struct parse_args *args = plan_args(job, u);
	size_t k;
	int i;

	for (i = 0; i < args->argc; i++) {
		const char *word = args->argv[i], *dir = NULL;

		if (!strncmp(word, "-I", 2))
			dir = word + 2;
		for (k = 0; !dir && k < ARRAY_SIZE(separate); k++)
			if (!strcmp(word, separate[k]))
				dir = args->argv[++i];
		if (dir)
			fn(data, u->cmd->directory, dir);
	}
}

struct search_list {
	struct stale_check *c;
	struct strbuf *numbers;
};

static void list_search_dir(void *data, const char *directory, const char *dir)
{
	struct search_list *list = data;
	uint32_t nr = search_dir(list->c, directory, dir);

	strbuf_add(list->numbers, &nr, sizeof(nr));
}

void stale_search_dirs(struct stale_check *c, const struct index_unit *u,
		       struct strbuf *out)
{
	struct search_list list = { c, out };

	stale_each_search(c->job, u, list_search_dir, &list);
}

static void find_search_dir(void *data, const char *directory, const char *dir)
{
	search_dir(data, directory, dir);
}

static void check_search_dirs(struct stale_check *c)
{
	const struct args_kept *kept = c->job->db->kept;
	uint32_t i;

	for (i = 0; kept && i < kept->nr_search; i++)
		search_dir(c, kept->search[i].directory, kept->search[i].dir);
	for (i = 0; !kept && i < c->job->nr_units; i++)
		stale_each_search(c->job, &c->job->units[i], find_search_dir,
				  c);
	for (i = 0; i < c->search.nr; i++)
		watch_dir_check(c->watch, interner_get(&c->search, i));
}

/* "x.h" is looked for beside the file that names it. */
static void check_dep_dirs(struct stale_check *c)
{
	struct watch *w = c->watch;
	struct strbuf dir = STRBUF_INIT;
	uint32_t i;

	for (i = 1; i < w->file_names.nr; i++) {
		const char *name = interner_get(&w->file_names, i);

		if (!w->files[i].checked || !w->files[i].hash)
			continue;
		strbuf_reset(&dir);
		strbuf_add(&dir, name, tree_path_dir(name));
		watch_dir_check(w, dir.buf);
	}
	strbuf_release(&dir);
}

/* ---- deciding ---- */

/*
 * What another configuration generated is no matter: a unit is only borrowed
 * where that makes no difference.
 */
static bool set_changed(const struct stale_check *c, uint32_t set,
			bool borrowed)
{
	if (!set)
		return false;
	return borrowed ? c->sets[set - 1].source_changed
			: c->sets[set - 1].changed;
}

bool stale_sets_changed(const struct stale_check *c, const struct known_unit *k)
{
	return set_changed(c, k->deps, k->borrowed) ||
	       set_changed(c, k->prefix_deps, k->borrowed);
}

static bool is_stale(const struct stale_check *c, const struct index_unit *u,
		     const struct known_unit *k)
{
	return !k || !k->usable || u->missing || stale_sets_changed(c, k);
}

void stale_check_units(struct stale_check *c)
{
	uint32_t i;

	for (i = 0; i < c->job->nr_units; i++) {
		struct index_unit *u = &c->job->units[i];
		struct known_unit *k = stale_known(c, u);

		u->stale = c->watch->trusts ? stale_by_overlay(c, u, k)
					    : is_stale(c, u, k);
		if (!k)
			continue;
		k->wanted = true;
		u->borrowed = k->borrowed && !u->stale;
		u->had_errors = k->errors;
	}
}

static void count_fresh(struct stale_check *c)
{
	struct index_summary *sum = c->job->sum;
	uint32_t i;

	for (i = 0; i < c->job->nr_units; i++) {
		const struct index_unit *u = &c->job->units[i];

		const struct known_unit *k = stale_known(c, u);

		if (u->stale)
			continue;
		/* one that has just been borrowed is not known yet */
		sum->fresh++;
		sum->errors += k && k->errors;
	}
}

int stale_delete_gone(struct stale_check *c)
{
	uint32_t i;

	for (i = 0; i < c->nr_known; i++) {
		int ret;

		if (c->known[i].wanted)
			continue;
		if (c->watch->trusts &&
		    !index_overlay_drops(c->job, c->known[i].file))
			continue;
		ret = store_drop_member(c->job->store, c->job->config,
					c->known[i].file,
					c->known[i].command_hash);
		if (ret)
			return ret;
		c->job->sum->removed++;
	}
	return 0;
}

/* ---- what made the facts ---- */

/* Another libclang may see other things: never a mixture of both. */
void stale_tool_name(struct strbuf *out)
{
	CXString version = clang_getClangVersion();

	strbuf_addf(out, "facts %d, %s", FACTS_VERSION,
		    clang_getCString(version));
	clang_disposeString(version);
}

static int mark_all_stale(struct stale_check *c)
{
	uint32_t i;
	int ret = 0;

	for (i = 0; !ret && i < c->nr_known; i++) {
		c->known[i].usable = false;
		ret = store_mark_stale(c->job->store, c->known[i].id);
	}
	return ret;
}

static int check_tool(struct stale_check *c)
{
	struct strbuf now = STRBUF_INIT, then = STRBUF_INIT;
	struct store *store = c->job->store;
	uint32_t config = c->job->config;
	int ret;

	stale_tool_name(&now);
	ret = store_get_memo(store, config, MEMO_TOOL, &then);
	if (!ret && strcmp(now.buf, then.buf)) {
		ret = mark_all_stale(c);
		if (!ret)
			ret = store_put_memo(store, config, MEMO_TOOL, now.buf,
					     now.len);
	}
	strbuf_release(&now);
	strbuf_release(&then);
	return ret;
}

/* ---- memory of the last run ---- */

static int remember(struct stale_check *c)
{
	struct strbuf data = STRBUF_INIT;
	int ret;

	if (!c->watch->dirty)
		return 0;
	watch_save(c->watch, &data);
	ret = store_put_memo(c->job->store, c->job->config, MEMO_WATCH,
			     data.buf, data.len);
	strbuf_release(&data);
	return ret;
}

int index_recall(struct index_job *job)
{
	struct strbuf data = STRBUF_INIT;
	int ret;

	ret = store_get_memo(job->store, job->config, MEMO_WATCH, &data);
	job->recalled = !ret && data.len &&
			watch_load(&job->watch, data.buf, data.len);
	strbuf_release(&data);
	return ret;
}

static void check_init(struct stale_check *c, struct index_job *job)
{
	memset(c, 0, sizeof(*c));
	c->job = job;
	c->watch = &job->watch;
	u64map_init(&c->by_key);
	u64map_init(&c->set_by_id);
	u64map_init(&c->search_by_word);
	interner_init(&c->search);
}

static void check_release(struct stale_check *c)
{
	u64map_release(&c->by_key);
	u64map_release(&c->set_by_id);
	u64map_release(&c->search_by_word);
	interner_release(&c->search);
	while (c->nr_known)
		free(c->known[--c->nr_known].file);
	free(c->known);
	free(c->sets);
	free(c->members);
	free(c->versions);
}

static int find_stale(struct stale_check *c)
{
	int ret = stale_load(c);

	if (!ret)
		ret = check_tool(c);
	/* which names are new since then cannot be told */
	if (!ret && !c->job->recalled)
		ret = mark_all_stale(c);
	if (ret)
		return ret;
	check_search_dirs(c);
	check_dep_dirs(c);
	stale_check_units(c);
	ret = stale_by_new_names(c);
	if (!ret)
		ret = stale_borrow(c);
	/* at once: an interrupted run must not take it for the past again */
	if (!ret)
		ret = remember(c);
	if (!ret)
		ret = stale_delete_gone(c);
	count_fresh(c);
	return ret;
}

int index_find_stale(struct index_job *job)
{
	struct stale_check c;
	int ret;

	check_init(&c, job);
	ret = job->watch.trusts ? stale_find_overlaid(&c) : find_stale(&c);
	check_release(&c);
	return ret;
}

int index_remember(struct index_job *job)
{
	struct stale_check c;
	int ret;

	check_init(&c, job);
	job->watch.closing = true;
	/* what units had read before was looked at when the run began */
	watch_wanted(&job->watch);
	check_dep_dirs(&c);
	ret = remember(&c);
	check_release(&c);
	return ret;
}
