// SPDX-License-Identifier: GPL-2.0-only
/*
 * Prefix headers that an earlier run has left in the database. A run that has
 * one edited unit to parse builds none, and without one nine tenths of what it
 * takes are headers that nobody has changed.
 *
 * A kept one is as good as a new one when all that it read says what it said,
 * and no file has come to stand before one of those: the same is asked for
 * every unit that was parsed with it, and answered from the same sets. Which
 * units fit it is decided as for a new one. It costs no fact if there is none,
 * so whatever is wrong with it, the answer is that there is none.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "indexer/index-kept.h"
#include "indexer/stale.h"

/* ---- what there is ---- */

static bool is_stored(struct store *store, const struct kept_row *row,
		      uint32_t *deps, int *ret)
{
	struct store_prefix prefix;

	*ret = store_find_prefix(store, row->prefix, &prefix);
	*deps = prefix.deps;
	return !*ret && prefix.id && prefix.hash == row->sets;
}

static void add_kept(struct index_job *job, const struct kept_row *row,
		     uint32_t deps)
{
	struct index_kept *k = &job->kept[job->nr_kept++];

	/* its group has the same number */
	plan_add_group(job, NO_GROUP);
	memset(k, 0, sizeof(*k));
	k->row = *row;
	k->deps = deps;
}

/* Everything is dropped here when it is not known which files are new. */
int index_kept_recall(struct index_job *job)
{
	struct kept_list list;
	uint32_t i, deps, before;
	int ret = kept_list_load(job->store, job->config, &list);

	before = list.nr;
	job->kept = xcalloc((size_t)before + 1, sizeof(*job->kept));
	for (i = before; !ret && i--;)
		if (job->recalled &&
		    is_stored(job->store, &list.rows[i], &deps, &ret))
			add_kept(job, &list.rows[i], deps);
		else if (!ret)
			kept_list_drop(&list, i);
	if (!ret && list.nr < before && !job->overlay)
		ret = kept_list_store(job->store, job->config, &list);
	return ret;
}

static int clean_config(void *data, const struct store_config *config)
{
	struct store *store = data;
	struct kept_list list;
	uint32_t i, deps, before;
	int ret = kept_list_load(store, config->id, &list);

	before = list.nr;
	for (i = before; !ret && i--;)
		if (!is_stored(store, &list.rows[i], &deps, &ret) && !ret)
			kept_list_drop(&list, i);
	if (!ret && list.nr < before)
		ret = kept_list_store(store, config->id, &list);
	return ret;
}

/* What comes next gets the numbers of what was dropped, whose ever it was. */
int index_kept_clean(struct store *store)
{
	return store_each_config(store, clean_config, store);
}

/* Another one may have taken its place in this run. */
int index_kept_forget(struct index_job *job, uint32_t nr)
{
	struct index_kept *k = &job->kept[nr];
	struct kept_list list;
	uint32_t i;
	int ret;

	k->gone = true;
	k->holds = false;
	if (job->overlay)
		return 0;
	ret = index_begin(job);
	if (!ret)
		ret = kept_list_load(job->store, job->config, &list);
	for (i = 0; !ret && i < list.nr; i++)
		if (!memcmp(&list.rows[i], &k->row, sizeof(k->row))) {
			kept_list_drop(&list, i);
			return kept_list_store(job->store, job->config, &list);
		}
	return ret;
}

/* ---- whether it holds ---- */

static bool files_hold(const struct stale_check *c, const struct file_set *set)
{
	uint32_t i;

	/* here the disk has been looked at */
	if (!c->watch->trusts)
		return !set->changed;
	/*
	 * And here it has not. An exact parse would see what is there, and tell
	 * of it when it is not what the database knows.
	 */
	if (set->outdated)
		return false;
	for (i = 0; i < set->nr; i++)
		if (!watch_unchanged(c->watch, c->members[set->first + i]))
			return false;
	return true;
}

void index_kept_check(struct stale_check *c)
{
	uint32_t i;

	for (i = 0; i < c->job->nr_kept; i++) {
		struct index_kept *k = &c->job->kept[i];
		uint32_t set = u64map_get(&c->set_by_id, k->deps);

		k->holds = !k->gone && set && c->sets[set - 1].nr &&
			   files_hold(c, &c->sets[set - 1]);
	}
}

/* ---- taking it out ---- */

struct copy {
	struct kept_sum sum;
	int fd;
	int failed; /* -errno of what is written to */
};

static int copy_piece(void *data, const void *piece, size_t len)
{
	struct copy *copy = data;
	const char *p = piece;

	kept_sum_add(&copy->sum, piece, len);
	while (len) {
		ssize_t n = write(copy->fd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			copy->failed = n ? -errno : -EIO;
			return copy->failed;
		}
		p += n;
		len -= n;
	}
	return 0;
}

