// SPDX-License-Identifier: GPL-2.0-only
/*
 * An index run for files that a stranger has changed. It shares all that parses
 * and stores with the usual one; what differs is what is looked at (stale.c),
 * what is given up for want of time, and that a unit may read the tree, the
 * build directory and the compiler's own headers, and nothing else.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "indexer/index-internal.h"
#include "indexer/tree-path.h"

/* Beyond what a worker has when it begins; five times the largest one seen. */
#define WORKER_MEMORY (2ull << 30)

struct overlay_run {
	const struct index_overlay_options *opt;
	struct index_overlay_summary *sum;
	struct u64map outside; /* directories elsewhere that may be read from */
};

void index_overlay_summary_init(struct index_overlay_summary *sum)
{
	memset(sum, 0, sizeof(*sum));
	interner_init(&sum->changed);
	strbuf_init(&sum->notes);
}

void index_overlay_summary_release(struct index_overlay_summary *sum)
{
	while (sum->nr_left_out) {
		free(sum->left_out[--sum->nr_left_out].file);
		free(sum->left_out[sum->nr_left_out].reason);
	}
	free(sum->left_out);
	interner_release(&sum->changed);
	strbuf_release(&sum->notes);
}

static void leave_out(struct index_overlay_summary *sum, const char *file,
		      const char *reason)
{
	struct index_left_out *l;

	ALLOC_GROW(sum->left_out, sum->nr_left_out + 1, sum->alloc_left_out);
	l = &sum->left_out[sum->nr_left_out++];
	l->file = xstrdup(file);
	l->reason = xstrdup(reason);
}

/* ---- which units there are ---- */

static bool has_file(const struct u64map *files, const char *file)
{
	return files && u64map_get(files, hash64_str(file, 0));
}

bool index_overlay_adds(const struct index_job *job, const char *file)
{
	return job->overlay && has_file(job->overlay->opt->adds, file);
}

bool index_overlay_drops(const struct index_job *job, const char *file)
{
	return job->overlay && has_file(job->overlay->opt->drops, file);
}

bool index_overlay_owns(const struct index_job *job)
{
	return job->overlay->opt->own;
}

bool index_overlay_has(const struct index_job *job,
		       const struct compile_cmd *cmd)
{
	(void)job;
	return !cmd->broken &&
	       overlay_find(overlay_used(), cmd->file, NULL) != OVERLAY_GONE;
}

/* ---- what a unit may read ---- */

static uint64_t dir_hash(const char *path)
{
	return hash64(path, tree_path_dir(path), 0);
}

/* The compiler's headers are those that units of the tree read before. */
static void learn_outside(struct index_job *job)
{
	const struct watch *w = &job->watch;
	uint32_t i;

	for (i = 1; i < w->file_names.nr; i++) {
		const char *name = interner_get(&w->file_names, i);

		if (name[0] == '/')
			u64map_put(&job->overlay->outside, dir_hash(name), 1);
	}
}

static bool may_read(const struct index_job *job, const char *name)
{
	return name[0] != '/' ||
	       u64map_get(&job->overlay->outside, dir_hash(name)) ||
	       path_below(name, job->tmpdir);
}

/*
 * A source may include "/dev/zero", and what is read of a file that never ends
 * has to end somewhere.
 */
void index_overlay_confine(const struct index_job *job)
{
	unsigned long long pages = 0;
	struct rlimit limit;
	FILE *f;

	if (!job->overlay)
		return;
	f = fopen("/proc/self/statm", "re");
	if (f && fscanf(f, "%llu", &pages) != 1)
		pages = 0;
	if (f)
		fclose(f);
	limit.rlim_cur = pages * sysconf(_SC_PAGESIZE) + WORKER_MEMORY;
	limit.rlim_max = limit.rlim_cur;
	/* without it the machine's own memory is the limit */
	if (pages && setrlimit(RLIMIT_AS, &limit))
		return;
}

static void refuse(struct index_job *job, const char *name, const char *fmt,
		   const char *what)
{
	struct strbuf reason = STRBUF_INIT;

	strbuf_addf(&reason, fmt, what);
	if (name)
		leave_out(job->overlay->sum, name, reason.buf);
	strbuf_release(&reason);
}

