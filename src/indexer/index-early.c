// SPDX-License-Identifier: GPL-2.0-only
/*
 * Units whose own source is another one now are to be parsed for certain, long
 * before it is known what else is: a worker has them while this process looks
 * at sixty thousand files. That is for the run after one driver was edited.
 * Should it turn out that there is more to do, so that a prefix header is worth
 * it, what the worker sends is thrown away and the unit waits its turn: the
 * facts never depend on who was faster. So it is with a prefix header that an
 * earlier run has kept: it is used in good faith, and what came of that is
 * thrown away if a file that it read turns out to be another one now.
 */
#include <errno.h>
#include <string.h>

#include "indexer/index-internal.h"

/* More than these get a prefix header. */
enum { MAX_EARLY = INDEX_MIN_GROUP - 1 };

/* Reads no more files than have another stamp, and none twice. */
static bool source_changed(struct index_job *job, const struct index_unit *u)
{
	struct watch *w = &job->watch;
	uint32_t nr = interner_find(&w->file_names, u->name);
	struct watch_file *file;
	uint64_t hash;

	if (u->missing || nr == UINT32_MAX)
		return false;
	file = &w->files[nr];
	file->seen = u->stamp;
	hash = file->hash;
	return hash && !watch_stamp_equal(&u->stamp, &file->stamp) &&
	       watch_content(w, nr) != hash;
}

/* Return: how many; none when there are too many, too. */
static uint32_t find_early(struct index_job *job, uint32_t *units)
{
	uint32_t i, nr = 0;

	if (!job->recalled)
		return 0;
	for (i = 0; i < job->nr_units; i++) {
		const struct index_unit *u = &job->units[i];

		if (!source_changed(job, u) || !index_is_sampled(job, u))
			continue;
		if (nr < MAX_EARLY)
			units[nr] = i;
		nr++;
	}
	return nr <= MAX_EARLY ? nr : 0;
}

/* Return: 0 when it is as was thought, -ECANCELED when it is not. */
static int find_work(struct index_job *job)
{
	uint32_t nr;
	int ret = index_find_work(job);

	if (ret)
		return ret;
	nr = index_count_left(job);
	/* all that was done in vain is what the workers did until now */
	if (!nr || nr > MAX_EARLY)
		return -ECANCELED;
	index_begin_phase(job, INDEX_PARSING, nr);
	return 0;
}

/* The workers are at it: now the rest of what a run begins with. */
static int on_busy(void *ctx)
{
	struct index_job *job = ctx;
	int ret;

	job->looked = true;
	store_prepare_ahead(job->store);
	ret = find_work(job);
	if (!ret)
		return index_on_busy(job);
	store_prepare_cancel(job->store);
	return ret;
}

/* Parsed with a prefix header of which it is known by now that it is no good.
 */
static bool is_doubtful(const struct index_job *job,
			const struct job_result *result)
{
	struct work_head head;
	uint32_t kept;

	if (result->len < sizeof(head))
		return false;
	memcpy(&head, result->data, sizeof(head));
	kept = head.group < job->nr_groups ? index_kept_of(job, head.group)
					   : NO_GROUP;
	return kept != NO_GROUP && !job->kept[kept].holds;
}

/* One that crashes or hangs will do so again when it is its turn. */
static int on_unit(void *ctx, const struct job_result *result)
{
	struct index_job *job = ctx;
	const struct index_unit *u = &job->units[result->job];

	if (result->outcome != JOB_DONE || !u->stale ||
	    is_doubtful(job, result))
		return 0;
	return index_on_unit(job, result);
}

/* What is kept for them is most likely good, too. */
static int open_kept(struct index_job *job, const uint32_t *units, uint32_t nr)
{
	uint32_t i;
	int ret = 0;

	for (i = 0; !ret && i < nr; i++) {
		struct index_unit *u = &job->units[units[i]];

		u->group = index_kept_find(job, u->prefix_key);
		if (u->group != NO_GROUP)
			ret = index_kept_open(job, u->group);
	}
	return ret ? index_store_failed(job, ret) : 0;
}

static int run_early(struct index_job *job, const uint32_t *units, uint32_t nr)
{
	static const struct pool_ops ops = {
		.start = work_start,
		.work = work_unit,
		.done = on_unit,
		.busy = on_busy,
		.tick = index_on_tick,
	};
	struct pool_usage usage = { 0 };
	int ret = open_kept(job, units, nr);

	if (!ret)
		ret = index_run_pool(job, &ops, units, nr, job->opt->timeout,
				     &usage);

	/* without a worker nothing was looked at: it may go better later */
	if (!job->looked) {
		strbuf_reset(job->err);
		return 0;
	}
	/* what came in before a signal is as good as any */
	return ret == -ECANCELED || ret == -EINTR ? 0 : ret;
}

int index_look(struct index_job *job)
{
	uint32_t units[MAX_EARLY], nr = find_early(job, units);
	int ret = 0;

	if (nr)
		ret = run_early(job, units, nr);
	if (!ret && !job->looked)
		ret = index_find_work(job);
	return ret;
}
