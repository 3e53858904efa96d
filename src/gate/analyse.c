// SPDX-License-Identifier: GPL-2.0-only
/*
 * Two states of a tree. Walking the rules over a whole kernel takes longer than
 * parsing a few files, so only configurations are walked over that say
 * something else in one of the states: of the others, all findings are the same
 * and none need be known. Both states are walked at the same time, and after
 * the parsing, which has use for every processor.
 */
#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "gate/analyse.h"
#include "gate/state.h"
#include "indexer/index-overlay.h"

/* ---- one state ---- */

/* All configurations that are to be walked over, in one state. */
struct walk {
	struct gate_run *run;
	struct store *store; /* NULL: the database as it is */
	struct report *report;
	bool opened; /* by the walk */
	bool all; /* also those that do not change */
	bool *done; /* by configuration */
	struct strbuf err;
	int ret;
};

static int walk_open(struct walk *w)
{
	if (w->store)
		return 0;
	w->opened = true;
	return store_open(&w->store, w->run->opt->db, STORE_READ, &w->err);
}

static void walk_config(struct walk *w, size_t i)
{
	const struct gate_options *opt = w->run->opt;

	w->ret = walk_open(w);
	if (!w->ret)
		w->ret = opt->check(opt->check_data, w->store,
				    w->run->configs[i].name, w->report,
				    &w->err);
	w->done[i] = true;
}

static void *walk_run(void *data)
{
	struct walk *w = data;
	size_t i;

	for (i = 0; !w->ret && i < w->run->nr; i++)
		if (!w->done[i] && (w->all || w->run->configs[i].changed))
			walk_config(w, i);
	return NULL;
}

static void walk_release(struct walk *w)
{
	if (w->opened)
		store_close(w->store);
	strbuf_release(&w->err);
	free(w->done);
}

/* ---- both ---- */

/*
 * Beside what else went wrong: a walk may fail while units are ranked, and the
 * parsing after that.
 */
static void tell_error(const struct walk *w, struct strbuf *err)
{
	if (!w->ret || strstr(err->buf, w->err.buf))
		return;
	strbuf_addf(err, "%s%s", err->len ? "\n" : "", w->err.buf);
}

/* Where no thread is to be had, one after the other. */
static int walk_both(struct walk *before, struct walk *after)
{
	pthread_t thread;
	bool runs = !pthread_create(&thread, NULL, walk_run, before);

	walk_run(after);
	if (runs)
		pthread_join(thread, NULL);
	else
		walk_run(before);
	return before->ret ? before->ret : after->ret;
}

static bool has_finding(const struct findings *list, const struct finding *f)
{
	size_t i;

	for (i = 0; i < list->nr; i++)
		if (list->list[i].id == f->id)
			return true;
	return false;
}

static bool same_findings(const struct findings *a, const struct findings *b)
{
	size_t i;

	for (i = 0; a->nr == b->nr && i < a->nr; i++)
		if (!has_finding(b, &a->list[i]))
			return false;
	return a->nr == b->nr;
}

/*
 * What is gone from one configuration may be there in another one, which the
 * patch does not change: then nothing was mended.
 */
static int walk_rest(struct walk *before, struct walk *after)
{
	struct gate_run *run = before->run;
	size_t i, nr = 0;

	for (i = 0; i < run->nr; i++)
		nr += !after->done[i];
	if (!nr ||
	    same_findings(&before->report->findings, &after->report->findings))
		return 0;
	before->all = after->all = true;
	return walk_both(before, after);
}

/* Its findings tell what to look at first. */
static const struct report *findings_before(void *data,
					    struct gate_config *config)
{
	struct walk *w = data;
	size_t i = config - w->run->configs;
	int64_t began = index_now_ms(), took;

	if (!w->done)
		w->done = xcalloc(w->run->nr + 1, sizeof(*w->done));
	if (!w->ret && !w->done[i])
		walk_config(w, i);
	took = index_now_ms() - began;
	if (took > w->run->walk_ms)
		w->run->walk_ms = took;
	return w->ret ? NULL : w->report;
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

static int walk_states(struct walk *before, struct walk *after)
{
	struct gate_run *run = before->run;
	int ret;

	report_phase(run->opt, GATE_WALKING);
	before->all = after->all = run->opt->all_findings;
	if (!before->done)
		before->done = xcalloc(run->nr + 1, sizeof(*before->done));
	after->done = xcalloc(run->nr + 1, sizeof(*after->done));
	ret = walk_both(before, after);
	return ret ? ret : walk_rest(before, after);
}

static void name_configs(struct gate_run *run, struct report *report)
{
	struct string_list kernels = { 0 };
	struct strbuf sb = STRBUF_INIT;
	size_t i;

	for (i = 0; i < run->nr; i++) {
		string_list_add(&report->configs, run->configs[i].name);
		if (*run->configs[i].kernel)
			string_list_add(&kernels, run->configs[i].kernel);
	}
	string_list_sort_unique(&report->configs);
	string_list_sort_unique(&kernels);
	for (i = 0; i < kernels.nr; i++)
		strbuf_addf(&sb, "%s%s", i ? ", " : "", kernels.item[i]);
	free(report->kernel);
	report->kernel = strbuf_detach(&sb);
	string_list_release(&kernels);
}

/*
 * What was walked over before the patch for the sake of the order is of
 * configurations that are not walked over after it, when nothing came of the
 * parsing: it would be mended.
 */
static void forget_findings(struct walk *before)
{
	const struct gate_run *run = before->run;
	bool stray = false;
	size_t i;

	for (i = 0; before->done && i < run->nr; i++)
		stray |= before->done[i] && !run->configs[i].changed;
	if (!stray || run->opt->all_findings)
		return;
	memset(before->done, 0, run->nr * sizeof(*before->done));
	findings_release(&before->report->findings);
}

static int both(struct walk *before, struct walk *after,
		const struct patch_set *base, const struct patch_set *head,
		struct strbuf *err)
{
	struct gate_run *run = before->run;
	struct store *first = NULL, *second = NULL;
	int ret = 0;

	run->is_range = base;
	report_phase(run->opt, GATE_READING);
	if (!is_empty(base)) {
		run->states_left = 1;
		ret = gate_state_make(run, base, &first, err);
		run->states_left = 0;
	}
	before->store = first;
	run->findings = findings_before;
	run->findings_data = before;
	if (!ret)
		ret = gate_state_make(run, head, &second, err);
	after->store = second;
	if (!ret) {
		forget_findings(before);
		ret = walk_states(before, after);
	}
	tell_error(before, err);
	tell_error(after, err);
	if (!ret) {
		name_configs(run, before->report);
		name_configs(run, after->report);
	}
	walk_release(before);
	walk_release(after);
	store_close(second);
	store_close(first);
	return ret;
}

int gate_analyse(const struct gate_options *opt, const struct patch_set *base,
		 const struct patch_set *head, struct gate_result *result,
		 struct strbuf *err)
{
	struct gate_run run = { .opt = opt, .result = result };
	struct walk before = { .run = &run,
			       .report = &result->before,
			       .err = STRBUF_INIT };
	struct walk after = { .run = &run,
			      .report = &result->after,
			      .err = STRBUF_INIT };
	int ret = gate_run_init(&run, err);

	if (!ret)
		ret = both(&before, &after, base, head, err);
	gate_run_release(&run);
	return ret;
}
