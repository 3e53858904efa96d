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
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "callgraph/store-memo.h"
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
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sum->example); i++)
		free(sum->example[i]);
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
	const struct index_progress progress = {
		.phase = job->phase,
		.done = job->done,
		.total = job->to_do,
		.failed = job->sum->failed,
	};

	if (job->opt->progress)
		job->opt->progress(job->opt->progress_data, &progress);
}

static void begin_phase(struct index_job *job, enum index_phase phase,
			uint32_t to_do)
{
	job->phase = phase;
	job->done = 0;
	job->to_do = to_do;
	report_progress(job);
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
		.command_hash = u->args.command_hash,
		.status = f->status,
		.mode = f->mode,
		.nr_errors = f->nr_errors,
		.detail = interner_get(&f->strings, f->detail),
	};
	int ret = begin(job);

	if (ret)
		return ret;
	if (group != NO_GROUP)
		g = &job->groups[group];
	row.deps_hash = hash_deps(f, g ? g->deps_hash : 0);
	ret = store_put_unit(job->store, &row, f, g ? g->deps : 0);
	if (ret)
		return store_failed(job, ret);
	job->pending++;
	job->done++; /* one that is lost counts as well */
	count_unit(job->sum, u, f);
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

static void count_trial(struct index_trial *trial, const struct work_head *head)
{
	trial->nr++;
	trial->broken += head->broken > 0;
	trial->harmed += head->harmed > 0;
	trial->bytes += head->bytes;
}

static int on_unit(void *ctx, const struct job_result *result)
{
	struct index_job *job = ctx;
	struct index_unit *u = &job->units[result->job];
	struct work_head head = { .group = NO_GROUP };

	if (result->outcome != JOB_DONE) {
		describe_outcome(job, result, job->opt->timeout, &job->facts);
	} else if (work_read(result, &head, &job->facts)) {
		set_failure(&job->facts, UNIT_FAILED,
			    "its worker sent facts that make no sense");
		head.group = NO_GROUP;
	} else if (u->group != NO_GROUP) {
		count_trial(&job->groups[u->group].trial, &head);
	}
	u->done = true;
	job->sum->redone += head.group == NO_GROUP && head.broken + head.harmed;
	job->sum->differing += head.differs;
	u->differs = head.differs;
	return store_unit(job, u, head.group);
}

static int store_missing(struct index_job *job)
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
	const struct index_group *parent =
		g->parent == NO_GROUP ? NULL : &job->groups[g->parent];
	int ret = begin(job);

	if (ret)
		return ret;
	forget_own_header(job, &job->facts);
	prefix_learn(g->prefix, &job->facts, job->opt->tree, job->objdir);
	if (!prefix_is_harmless(g->prefix)) {
		prefix_free(g->prefix);
		g->prefix = NULL;
		return 0;
	}
	ret = store_put_prefix(job->store, parent ? parent->deps : 0,
			       &job->facts, &g->deps);
	if (ret)
		return store_failed(job, ret);
	g->deps_hash = hash_deps(&job->facts, parent ? parent->deps_hash : 0);
	if (job->opt->verify_prefix)
		verify_remember(&g->bodies, &job->facts);
	g->built = true;
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
	job->done++;
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

/* Build the prefixes that were chosen and not built yet. */
static int build_prefixes(struct index_job *job)
{
	static const struct pool_ops ops = {
		.start = work_start,
		.work = work_prefix,
		.done = on_prefix,
		.tick = on_tick,
	};
	uint32_t *jobs = xcalloc(job->nr_groups + 1, sizeof(*jobs)), i, nr = 0;
	struct pool_usage usage = { 0 };
	int ret = 0;

	for (i = 0; i < job->nr_groups; i++)
		if (job->groups[i].prefix && !job->groups[i].built)
			jobs[nr++] = i;
	begin_phase(job, INDEX_PREFIXES, nr);
	if (nr)
		ret = run_pool(job, &ops, jobs, nr,
			       job->opt->timeout * PREFIX_TIMEOUTS, &usage);
	job->sum->prefix_seconds += usage.cpu_seconds;
	free(jobs);
	return ret;
}

static int parse_these(struct index_job *job, enum index_phase phase,
		       const uint32_t *jobs, uint32_t nr)
{
	static const struct pool_ops ops = {
		.start = work_start,
		.work = work_unit,
		.done = on_unit,
		.tick = on_tick,
	};
	struct pool_usage usage = { 0 };

	begin_phase(job, phase, nr);
	if (!nr)
		return 0;
	return run_pool(job, &ops, jobs, nr, job->opt->timeout, &usage);
}

/* The same units in every run, whatever stands around them. */
static bool is_sampled(const struct index_job *job, const struct index_unit *u)
{
	return job->opt->sample <= 1 ||
	       hash64_str(u->name, 0) % job->opt->sample == 0;
}

