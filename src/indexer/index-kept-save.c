// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which prefix headers are kept for later runs, see index-kept.c. One is 30
 * megabytes for a kernel, and most of the thirty that a configuration has are
 * for a handful of units: those stay that serve many, as far as all
 * configurations of a database find room.
 */
#include <errno.h>
#include <string.h>

#include "indexer/index-kept.h"

/* Units of the configuration that one must serve, percent. */
enum { MIN_SHARE = 5 };

uint64_t index_kept_room = 256 << 20;

struct choice {
	uint32_t config;
	struct kept_row row;
	uint32_t group; /* that has it; NO_GROUP: it is stored already */
	bool out;
};

struct choices {
	struct index_job *job;
	struct choice *all;
	size_t nr, alloc;
	uint32_t *configs;
	size_t nr_configs, alloc_configs;
};

static void add_choice(struct choices *c, uint32_t config,
		       const struct kept_row *row, uint32_t group)
{
	ALLOC_GROW(c->all, c->nr + 1, c->alloc);
	c->all[c->nr++] = (struct choice){
		.config = config,
		.row = *row,
		.group = group,
	};
}

/* ---- those of this run ---- */

/* Those that may be parsed one day: what is borrowed is parsed elsewhere. */
static uint32_t count_own(const struct index_job *job, uint64_t key)
{
	uint32_t i, nr = 0;

	for (i = 0; i < job->nr_units; i++) {
		const struct index_unit *u = &job->units[i];

		nr += !u->missing && !u->borrowed && u->prefix_key == key;
	}
	return nr;
}

static uint64_t key_of(const struct index_job *job, const struct index_group *g)
{
	return job->units[g->units[0]].prefix_key;
}

static void add_new(struct choices *c, uint32_t group)
{
	struct index_job *job = c->job;
	const struct index_group *g = &job->groups[group];
	struct store_prefix prefix;
	struct kept_row row;

	if (!g->built || g->parent != NO_GROUP || !g->nr_units ||
	    index_kept_in_use(job, group))
		return;
	memset(&row, 0, sizeof(row));
	row.key = key_of(job, g);
	row.units = count_own(job, row.key);
	if ((uint64_t)row.units * 100 < (uint64_t)job->nr_units * MIN_SHARE ||
	    store_find_prefix(job->store, g->deps, &prefix) || !prefix.id)
		return;
	row.chosen = g->nr_units;
	row.prefix = g->deps;
	row.deps_hash = g->deps_hash;
	row.sets = prefix.hash;
	add_choice(c, job->config, &row, group);
}

/* ---- those of earlier ones ---- */

static int add_config(void *data, const struct store_config *config)
{
	struct choices *c = data;

	ALLOC_GROW(c->configs, c->nr_configs + 1, c->alloc_configs);
	c->configs[c->nr_configs++] = config->id;
	return 0;
}

static bool is_replaced(const struct choices *c, uint32_t config, uint64_t key)
{
	size_t i;

	for (i = 0; i < c->nr; i++)
		if (c->all[i].group != NO_GROUP && c->all[i].config == config &&
		    c->all[i].row.key == key)
			return true;
	return false;
}

static int add_stored(struct choices *c, uint32_t config)
{
	struct kept_list list;
	uint32_t i;
	int ret = kept_list_load(c->job->store, config, &list);

	for (i = 0; !ret && i < list.nr; i++)
		if (!is_replaced(c, config, list.rows[i].key))
			add_choice(c, config, &list.rows[i], NO_GROUP);
	return ret;
}

/* ---- choosing ---- */

static int by_use(const void *a, const void *b)
{
	const struct choice *l = a, *r = b;

	if (l->row.units != r->row.units)
		return l->row.units < r->row.units ? 1 : -1;
	if (l->config != r->config)
		return l->config < r->config ? -1 : 1;
	return l->row.key < r->row.key ? -1 : l->row.key > r->row.key;
}

static uint32_t count_in(const struct choices *c, uint32_t config)
{
	uint32_t nr = 0;
	size_t i;

	for (i = 0; i < c->nr; i++)
		nr += !c->all[i].out && c->all[i].config == config;
	return nr;
}

