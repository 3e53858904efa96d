// SPDX-License-Identifier: GPL-2.0-only
/*
 * The one writer: what comes back from the workers goes into the store, in
 * transactions that are short enough to lose little and long enough to cost
 * little.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "indexer/index-internal.h"
#include "indexer/module.h"

enum {
	/* A transaction is as long as this, or as many units. */
	COMMIT_MS = 1000,
	COMMIT_UNITS = 64,
	/* A walk over all names for each of them is less than a table of all.
	 */
	FEW_UNITS = 16,
};

/* ---- transactions ---- */

int64_t index_now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000ll + ts.tv_nsec / 1000000;
}

int index_store_failed(struct index_job *job, int ret)
{
	strbuf_addf(job->err,
		    "cannot write to '%s': %s. What was stored before is kept; "
		    "run the same command again to go on.",
		    job->opt->db, store_error(job->store));
	return ret;
}

int index_begin(struct index_job *job)
{
	int ret;

	if (job->began)
		return 0;
	ret = store_begin(job->store);
	if (ret)
		return index_store_failed(job, ret);
	job->began = index_now_ms();
	job->pending = 0;
	return 0;
}

int index_commit(struct index_job *job)
{
	int ret;

	if (!job->began)
		return 0;
	job->began = 0;
	ret = store_commit(job->store);
	return ret ? index_store_failed(job, ret) : 0;
}

void index_roll_back(struct index_job *job)
{
	if (job->began)
		store_rollback(job->store);
	job->began = 0;
}

static void report_progress(const struct index_job *job)
{
	const struct index_progress progress = {
		.phase = job->phase,
		.done = job->done,
		.total = job->to_do,
		.failed = job->sum->failed,
	};

	if (job->opt->progress)
		job->opt->progress(job->opt->progress_data, &progress);
}

void index_begin_phase(struct index_job *job, enum index_phase phase,
		       uint32_t to_do)
{
	job->phase = phase;
	job->done = 0;
	job->to_do = to_do;
	report_progress(job);
}

int index_on_tick(void *ctx)
{
	struct index_job *job = ctx;

	report_progress(job);
	if (index_overlay_time(job))
		return -ETIME;
	if (job->began && !job->overlay &&
	    (job->pending >= COMMIT_UNITS ||
	     index_now_ms() - job->began >= COMMIT_MS))
		return index_commit(job);
	return 0;
}

int index_on_busy(void *ctx)
{
	struct index_job *job = ctx;
	int ret = store_prepare_units(job->store,
				      index_count_left(job) <= FEW_UNITS);

	return ret ? index_store_failed(job, ret) : 0;
}

/* ---- storing a unit ---- */

static uint64_t hash_deps(const struct unit_facts *facts, uint64_t h)
{
	uint32_t i;

	for (i = 0; i < facts->nr_deps; i++) {
		h = hash64_str(
			interner_get(&facts->strings, facts->deps[i].file), h);
		h = hash64_u64(facts->deps[i].hash, h);
	}
	return h;
}

/* Which one is told does not depend on who was first. */
static void keep_example(struct index_summary *sum, enum unit_status status,
			 const char *name)
{
	char **example = &sum->example[status];

	if (*example && strcmp(*example, name) <= 0)
		return;
	free(*example);
	*example = xstrdup(name);
}

static void count_unit(struct index_summary *sum, const struct index_unit *u,
		       const struct unit_facts *f)
{
	if (f->status > UNIT_ERRORS)
		keep_example(sum, f->status, u->name);
	sum->by_status[f->status]++;
	sum->errors += f->status == UNIT_ERRORS;
	sum->failed += f->status > UNIT_ERRORS;
	if (f->status <= UNIT_FAILED && !u->missing)
		sum->parsed++;
	if (f->status <= UNIT_ERRORS && f->mode == PARSE_PREFIX)
		sum->with_prefix++;
}