static int parse_units(struct index_job *job)
{
	uint32_t *jobs = xcalloc(job->nr_units, sizeof(*jobs)), i, nr = 0;
	int ret;

	for (i = 0; i < job->nr_units; i++)
		if (job->units[i].stale && !job->units[i].missing &&
		    !job->units[i].done && is_sampled(job, &job->units[i]))
			jobs[nr++] = i;
	ret = parse_these(job, INDEX_PARSING, jobs, nr);
	free(jobs);
	return ret;
}

/* Prefix headers of directories, as far as a few units say it is worth it. */
static int build_for_dirs(struct index_job *job)
{
	uint32_t *trials, nr;
	int ret;

	dirs_plan(job);
	nr = dirs_trials(job, &trials);
	ret = parse_these(job, INDEX_TRYING, trials, nr);
	free(trials);
	if (ret)
		return ret;
	dirs_decide(job);
	ret = build_prefixes(job);
	if (ret)
		return ret;
	dirs_stack(job);
	return build_prefixes(job);
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
		ret = build_for_dirs(job);
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
	uint32_t to_do;
	int ret = begin(job);

	if (ret)
		return ret;
	begin_phase(job, INDEX_LOOKING, 0);
	ret = store_config(job->store, job->opt->config, job->opt->tree, kernel,
			   &job->config);
	if (!ret)
		ret = index_find_stale(job);
	if (ret)
		return store_failed(job, ret);
	to_do = job->nr_units - job->sum->fresh;
	if (!to_do && !job->sum->removed)
		return 0;
	/* so that a run which finds nothing to do need not look for litter */
	ret = store_put_memo(job->store, job->config, MEMO_UNFINISHED, "", 1);
	return ret ? store_failed(job, ret) : store_missing(job);
}

static int clean_up(struct index_job *job)
{
	struct strbuf unfinished = STRBUF_INIT;
	int ret = begin(job);

	if (ret)
		return ret;
	ret = store_get_memo(job->store, job->config, MEMO_UNFINISHED,
			     &unfinished);
	if (!ret && unfinished.len) {
		ret = store_finish(job->store);
		if (!ret)
			ret = store_put_memo(job->store, job->config,
					     MEMO_UNFINISHED, NULL, 0);
		if (!ret && !job->sum->interrupted)
			ret = index_remember(job);
	}
	strbuf_release(&unfinished);
	return ret ? store_failed(job, ret) : 0;
}

static int run_stored(struct index_job *job)
{
	int ret = find_work(job);

	if (!ret && job->sum->fresh < job->nr_units)
		ret = run_workers(job);
	if (!ret) {
		begin_phase(job, INDEX_STORING, 0);
		ret = clean_up(job);
	}
	if (!ret)
		ret = commit(job);
	roll_back(job);
	return ret;
}

static double own_cpu_seconds(long *peak_kib)
{
	struct rusage ru;

	getrusage(RUSAGE_SELF, &ru);
	*peak_kib = ru.ru_maxrss;
	return ru.ru_utime.tv_sec + ru.ru_stime.tv_sec +
	       (ru.ru_utime.tv_usec + ru.ru_stime.tv_usec) / 1e6;
}

static uint64_t database_size(const char *path)
{
	static const char *const suffixes[] = { "", "-wal" };
	uint64_t size = 0;
	struct stat st;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(suffixes); i++) {
		char *file = xasprintf("%s%s", path, suffixes[i]);

		if (!stat(file, &st))
			size += st.st_size;
		free(file);
	}
	return size;
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
	int ret;

	begin_phase(job, INDEX_READING, 0);
	ret = plan_units(job, db, report);
	if (ret)
		return ret;
	job->sum->units = job->nr_units;
	flag_report_line(report, &job->sum->dropped_flags);
	ret = store_open(&job->store, job->opt->db, STORE_WRITE, job->err);
	if (ret)
		return ret;
	if (store_made_again(job->store))
		strbuf_addf(&job->sum->notes,
			    "%s was made by an earlier version of probewalk: "
			    "it is begun anew, with all units\n",
			    job->opt->db);
	job->tmpdir = tmpdir_path(job->opt->db);
	watch_init(&job->watch, job->opt->tree, job->objdir);
	ret = run_stored(job);
	watch_release(&job->watch);
	store_close(job->store);
	return ret;
}

int index_run(const struct index_options *opt, const struct compdb *db,
	      struct index_summary *sum, struct strbuf *err)
{
	struct index_job job = { .opt = opt, .sum = sum, .err = err };
	struct flag_report *report;
	double before = own_cpu_seconds(&sum->writer_peak_kib);
	int64_t began = now_ms();
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
	sum->cpu_seconds += own_cpu_seconds(&sum->writer_peak_kib) - before;
	sum->seconds = (now_ms() - began) / 1e3;
	sum->db_bytes = database_size(opt->db);
	unit_facts_release(&job.facts);
	plan_release(&job);
	flag_report_free(report);
	return ret;
}