/* Return: 0, -EBADMSG when it is damaged, another -errno for want of room. */
static int copy_pch(struct index_job *job, const struct kept_row *row,
		    const char *path)
{
	struct copy copy = { .failed = 0 };
	int ret;

	kept_sum_init(&copy.sum);
	copy.fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (copy.fd < 0)
		return -errno;
	ret = store_read_memo(job->store, job->config,
			      MEMO_KEPT_PCH + row->slot, copy_piece, &copy);
	if (close(copy.fd) && !copy.failed)
		copy.failed = -errno;
	if (copy.failed)
		return copy.failed;
	return !ret && copy.sum.len == row->pch_len &&
			       kept_sum_end(&copy.sum) == row->pch_sum
		       ? 0
		       : -EBADMSG;
}

static struct prefix *load_state(struct index_job *job,
				 const struct kept_row *row, uint32_t nr)
{
	struct strbuf data = STRBUF_INIT;
	struct prefix *prefix = NULL;
	char *stem = xasprintf("%s/prefix-%u", job->tmpdir, nr);

	if (!store_get_memo(job->store, job->config,
			    MEMO_KEPT_STATE + row->slot, &data) &&
	    kept_sum_of(data.buf, data.len) == row->state_sum)
		prefix = prefix_load(data.buf, data.len, stem);
	strbuf_release(&data);
	free(stem);
	return prefix;
}

bool index_kept_includes(struct index_job *job, uint32_t nr, const char *name)
{
	struct prefix *opened = job->groups[nr].prefix, *loaded = NULL;
	bool ret;

	if (!opened)
		loaded = load_state(job, &job->kept[nr].row, nr);
	ret = (!opened && !loaded) ||
	      prefix_includes(opened ? opened : loaded, name);
	prefix_free(loaded);
	return ret;
}

static int add_body(void *data, uint64_t hash)
{
	u64map_put(data, hash, 1);
	return 0;
}

static void put_away(struct index_job *job, uint32_t nr)
{
	struct index_group *g = &job->groups[nr];

	if (g->prefix)
		unlink(prefix_pch(g->prefix));
	prefix_free(g->prefix);
	g->prefix = NULL;
	g->built = false;
	u64map_clear(&g->bodies);
	job->kept[nr].closed = true;
}

static int take_out(struct index_job *job, uint32_t nr)
{
	const struct kept_row *row = &job->kept[nr].row;
	struct index_group *g = &job->groups[nr];
	int ret = index_tmpdir_make(job);

	if (ret) {
		/* who cannot do without says so */
		strbuf_reset(job->err);
		return ret;
	}
	g->prefix = load_state(job, row, nr);
	if (!g->prefix)
		return -EBADMSG;
	ret = copy_pch(job, row, prefix_pch(g->prefix));
	if (!ret && job->opt->verify_prefix)
		ret = store_each_prefix_body(job->store, row->prefix, add_body,
					     &g->bodies);
	g->deps = row->prefix;
	g->deps_hash = row->deps_hash;
	g->built = true;
	return ret;
}

int index_kept_open(struct index_job *job, uint32_t nr)
{
	struct index_kept *k = &job->kept[nr];
	int ret;

	if (k->gone || k->opened || job->opt->no_prefix)
		return 0;
	k->opened = true;
	ret = take_out(job, nr);
	if (ret)
		put_away(job, nr);
	/* nobody needs to try that again */
	return ret == -EBADMSG ? index_kept_forget(job, nr) : 0;
}

/* Chosen for far fewer units it lacks what the others have in common. */
static bool serves(const struct index_job *job, uint32_t nr)
{
	const struct index_kept *k = &job->kept[nr];
	uint32_t units = job->groups[nr].nr_units;

	return k->holds && (units < INDEX_MIN_GROUP ||
			    units <= (uint64_t)k->row.chosen * 2);
}

int index_kept_use(struct index_job *job)
{
	uint32_t i;
	int ret = 0;

	for (i = 0; !ret && i < job->nr_kept; i++) {
		if (!serves(job, i))
			put_away(job, i);
		else if (job->groups[i].nr_units)
			ret = index_kept_open(job, i);
	}
	return ret ? index_store_failed(job, ret) : 0;
}

/*
 * A crash says nothing yet: there are sources that no libclang survives. If it
 * parses without, it was the kept one.
 */
bool index_kept_blame(struct index_job *job, struct index_unit *u)
{
	if (u->blames || index_kept_of(job, u->group) == NO_GROUP)
		return false;
	u->blames = true;
	return true;
}

bool index_kept_blamed(const struct index_job *job)
{
	bool blamed = false;
	uint32_t i;

	for (i = 0; i < job->nr_units; i++)
		blamed |= job->units[i].blames && !job->units[i].done;
	return blamed;
}

uint32_t index_kept_find(const struct index_job *job, uint64_t key)
{
	uint32_t i;

	for (i = 0; i < job->nr_kept; i++)
		if (!job->kept[i].gone && job->kept[i].row.key == key)
			return i;
	return NO_GROUP;
}

bool index_kept_in_use(const struct index_job *job, uint32_t group)
{
	return group < job->nr_kept && job->kept[group].opened &&
	       !job->kept[group].closed && job->groups[group].built;
}

uint32_t index_kept_of(const struct index_job *job, uint32_t group)
{
	while (group != NO_GROUP && job->groups[group].parent != NO_GROUP)
		group = job->groups[group].parent;
	return group != NO_GROUP && index_kept_in_use(job, group) ? group
								  : NO_GROUP;
}
