// SPDX-License-Identifier: GPL-2.0-only
/*
 * The index run: find what is stale, build the prefix headers, have the units
 * parsed by worker processes, store what comes back. The store has one writer,
 * this process, and libclang runs in the workers only: what a kernel source
 * makes of a compiler must not be able to take the store with it.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "indexer/index-internal.h"
#include "indexer/tree-path.h"

enum {
	/* A transaction is as long as this, or as many units. */
	COMMIT_MS = 1000,
	COMMIT_UNITS = 64,
	/* A prefix header is many parses, when headers have to be dropped. */
	PREFIX_TIMEOUTS = 10,
};

void index_summary_init(struct index_summary *sum)
{
	memset(sum, 0, sizeof(*sum));
	strbuf_init(&sum->differing_files);
	strbuf_init(&sum->dropped_flags);
	strbuf_init(&sum->notes);
}

void index_summary_release(struct index_summary *sum)
{
	strbuf_release(&sum->differing_files);
	strbuf_release(&sum->dropped_flags);
	strbuf_release(&sum->notes);
}

/* ---- transactions ---- */

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000ll + ts.tv_nsec / 1000000;
}

static int store_failed(struct index_job *job, int ret)
{
	strbuf_addf(job->err,
		    "cannot write to '%s': %s. What was stored before is kept; "
		    "run the same command again to go on.",
		    job->opt->db, store_error(job->store));
	return ret;
}

static int begin(struct index_job *job)
{
	int ret;

	if (job->began)
		return 0;
	ret = store_begin(job->store);
	if (ret)
		return store_failed(job, ret);
	job->began = now_ms();
	job->pending = 0;
	return 0;
}

static int commit(struct index_job *job)
{
	int ret;

	if (!job->began)
		return 0;
	job->began = 0;
	ret = store_commit(job->store);
	return ret ? store_failed(job, ret) : 0;
}

static void roll_back(struct index_job *job)
{
	if (job->began)
		store_rollback(job->store);
	job->began = 0;
}

static void report_progress(const struct index_job *job)
{
	if (job->opt->progress)
		job->opt->progress(job->opt->progress_data, job->done,
				   job->to_do);
}

