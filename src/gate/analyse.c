// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two states of a tree, analysed side by side: while the units are parsed that
 * the patch concerns, another thread walks the rules over the database as it
 * is.
 */
#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "callgraph/store-memo.h"
#include "gate/analyse.h"
#include "gate/state.h"
#include "indexer/index-overlay.h"

/* ---- a walk of its own ---- */

/* Owns its store, if it is to open one. */
struct walk {
	const struct gate_options *opt;
	struct store *store; /* NULL: the database as it is */
	struct report *report;
	struct strbuf err;
	pthread_t thread;
	bool runs, done;
	int ret;
};

static void *walk_run(void *data)
{
	struct walk *w = data;
	struct store *store = w->store;

	if (!store)
		w->ret = store_open(&store, w->opt->db, STORE_READ, &w->err);
	if (!w->ret)
		w->ret = w->opt->check(w->opt->check_data, store, w->report,
				       &w->err);
	if (!w->store)
		store_close(store);
	return NULL;
}

/* Where no thread is to be had, it is done when it is waited for. */
static void walk_start(struct walk *w)
{
	w->runs = !pthread_create(&w->thread, NULL, walk_run, w);
}

static int walk_wait(struct walk *w, struct strbuf *err)
{
	if (w->runs)
		pthread_join(w->thread, NULL);
	else if (!w->done)
		walk_run(w);
	w->runs = false;
	if (w->ret)
		strbuf_addstr(err, w->err.buf);
	strbuf_release(&w->err);
	return w->ret;
}

/* Its findings tell what to look at first. */
static const struct report *walk_findings(void *data)
{
	struct walk *w = data;

	if (!w->runs)
		return NULL;
	pthread_join(w->thread, NULL);
	w->runs = false;
	w->done = true;
	return w->ret ? NULL : w->report;
}

/*
 * Workers are forked beside the thread, which the C library is made for and
 * AddressSanitizer is not.
 */
static bool may_fork_beside_thread(void)
{
#if defined(__SANITIZE_ADDRESS__)
	return false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
	return false;
#endif
#endif
	return true;
}

/* ---- both states ---- */

static bool is_empty(const struct patch_set *set)
{
	return !set || !set->nr;
}

static void report_phase(const struct gate_options *opt, enum gate_phase phase)
{
	const struct gate_progress progress = { .phase = phase };

	if (opt->progress)
		opt->progress(opt->progress_data, &progress);
}

/* The patched state parsed, its report and the other one made. */
static int both(struct gate_run *run, struct walk *before, struct walk *after,
		const struct patch_set *base, const struct patch_set *head,
		struct strbuf *err)
{
	bool beside = is_empty(base) && may_fork_beside_thread();
	struct store *first = NULL, *second = NULL;
	int ret = 0, wait;

	if (beside)
		walk_start(before);
	else if (!is_empty(base))
		ret = gate_state_make(run, base, &first, err);
	if (!ret)
		ret = gate_state_make(run, head, &second, err);
	if (!ret) {
		report_phase(run->opt, GATE_WALKING);
		before->store = first;
		after->store = second;
		if (!beside)
			walk_start(before);
		walk_run(after);
	}
	if (beside || !ret) {
		wait = walk_wait(before, err);
		ret = ret ? ret : wait;
	}
	if (!ret && after->ret) {
		strbuf_addstr(err, after->err.buf);
		ret = after->ret;
	}
	strbuf_release(&after->err);
	store_close(second);
	store_close(first);
	return ret;
}

int gate_analyse(const struct gate_options *opt, const struct patch_set *base,
		 const struct patch_set *head, struct gate_result *result,
		 struct strbuf *err)
{
	struct gate_run run = { .opt = opt, .result = result };
	struct walk before = { .opt = opt,
			       .report = &result->before,
			       .err = STRBUF_INIT };
	struct walk after = { .opt = opt,
			      .report = &result->after,
			      .err = STRBUF_INIT };
	int ret = gate_run_init(&run, err);

	run.findings = walk_findings;
	run.findings_data = &before;
	if (!ret)
		ret = both(&run, &before, &after, base, head, err);
	gate_run_release(&run);
	return ret;
}