/* The database's facts of other units are of what it knows. */
static void compare_content(struct index_job *job, const char *name,
			    uint64_t hash)
{
	const struct watch *w = &job->watch;
	uint32_t nr = interner_find(&w->file_names, name);
	struct strbuf path = STRBUF_INIT;

	if (nr == UINT32_MAX || !w->files[nr].hash || !hash ||
	    w->files[nr].hash == hash)
		return;
	tree_path_open(&path, job->opt->tree, job->objdir, name);
	if (overlay_find(overlay_used(), path.buf, NULL) == OVERLAY_NONE)
		interner_addstr(&job->overlay->sum->changed, name);
	strbuf_release(&path);
}

static bool says_why(struct index_job *job, const struct index_unit *u,
		     const struct unit_facts *f)
{
	const char *detail = interner_get(&f->strings, f->detail);

	if (!u)
		return false;
	if (f->status > UNIT_ERRORS)
		refuse(job, u->name, "does not parse: %s", detail);
	else if (f->status == UNIT_ERRORS && !u->had_errors)
		refuse(job, u->name, "parsed in part: %s", detail);
	return f->status > UNIT_ERRORS;
}

bool index_overlay_refuses(struct index_job *job, const struct index_unit *u,
			   const struct unit_facts *f)
{
	const char *name = u ? u->name : NULL;
	uint32_t i;

	if (!job->overlay)
		return false;
	for (i = 0; i < f->nr_deps; i++) {
		const char *file = interner_get(&f->strings, f->deps[i].file);

		if (!may_read(job, file)) {
			refuse(job, name,
			       "reads '%s', which is outside of the "
			       "tree",
			       file);
			return true;
		}
		compare_content(job, file, f->deps[i].hash);
	}
	return says_why(job, u, f);
}

/* ---- how much is done ---- */

int index_overlay_time(const struct index_job *job)
{
	const struct index_overlay_options *opt;
	int64_t deadline = 0;

	opt = job->overlay ? job->overlay->opt : NULL;
	if (opt && opt->deadline)
		deadline = opt->deadline(opt->deadline_data);
	return deadline && index_now_ms() >= deadline ? -ETIME : 0;
}

/* With fewer the order is no matter, but asking for it costs time. */
enum { RANK_FROM = 16 };

struct ranked {
	uint32_t unit, rank;
};

static int by_rank(const void *a, const void *b)
{
	const struct ranked *l = a, *r = b;

	if (l->rank != r->rank)
		return l->rank < r->rank ? -1 : 1;
	return l->unit < r->unit ? -1 : l->unit > r->unit;
}

static void set_order(struct index_job *job, bool by_importance)
{
	const struct index_overlay_options *opt = job->overlay->opt;
	struct ranked *list = xcalloc(job->nr_units + 1, sizeof(*list));
	uint32_t i;

	for (i = 0; i < job->nr_units; i++) {
		list[i].unit = i;
		if (by_importance && opt->rank && job->units[i].stale)
			list[i].rank =
				opt->rank(opt->rank_data, job->units[i].name);
	}
	qsort(list, job->nr_units, sizeof(*list), by_rank);
	job->order = xcalloc(job->nr_units + 1, sizeof(*job->order));
	for (i = 0; i < job->nr_units; i++)
		job->order[i] = list[i].unit;
	free(list);
}

static uint32_t count_stale(const struct index_job *job)
{
	uint32_t i, nr = 0;

	for (i = 0; i < job->nr_units; i++)
		nr += job->units[i].stale;
	return nr;
}

/*
 * More than a machine gets done in a second for each of its workers. Units that
 * nobody comes to must not have prefix headers made for them: of those of a
 * whole kernel nothing else would come in a minute.
 */
enum { UNITS_A_SECOND = 10, UNITS_AT_LEAST = 16 };

static uint32_t time_limit(const struct index_overlay_options *opt)
{
	int64_t end = opt->deadline ? opt->deadline(opt->deadline_data) : 0;
	int64_t nr = (end - index_now_ms()) / 1000 * opt->jobs * UNITS_A_SECOND;

	if (!end || nr > UINT32_MAX)
		return UINT32_MAX;
	return nr < UNITS_AT_LEAST ? UNITS_AT_LEAST : nr;
}