/* So that the next run knows the files that job->facts came from. */
static void want_deps(struct index_job *job)
{
	const struct unit_facts *f = &job->facts;
	uint32_t i;

	for (i = 0; !job->overlay && i < f->nr_deps; i++)
		if (f->deps[i].hash)
			watch_want(&job->watch,
				   interner_get(&f->strings, f->deps[i].file));
}

/*
 * Store job->facts as what became of a unit that was parsed with the prefix of
 * @group, if any.
 */
static int store_unit(struct index_job *job, const struct index_unit *u,
		      uint32_t group)
{
	const struct unit_facts *f = &job->facts;
	const struct index_group *g = NULL;
	struct store_unit row = {
		.config = job->config,
		.file = u->name,
		.command_hash = u->command_hash,
		.status = f->status,
		.mode = f->mode,
		.nr_errors = f->nr_errors,
		.detail = interner_get(&f->strings, f->detail),
	};
	int ret = index_begin(job);
	char *modules;

	if (ret)
		return ret;
	if (group != NO_GROUP)
		g = &job->groups[group];
	row.deps_hash = hash_deps(f, g ? g->deps_hash : 0);
	row.module = modules = command_modules(u->cmd);
	ret = store_put_unit(job->store, &row, f, g ? g->deps : 0);
	free(modules);
	if (ret)
		return index_store_failed(job, ret);
	want_deps(job);
	job->pending++;
	job->done++; /* one that is lost counts as well */
	count_unit(job->sum, u, f);
	return index_on_tick(job);
}

static void set_failure(struct unit_facts *f, enum unit_status status,
			const char *detail)
{
	unit_facts_clear(f);
	f->status = status;
	f->detail = interner_addstr(&f->strings, detail);
}

/* "its worker was killed by signal 11 (Segmentation fault)" */
static void describe_death(int wait_status, struct strbuf *out)
{
	if (WIFSIGNALED(wait_status))
		strbuf_addf(out, "its worker was killed by signal %d (%s)",
			    WTERMSIG(wait_status),
			    strsignal(WTERMSIG(wait_status)));
	else
		strbuf_addf(out, "its worker exited with status %d",
			    WEXITSTATUS(wait_status));
}

static void describe_outcome(const struct job_result *result, int timeout,
			     struct unit_facts *facts)
{
	struct strbuf detail = STRBUF_INIT;

	if (result->outcome == JOB_TIMEOUT) {
		strbuf_addf(&detail, "took longer than %d seconds", timeout);
		set_failure(facts, UNIT_TIMEOUT, detail.buf);
	} else {
		describe_death(result->wait_status, &detail);
		set_failure(facts, UNIT_CRASHED, detail.buf);
	}
	strbuf_release(&detail);
}

static void count_trial(struct index_trial *trial, const struct work_head *head)
{
	trial->nr++;
	trial->broken += head->broken > 0;
	trial->harmed += head->harmed > 0;
	trial->bytes += head->bytes;
}

/*
 * One that an earlier run has kept and that libclang cannot read, or that takes
 * a worker down, is no news to anybody: it is forgotten.
 */
static int judge_kept(struct index_job *job, const struct index_unit *u,
		      struct work_head *head)
{
	uint32_t kept = index_kept_of(job, u->group);

	if (kept == NO_GROUP)
		return 0;
	job->sum->with_kept += head->group != NO_GROUP &&
			       job->facts.status <= UNIT_ERRORS;
	if (!u->blames && (!head->lost || u->group != kept))
		return 0;
	head->lost = 0;
	return index_kept_forget(job, kept);
}