static int on_tick(void *ctx)
{
	struct index_job *job = ctx;

	report_progress(job);
	if (job->began && (job->pending >= COMMIT_UNITS ||
			   now_ms() - job->began >= COMMIT_MS))
		return commit(job);
	return 0;
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

static void count_unit(struct index_summary *sum, const struct unit_facts *f)
{
	sum->by_status[f->status]++;
	sum->errors += f->status == UNIT_ERRORS;
	sum->failed += f->status > UNIT_ERRORS;
	if (f->status <= UNIT_FAILED)
		sum->parsed++;
	if (f->status <= UNIT_ERRORS && f->mode == PARSE_PREFIX)
		sum->with_prefix++;
}

/* Store job->facts as what became of a unit. */
static int store_unit(struct index_job *job, const struct index_unit *u)
{
	const struct unit_facts *f = &job->facts;
	const struct index_group *g = NULL;
	struct store_unit row = {
		.config = job->config,
		.file = u->name,
		.command_hash = u->args.command_hash,
		.status = f->status,
		.mode = f->mode,
		.nr_errors = f->nr_errors,
		.detail = interner_get(&f->strings, f->detail),
	};
	int ret = begin(job);

	if (ret)
		return ret;
	if (f->mode == PARSE_PREFIX)
		g = &job->groups[u->group];
	row.deps_hash = hash_deps(f, g ? g->deps_hash : 0);
	ret = store_put_unit(job->store, &row, f, g ? g->deps : 0);
	if (ret)
		return store_failed(job, ret);
	job->pending++;
	job->done++;
	count_unit(job->sum, f);
	return on_tick(job);
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

static void describe_outcome(const struct index_job *job,
			     const struct job_result *result, int timeout,
			     struct unit_facts *facts)
{
	struct strbuf detail = STRBUF_INIT;

	(void)job;
	if (result->outcome == JOB_TIMEOUT) {
		strbuf_addf(&detail, "took longer than %d seconds", timeout);
		set_failure(facts, UNIT_TIMEOUT, detail.buf);
	} else {
		describe_death(result->wait_status, &detail);
		set_failure(facts, UNIT_CRASHED, detail.buf);
	}
	strbuf_release(&detail);
}

static int on_unit(void *ctx, const struct job_result *result)
{
	struct index_job *job = ctx;
	struct index_unit *u = &job->units[result->job];
	struct work_head head = { 0 };

	if (result->outcome != JOB_DONE)
		describe_outcome(job, result, job->opt->timeout, &job->facts);
	else if (work_read(result, &head, &job->facts))
		set_failure(&job->facts, UNIT_FAILED,
			    "its worker sent facts that make no sense");
	job->sum->redone += head.redone;
	job->sum->differing += head.differs;
	u->differs = head.differs;
	return store_unit(job, u);
}

static int store_missing(struct index_job *job)
{
	uint32_t i;
	int ret = 0;

	for (i = 0; !ret && i < job->nr_units; i++) {
		if (!job->units[i].missing)
			continue;
		set_failure(&job->facts, UNIT_MISSING,
			    "the file does not exist");
		ret = store_unit(job, &job->units[i]);
	}
	return ret;
}

/* ---- prefix headers ---- */

static void give_up_prefix(struct index_job *job, struct index_group *g)
{
	strbuf_addf(&job->sum->notes,
		    "%u units are parsed one by one, because their common "
		    "headers could not be precompiled: %s\n",
		    g->nr_units,
		    interner_get(&job->facts.strings, job->facts.detail));
	prefix_free(g->prefix);
	g->prefix = NULL;
}

/* The prefix header is gone after the run: nothing may depend on it. */
static void forget_own_header(const struct index_job *job, struct unit_facts *f)
{
	struct strbuf name = STRBUF_INIT;
	uint32_t i, nr = 0;

	tree_path_add(&name, job->opt->tree, job->objdir, job->tmpdir);
	for (i = 0; i < f->nr_deps; i++)
		if (!path_below(interner_get(&f->strings, f->deps[i].file),
				name.buf))
			f->deps[nr++] = f->deps[i];
	f->nr_deps = nr;
	strbuf_release(&name);
}

static int store_prefix(struct index_job *job, struct index_group *g)
{
	int ret = begin(job);

	if (ret)
		return ret;
	forget_own_header(job, &job->facts);
	ret = store_put_prefix(job->store, &job->facts, &g->deps);
	if (ret)
		return store_failed(job, ret);
	g->deps_hash = hash_deps(&job->facts, 0);
	prefix_learn(g->prefix, &job->facts, job->opt->tree, job->objdir);
	job->sum->prefixes++;
	return 0;
}

static int on_prefix(void *ctx, const struct job_result *result)
{
	struct index_job *job = ctx;
	struct index_group *g = &job->groups[result->job];
	struct work_head head = { 0 };

	if (result->outcome != JOB_DONE) {
		describe_outcome(job, result,
				 job->opt->timeout * PREFIX_TIMEOUTS,
				 &job->facts);
		head.ret = -EIO;
	} else if (work_read(result, &head, &job->facts)) {
		set_failure(&job->facts, UNIT_FAILED, "the worker failed");
		head.ret = -EBADMSG;
	}
	if (!head.ret)
		return store_prefix(job, g);
	if (!job->facts.detail)
		set_failure(&job->facts, UNIT_FAILED, strerror(-head.ret));
	give_up_prefix(job, g);
	return 0;
}

/* ---- the run ---- */

static int run_pool(struct index_job *job, const struct pool_ops *ops,
		    const uint32_t *jobs, uint32_t nr, int timeout,
		    struct pool_usage *usage)
{
	const struct pool_options opt = {
		.workers = job->opt->jobs,
		.timeout = timeout,
	};
	int ret = pool_run(ops, job, jobs, nr, &opt, usage);

	job->sum->cpu_seconds += usage->cpu_seconds;
	if (usage->peak_kib > job->sum->peak_kib)
		job->sum->peak_kib = usage->peak_kib;
	if (usage->signal) {
		job->sum->interrupted = true;
		job->sum->signal = usage->signal;
	}
	if (ret && ret != -EINTR && !job->err->len)
		strbuf_addf(job->err, "the workers cannot go on: %s.",
			    strerror(-ret));
	return ret;
}

static int build_prefixes(struct index_job *job)
{
	static const struct pool_ops ops = {
		.start = work_start,
		.work = work_prefix,
		.done = on_prefix,
		.tick = on_tick,
	};
	uint32_t *jobs = xcalloc(job->nr_groups, sizeof(*jobs)), i, nr = 0;
	struct pool_usage usage = { 0 };
	int ret;

	for (i = 0; i < job->nr_groups; i++)
		if (job->groups[i].prefix)
			jobs[nr++] = i;
	ret = run_pool(job, &ops, jobs, nr, job->opt->timeout * PREFIX_TIMEOUTS,
		       &usage);
	job->sum->prefix_seconds = usage.cpu_seconds;
	free(jobs);
	return ret;
}

static int parse_units(struct index_job *job)
{
	static const struct pool_ops ops = {
		.start = work_start,
		.work = work_unit,
		.done = on_unit,
		.tick = on_tick,
	};
	uint32_t *jobs = xcalloc(job->nr_units, sizeof(*jobs)), i, nr = 0;
	struct pool_usage usage = { 0 };
	int ret;

	for (i = 0; i < job->nr_units; i++)
		if (job->units[i].stale && !job->units[i].missing)
			jobs[nr++] = i;
	ret = run_pool(job, &ops, jobs, nr, job->opt->timeout, &usage);
	free(jobs);
	return ret;
}

static void name_differing(struct index_job *job)
{
	uint32_t i;

	for (i = 0; i < job->nr_units; i++)
		if (job->units[i].differs)
			strbuf_addf(&job->sum->differing_files, "%s\n",
				    job->units[i].name);
}

/* Everything that happens with the prefix directory there. */
static int run_workers(struct index_job *job)
{
	int ret = tmpdir_make(job);

	if (ret)
		return ret;
	plan_prefixes(job);
	ret = build_prefixes(job);
	if (!ret)
		ret = parse_units(job);
	tmpdir_remove(job);
	name_differing(job);
	/* what came in before a signal is as good as any */
	return ret == -EINTR ? 0 : ret;
}

static int find_work(struct index_job *job)
{
	const char *kernel = job->opt->kernel ? job->opt->kernel : "";
	int ret = begin(job);

	if (ret)
		return ret;
	ret = store_config(job->store, job->opt->config, job->opt->tree, kernel,
			   &job->config);
	if (!ret)
		ret = index_find_stale(job);
	if (ret)
		return store_failed(job, ret);
	job->to_do = job->nr_units - job->sum->fresh;
	return store_missing(job);
}

static int run_stored(struct index_job *job)
{
	int ret = find_work(job);

	if (!ret)
		ret = run_workers(job);
	if (!ret)
		ret = commit(job);
	roll_back(job);
	if (!ret && store_finish(job->store))
		ret = store_failed(job, -EIO);
	return ret;
}

static double own_cpu_seconds(void)
{
	struct rusage ru;

	getrusage(RUSAGE_SELF, &ru);
	return ru.ru_utime.tv_sec + ru.ru_stime.tv_sec +
	       (ru.ru_utime.tv_usec + ru.ru_stime.tv_usec) / 1e6;
}

static char *tmpdir_path(const char *db)
{
	char *cwd = getcwd(NULL, 0);
	char *path = path_normalise(cwd ? cwd : "/", db);
	char *ret = xasprintf("%s.tmp", path);

	free(cwd);
	free(path);
	return ret;
}

static int run(struct index_job *job, const struct compdb *db,
	       struct flag_report *report)
{
	int ret = plan_units(job, db, report);

	if (ret)
		return ret;
	job->sum->units = job->nr_units;
	flag_report_line(report, &job->sum->dropped_flags);
	ret = store_open(&job->store, job->opt->db, STORE_WRITE, job->err);
	if (ret)
		return ret;
	job->tmpdir = tmpdir_path(job->opt->db);
	ret = run_stored(job);
	store_close(job->store);
	return ret;
}

int index_run(const struct index_options *opt, const struct compdb *db,
	      struct index_summary *sum, struct strbuf *err)
{
	struct index_job job = { .opt = opt, .sum = sum, .err = err };
	struct flag_report *report;
	double before = own_cpu_seconds();
	int ret;

	/*
	 * A crash has to be one: recovered from, it would leave a libclang in
	 * an unknown state. And no thread may be there when workers are forked.
	 */
	setenv("LIBCLANG_DISABLE_CRASH_RECOVERY", "1", 1);
	setenv("LIBCLANG_NOTHREADS", "1", 1);
	report = flag_report_new();
	unit_facts_init(&job.facts);
	ret = run(&job, db, report);
	sum->cpu_seconds += own_cpu_seconds() - before;
	unit_facts_release(&job.facts);
	plan_release(&job);
	flag_report_free(report);
	return ret;
}