static void leave_rest(struct index_job *job)
{
	const struct index_overlay_options *opt = job->overlay->opt;
	uint32_t left = time_limit(opt), limit = opt->max_units, k;
	uint32_t parsed = job->overlay->sum->parsed;
	char *reason;

	if (limit && (limit <= parsed || limit - parsed <= left)) {
		left = limit > parsed ? limit - parsed : 0;
		reason = xasprintf("over the limit of %u units", limit);
	} else {
		reason = xstrdup("there was no time for so many units");
	}
	for (k = 0; k < job->nr_units; k++) {
		struct index_unit *u = &job->units[job->order[k]];

		if (!u->stale)
			continue;
		if (left) {
			left--;
			continue;
		}
		u->stale = false;
		leave_out(job->overlay->sum, u->name, reason);
	}
	free(reason);
}

/* Those that time ran out for. */
static void leave_undone(struct index_job *job)
{
	uint32_t i;

	for (i = 0; i < job->nr_units; i++)
		if (job->units[i].stale && !job->units[i].done)
			leave_out(job->overlay->sum, job->units[i].name,
				  "the time was over");
}

/* ---- the run ---- */

static int parse(struct index_job *job)
{
	const struct index_overlay_options *opt = job->overlay->opt;
	struct index_overlay_summary *sum = job->overlay->sum;
	uint32_t nr = count_stale(job);
	int ret;

	sum->affected += nr;
	if (!nr)
		return 0;
	set_order(job,
		  nr >= RANK_FROM || (opt->max_units && nr > opt->max_units));
	leave_rest(job);
	ret = index_parse_stale(job);
	if (ret == -ETIME)
		ret = 0;
	if (!ret && job->sum->interrupted)
		ret = -EINTR;
	if (!ret)
		leave_undone(job);
	return ret;
}

static int run_stored(struct index_job *job)
{
	int ret = store_config(job->store, job->opt->config, job->opt->tree,
			       job->opt->kernel, &job->config);

	if (!ret)
		ret = index_recall(job);
	if (!ret)
		ret = index_kept_recall(job);
	if (!ret)
		ret = index_find_stale(job);
	if (ret)
		return job->err->len ? ret : index_store_failed(job, ret);
	learn_outside(job);
	return parse(job);
}

static int run(struct index_job *job, const struct compdb *db)
{
	int ret = plan_units(job, db);

	if (ret)
		return ret;
	watch_init(&job->watch, job->opt->tree, job->objdir);
	job->watch.trusts = true;
	ret = index_begin(job);
	if (!ret)
		ret = run_stored(job);
	if (!ret)
		ret = index_commit(job);
	index_roll_back(job);
	watch_release(&job->watch);
	return ret;
}

static void take_summary(struct index_overlay_summary *sum,
			 const struct index_summary *of)
{
	sum->parsed += of->parsed;
	sum->with_kept += of->with_kept;
	sum->dropped += of->removed;
	strbuf_add(&sum->notes, of->notes.buf, of->notes.len);
}

int index_overlay(const struct index_overlay_options *opt,
		  const struct compdb *db, struct store *store,
		  struct index_overlay_summary *sum, struct strbuf *err)
{
	const struct index_options base = {
		.tree = opt->tree,
		.db = opt->db,
		.compdb = opt->db,
		.config = opt->config,
		.jobs = opt->jobs,
		.timeout = opt->timeout,
		.kernel = opt->kernel,
		.progress = opt->progress,
		.progress_data = opt->progress_data,
	};
	struct overlay_run overlay = { .opt = opt, .sum = sum };
	struct index_summary counts;
	struct index_job job = { .opt = &base,
				 .db = db,
				 .sum = &counts,
				 .err = err,
				 .store = store,
				 .overlay = &overlay,
				 .report = flag_report_new() };
	int ret;

	index_set_up_clang();
	index_summary_init(&counts);
	unit_facts_init(&job.facts);
	u64map_init(&overlay.outside);
	job.tmpdir = xstrdup(opt->tmpdir);
	ret = run(&job, db);
	take_summary(sum, &counts);
	u64map_release(&overlay.outside);
	unit_facts_release(&job.facts);
	plan_release(&job);
	flag_report_free(job.report);
	index_summary_release(&counts);
	return ret;
}
