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
#include "indexer/args-kept.h"
#include "indexer/compdb-kept.h"
#include "indexer/index-internal.h"
#include "indexer/tree-path.h"

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

/* ---- the run ---- */

int index_run_pool(struct index_job *job, const struct pool_ops *ops,
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
	if (ret && ret != -EINTR && ret != -ETIME && ret != -ECANCELED &&
	    !job->err->len)
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
		.done = index_on_prefix,
		.busy = index_on_busy,
		.tick = index_on_tick,
	};
	uint32_t *jobs = xcalloc(job->nr_groups + 1, sizeof(*jobs)), i, nr = 0;
	struct pool_usage usage = { 0 };
	int ret = 0;

	for (i = 0; i < job->nr_groups; i++)
		if (job->groups[i].prefix && !job->groups[i].built)
			jobs[nr++] = i;
	index_begin_phase(job, INDEX_PREFIXES, nr);
	if (nr)
		ret = index_run_pool(job, &ops, jobs, nr,
				     job->opt->timeout * PREFIX_TIMEOUTS,
				     &usage);
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
		.done = index_on_unit,
		.busy = index_on_busy,
		.tick = index_on_tick,
	};
	struct pool_usage usage = { 0 };

	index_begin_phase(job, phase, nr);
	if (!nr)
		return 0;
	return index_run_pool(job, &ops, jobs, nr, job->opt->timeout, &usage);
}

/* The same units in every run, whatever stands around them. */
bool index_is_sampled(const struct index_job *job, const struct index_unit *u)
{
	return job->opt->sample <= 1 ||
	       hash64_str(u->name, 0) % job->opt->sample == 0;
}

static bool is_left(const struct index_job *job, const struct index_unit *u)
{
	return u->stale && !u->missing && !u->done && index_is_sampled(job, u);
}

uint32_t index_count_left(const struct index_job *job)
{
	uint32_t i, nr = 0;

	for (i = 0; i < job->nr_units; i++)
		nr += is_left(job, &job->units[i]);
	return nr;
}

static int parse_units(struct index_job *job)
{
	uint32_t *jobs = xcalloc(job->nr_units, sizeof(*jobs)), k, nr = 0;
	int ret;

	for (k = 0; k < job->nr_units; k++) {
		uint32_t i = job->order ? job->order[k] : k;

		if (is_left(job, &job->units[i]))
			jobs[nr++] = i;
	}
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

/* Somebody tidies up there, or the disk is failing: it costs time only. */
static void note_lost(struct index_job *job)
{
	uint32_t nr = job->sum->lost_prefix;

	if (nr)
		strbuf_addf(&job->sum->notes,
			    "%u unit%s parsed one by one, because a prefix "
			    "header in '%s' could not be read any more: let "
			    "nothing else remove or change files there\n",
			    nr, nr == 1 ? " was" : "s were", job->tmpdir);
}

int index_parse_stale(struct index_job *job)
{
	int ret = index_tmpdir_make(job);

	if (ret)
		return ret;
	plan_groups(job);
	ret = index_kept_use(job);
	if (!ret) {
		plan_prefixes(job);
		ret = build_prefixes(job);
	}
	if (!ret)
		ret = index_kept_save(job);
	if (!ret)
		ret = build_for_dirs(job);
	if (!ret)
		ret = parse_units(job);
	if (!ret && index_kept_blamed(job))
		ret = parse_units(job);
	index_tmpdir_remove(job);
	name_differing(job);
	note_lost(job);
	/* what came in before a signal is as good as any */
	return ret == -EINTR ? 0 : ret;
}

static int recall(struct index_job *job)
{
	const char *kernel = job->opt->kernel ? job->opt->kernel : "";
	int ret = index_begin(job);

	if (ret)
		return ret;
	index_begin_phase(job, INDEX_LOOKING, 0);
	ret = store_config(job->store, job->opt->config, job->opt->tree, kernel,
			   &job->config);
	if (!ret)
		ret = compdb_keep(job->db, job->store, job->config);
	if (!ret)
		ret = args_keep(job);
	if (!ret)
		ret = index_recall(job);
	if (!ret)
		ret = index_kept_recall(job);
	return ret ? index_store_failed(job, ret) : 0;
}

int index_find_work(struct index_job *job)
{
	uint32_t to_do;
	int ret = index_find_stale(job);

	if (ret)
		return index_store_failed(job, ret);
	to_do = job->nr_units - job->sum->fresh;
	if (!to_do && !job->sum->removed)
		return 0;
	/* so that a run which finds nothing to do need not look for litter */
	ret = store_put_memo(job->store, job->config, MEMO_UNFINISHED, "", 1);
	return ret ? index_store_failed(job, ret) : index_store_missing(job);
}

static int clean_up(struct index_job *job)
{
	struct strbuf unfinished = STRBUF_INIT;
	int ret = index_begin(job);

	if (ret)
		return ret;
	ret = store_get_memo(job->store, job->config, MEMO_UNFINISHED,
			     &unfinished);
	if (!ret && unfinished.len) {
		ret = store_finish(job->store);
		if (!ret)
			ret = index_kept_clean(job->store);
		if (!ret)
			ret = store_put_memo(job->store, job->config,
					     MEMO_UNFINISHED, NULL, 0);
		if (!ret && !job->sum->interrupted)
			ret = index_remember(job);
	}
	strbuf_release(&unfinished);
	return ret ? index_store_failed(job, ret) : 0;
}

static int run_stored(struct index_job *job)
{
	int ret = recall(job);

	if (!ret)
		ret = index_look(job);
	if (!ret && !job->sum->interrupted && index_count_left(job))
		ret = index_parse_stale(job);
	if (!ret) {
		index_begin_phase(job, INDEX_STORING, 0);
		ret = clean_up(job);
	}
	if (!ret)
		ret = index_commit(job);
	index_roll_back(job);
	index_tmpdir_remove(job);
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

/* Flags that were dropped from what is not looked at now count as well. */
static void report_flags(const struct index_job *job)
{
	const struct args_kept *kept = job->db->kept;

	if (kept)
		strbuf_addstr(&job->sum->dropped_flags, kept->dropped);
	else
		flag_report_line(job->report, &job->sum->dropped_flags);
}

static int run(struct index_job *job, const struct compdb *db)
{
	int ret;

	index_begin_phase(job, INDEX_READING, 0);
	ret = plan_units(job, db);
	if (ret)
		return ret;
	job->sum->units = job->nr_units;
	report_flags(job);
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

/*
 * A crash has to be one: recovered from, it would leave a libclang in an
 * unknown state. And no thread may be there when workers are forked.
 */
void index_set_up_clang(void)
{
	setenv("LIBCLANG_DISABLE_CRASH_RECOVERY", "1", 1);
	setenv("LIBCLANG_NOTHREADS", "1", 1);
}

int index_run(const struct index_options *opt, const struct compdb *db,
	      struct index_summary *sum, struct strbuf *err)
{
	struct index_job job = { .opt = opt, .db = db, .sum = sum, .err = err };
	double before = own_cpu_seconds(&sum->writer_peak_kib);
	int64_t began = index_now_ms();
	int ret;

	index_set_up_clang();
	job.report = flag_report_new();
	unit_facts_init(&job.facts);
	ret = run(&job, db);
	sum->cpu_seconds += own_cpu_seconds(&sum->writer_peak_kib) - before;
	sum->seconds = (index_now_ms() - began) / 1e3;
	sum->db_bytes = database_size(opt->db);
	unit_facts_release(&job.facts);
	plan_release(&job);
	flag_report_free(job.report);
	return ret;
}