/* One that is new says how large it is only when it is read. */
static int fill_new(struct choices *c, struct choice *choice,
		    struct strbuf *pch)
{
	const struct index_group *g = &c->job->groups[choice->group];
	int ret = strbuf_read_file(pch, prefix_pch(g->prefix));

	choice->row.pch_len = pch->len;
	choice->row.pch_sum = kept_sum_of(pch->buf, pch->len);
	return ret;
}

static uint32_t free_slot(const struct choices *c, uint32_t config)
{
	bool used[MEMO_MAX_KEPT] = { false };
	uint32_t slot = 0;
	size_t i;

	for (i = 0; i < c->nr; i++)
		if (!c->all[i].out && c->all[i].group == NO_GROUP &&
		    c->all[i].config == config)
			used[c->all[i].row.slot] = true;
	while (slot < MEMO_MAX_KEPT - 1 && used[slot])
		slot++;
	return slot;
}

static int put_new(struct choices *c, struct choice *choice,
		   const struct strbuf *pch)
{
	struct index_job *job = c->job;
	struct strbuf state = STRBUF_INIT;
	uint32_t slot = free_slot(c, job->config);
	int ret;

	prefix_save(job->groups[choice->group].prefix, &state);
	choice->row.slot = slot;
	choice->row.state_sum = kept_sum_of(state.buf, state.len);
	ret = store_put_memo(job->store, job->config, MEMO_KEPT_STATE + slot,
			     state.buf, state.len);
	if (!ret)
		ret = store_put_memo(job->store, job->config,
				     MEMO_KEPT_PCH + slot, pch->buf, pch->len);
	choice->group = NO_GROUP;
	strbuf_release(&state);
	return ret;
}

/* The most useful first; what finds no room goes. */
static int choose(struct choices *c)
{
	struct strbuf pch = STRBUF_INIT;
	uint64_t bytes = 0;
	size_t i;
	int ret = 0;

	for (i = 0; i < c->nr; i++)
		c->all[i].out = c->all[i].group != NO_GROUP;
	for (i = 0; !ret && i < c->nr; i++) {
		struct choice *choice = &c->all[i];
		bool is_new = choice->group != NO_GROUP;

		strbuf_reset(&pch);
		/* somebody tidies up in our directory: it is not kept */
		if (is_new && fill_new(c, choice, &pch))
			continue;
		choice->out = bytes + choice->row.pch_len > index_kept_room ||
			      (is_new &&
			       count_in(c, choice->config) == MEMO_MAX_KEPT);
		if (choice->out)
			continue;
		bytes += choice->row.pch_len;
		if (is_new)
			ret = put_new(c, choice, &pch);
	}
	strbuf_release(&pch);
	return ret;
}

static int store_config_list(const struct choices *c, uint32_t config)
{
	struct kept_list list = { .nr = 0 };
	size_t i;

	for (i = 0; i < c->nr; i++)
		if (!c->all[i].out && c->all[i].config == config)
			list.rows[list.nr++] = c->all[i].row;
	return kept_list_store(c->job->store, config, &list);
}

static int save(struct choices *c)
{
	size_t i;
	int ret = store_each_config(c->job->store, add_config, c);

	for (i = 0; !ret && i < c->nr_configs; i++)
		ret = add_stored(c, c->configs[i]);
	if (ret)
		return ret;
	qsort(c->all, c->nr, sizeof(*c->all), by_use);
	ret = choose(c);
	for (i = 0; !ret && i < c->nr_configs; i++)
		ret = store_config_list(c, c->configs[i]);
	return ret;
}

int index_kept_save(struct index_job *job)
{
	struct choices c = { .job = job };
	uint32_t i;
	int ret = 0;

	/* with strangers' files in it */
	if (job->overlay)
		return 0;
	for (i = 0; i < job->nr_groups; i++)
		add_new(&c, i);
	if (c.nr)
		ret = index_begin(job);
	if (c.nr && !ret) {
		ret = save(&c);
		if (ret)
			index_store_failed(job, ret);
	}
	free(c.all);
	free(c.configs);
	return ret;
}