int index_on_unit(void *ctx, const struct job_result *result)
{
	struct index_job *job = ctx;
	struct index_unit *u = &job->units[result->job];
	struct work_head head = { .group = NO_GROUP };
	int ret = 0;

	if (result->outcome == JOB_CRASHED && index_kept_blame(job, u))
		return index_on_tick(job);
	if (result->outcome != JOB_DONE) {
		describe_outcome(result, job->opt->timeout, &job->facts);
	} else if (work_read(result, &head, &job->facts)) {
		set_failure(&job->facts, UNIT_FAILED,
			    "its worker sent facts that make no sense");
		head.group = NO_GROUP;
	} else if (u->group != NO_GROUP) {
		count_trial(&job->groups[u->group].trial, &head);
		ret = judge_kept(job, u, &head);
		if (ret)
			return index_store_failed(job, ret);
	}
	u->done = true;
	job->sum->redone += head.group == NO_GROUP && head.broken + head.harmed;
	/* a unit that cannot be parsed at all says nothing of its prefix */
	job->sum->lost_prefix += head.lost && job->facts.status <= UNIT_ERRORS;
	job->sum->differing += head.differs;
	u->differs = head.differs;
	if (index_overlay_refuses(job, u, &job->facts)) {
		job->done++;
		return index_on_tick(job);
	}
	return store_unit(job, u, head.group);
}

int index_store_missing(struct index_job *job)
{
	uint32_t i;
	int ret = 0;

	for (i = 0; !ret && i < job->nr_units; i++) {
		if (!job->units[i].missing)
			continue;
		if (job->units[i].cmd->broken)
			set_failure(&job->facts, UNIT_FAILED,
				    job->units[i].cmd->broken);
		else if (access(job->units[i].cmd->file, F_OK))
			set_failure(&job->facts, UNIT_MISSING,
				    "the file does not exist");
		else
			set_failure(&job->facts, UNIT_FAILED,
				    "it is not a regular file");
		ret = store_unit(job, &job->units[i], NO_GROUP);
	}
	return ret;
}

/* ---- prefix headers ---- */

/*
 * Without the one that all units share, each of them costs ten times as much:
 * that is worth a note. Without a directory's own there is still the shared
 * one.
 */
static void give_up_prefix(struct index_job *job, struct index_group *g)
{
	if (g->parent == NO_GROUP && !g->trial.nr)
		strbuf_addf(&job->sum->notes,
			    "%u units are parsed one by one, because their "
			    "common headers could not be precompiled: %s\n",
			    g->nr_units,
			    interner_get(&job->facts.strings,
					 job->facts.detail));
	prefix_free(g->prefix);
	g->prefix = NULL;
}

static int store_prefix(struct index_job *job, struct index_group *g)
{
	const struct index_group *parent =
		g->parent == NO_GROUP ? NULL : &job->groups[g->parent];
	int ret = index_begin(job);

	if (ret)
		return ret;
	if (index_overlay_refuses(job, NULL, &job->facts)) {
		prefix_free(g->prefix);
		g->prefix = NULL;
		return 0;
	}
	prefix_learn(g->prefix, &job->facts, job->opt->tree, job->objdir);
	if (!prefix_is_harmless(g->prefix)) {
		prefix_free(g->prefix);
		g->prefix = NULL;
		return 0;
	}
	ret = store_put_prefix(job->store, parent ? parent->deps : 0,
			       &job->facts, &g->deps);
	if (ret)
		return index_store_failed(job, ret);
	want_deps(job);
	g->deps_hash = hash_deps(&job->facts, parent ? parent->deps_hash : 0);
	if (job->opt->verify_prefix)
		verify_remember(&g->bodies, &job->facts);
	g->built = true;
	job->sum->prefixes++;
	return 0;
}

int index_on_prefix(void *ctx, const struct job_result *result)
{
	struct index_job *job = ctx;
	struct index_group *g = &job->groups[result->job];
	struct work_head head = { 0 };

	if (result->outcome != JOB_DONE) {
		describe_outcome(result, job->opt->timeout * PREFIX_TIMEOUTS,
				 &job->facts);
		head.ret = -EIO;
	} else if (work_read(result, &head, &job->facts)) {
		set_failure(&job->facts, UNIT_FAILED, "the worker failed");
		head.ret = -EBADMSG;
	}
	job->done++;
	if (!head.ret)
		return store_prefix(job, g);
	if (!job->facts.detail)
		set_failure(&job->facts, UNIT_FAILED, strerror(-head.ret));
	give_up_prefix(job, g);
	return 0;
}
