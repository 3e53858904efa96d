// SPDX-License-Identifier: GPL-2.0-only
/*
 * From patches to what they add. What can fail at once is tried first: rules,
 * baseline, output file, database, patch, in the order of what they cost.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util/log.h"
#include "util/outfile.h"

#include "callgraph/store.h"
#include "gate/analyse.h"
#include "gate/format.h"
#include "gate/baseline.h"
#include "indexer/compdb.h"

#include "cmd-gate.h"
#include "cmd-index.h"
#include "cmd-progress.h"
#include "cmd-report.h"
#include "cmd.h"

/* What a run holds: released in one place, whatever went wrong where. */
struct gate_run_state {
	const struct gate_command *c;
	struct baseline baseline;
	struct patch_set base, head, between;
	struct gate_result result;
	char *tree;
	struct outfile out;
};

/* ---- tree ---- */

static int note_tree(void *data, const struct store_config *config)
{
	string_list_add(data, config->tree);
	return 0;
}

static int trees_of_database(const char *db, struct string_list *trees,
			     struct strbuf *err)
{
	struct store *store;
	int ret = store_open(&store, db, STORE_READ, err);

	if (ret)
		return ret;
	ret = store_each_config(store, note_tree, trees);
	if (ret)
		strbuf_addf(err, "%s cannot be read: %s", db,
			    store_error(store));
	store_close(store);
	string_list_sort_unique(trees);
	return ret;
}

/* The one that was indexed; of several nobody knows which is meant. */
static int only_tree(const char *db, const struct string_list *trees,
		     char **tree, struct strbuf *err)
{
	if (trees->nr == 1) {
		*tree = xstrdup(trees->item[0]);
		return 0;
	}
	if (trees->nr)
		strbuf_addf(err,
			    "%s holds several trees; say with --tree which one "
			    "the patch is for",
			    db);
	else
		strbuf_addf(err,
			    "%s holds no configuration; index a tree into it "
			    "with 'probewalk index'",
			    db);
	return -EINVAL;
}

static bool same_dir(const char *a, const char *b)
{
	struct stat x, y;

	return !stat(a, &x) && !stat(b, &y) && x.st_dev == y.st_dev &&
	       x.st_ino == y.st_ino;
}

/*
 * As the index spells it when it is the same directory: files are told by their
 * paths. Another one is fine, too: a work tree of the same kernel.
 */
static char *named_tree(const char *name, const struct string_list *trees)
{
	char *cwd, *tree;
	size_t i;

	for (i = 0; i < trees->nr; i++)
		if (same_dir(trees->item[i], name))
			return xstrdup(trees->item[i]);
	cwd = getcwd(NULL, 0);
	tree = path_normalise(cwd ? cwd : "/", name);
	free(cwd);
	return tree;
}

static int find_tree(const struct gate_command *c, char **tree,
		     struct strbuf *err)
{
	struct string_list trees = { 0 };
	int ret = trees_of_database(c->check.db, &trees, err);
	struct stat st;

	if (!ret && c->tree)
		*tree = named_tree(c->tree, &trees);
	else if (!ret)
		ret = only_tree(c->check.db, &trees, tree, err);
	string_list_release(&trees);
	if (ret)
		return ret;
	if (stat(*tree, &st)) {
		ret = -errno;
		strbuf_addf(err, "the tree '%s' cannot be used: %s%s", *tree,
			    strerror(-ret),
			    c->tree ? "" : "; say with --tree where it is");
	} else if (!S_ISDIR(st.st_mode)) {
		ret = -ENOTDIR;
		strbuf_addf(err,
			    "the tree '%s' is no directory; name the top of "
			    "the source with --tree",
			    *tree);
	}
	return ret;
}

/* ---- patches and findings ---- */

static int by_path(const void *x, const void *y)
{
	const struct change *a = x, *b = y;

	return strcmp(a->path, b->path);
}

static void add_as_it_stands(struct patch_set *set, const char *tree,
			     const char *path)
{
	struct change *c;
	struct stat st;
	char *file;

	if (patch_find(set, path))
		return;
	file = xasprintf("%s/%s", tree, path);
	ALLOC_GROW(set->changes, set->nr + 1, set->alloc);
	c = &set->changes[set->nr++];
	*c = (struct change){ .kind = CHANGE_DELETED, .path = xstrdup(path) };
	if (!lstat(file, &st) && S_ISREG(st.st_mode)) {
		c->kind = CHANGE_MODIFIED;
		c->content = file;
	} else {
		free(file);
	}
	qsort(set->changes, set->nr, sizeof(*c), by_path);
}

/*
 * A commit that is checked out needs no change of the tree, and yet its files
 * need not be those that were indexed: all that differs between the two commits
 * is looked at in both.
 */
static void cover(struct patch_set *set, const struct patch_set *between,
		  const char *tree)
{
	size_t i;

	for (i = 0; i < between->nr; i++) {
		const struct change *c = &between->changes[i];

		add_as_it_stands(set, tree, c->path);
		if (c->old_path)
			add_as_it_stands(set, tree, c->old_path);
	}
}

static int read_range(struct gate_run_state *run, struct strbuf *err)
{
	int ret = patch_read_range(&run->base, &run->head, &run->between,
				   run->tree, run->c->range,
				   &patch_default_limits, err);

	if (ret)
		return ret;
	cover(&run->base, &run->between, run->tree);
	cover(&run->head, &run->between, run->tree);
	return 0;
}

static int read_patches(struct gate_run_state *run, struct strbuf *err)
{
	const struct gate_command *c = run->c;

	if (!c->range) {
		run->result.patch = &run->head;
		return patch_read(&run->head, run->tree, &c->patches,
				  &patch_default_limits, err);
	}
	run->result.patch = &run->between;
	return read_range(run, err);
}

static int walk(void *data, struct store *store, const char *config,
		struct report *report, struct strbuf *err)
{
	return report_add_config(store, data, config, report, err);
}

/* A gate is short: where no line can be drawn again, there is none. */
static void show(void *data, const struct gate_progress *now)
{
	static const int phases[] = {
		[GATE_READING] = INDEX_READING,
		[GATE_LOOKING] = INDEX_LOOKING,
		[GATE_PARSING] = INDEX_PARSING,
		[GATE_WALKING] = PROGRESS_WALKING,
	};
	const struct index_progress as = {
		.phase = phases[now->phase],
		.done = now->done,
		.total = now->total,
	};
	struct progress *progress = data;

	if (progress->terminal)
		progress_show(progress, &as);
}

static int analyse(struct gate_run_state *run, struct strbuf *err)
{
	const struct gate_command *c = run->c;
	struct check_options check = c->check;
	struct progress progress;
	const struct gate_options opt = {
		.tree = run->tree,
		.db = c->check.db,
		.configs = &c->check.configs,
		.jobs = c->jobs ? c->jobs : index_default_jobs(),
		.timeout = c->unit_seconds,
		.max_units = c->max_units,
		.seconds = c->seconds,
		.all_findings = c->check.baseline,
		.check = walk,
		.check_data = &check,
		.progress = show,
		.progress_data = &progress,
	};
	int ret;

	progress_begin(&progress, "gate");
	ret = gate_analyse(&opt, c->range ? &run->base : NULL, &run->head,
			   &run->result, err);
	progress_end(&progress);
	return ret;
}

static void add_notes(struct gate_result *result, const struct patch_set *set)
{
	size_t i;

	for (i = 0; i < set->notes.nr; i++)
		string_list_add(&result->notes, set->notes.item[i]);
}

static void compare(struct gate_run_state *run)
{
	struct gate_result *result = &run->result;

	result->has_baseline = run->c->check.baseline;
	baseline_apply(&run->baseline, &result->after.findings, report_today(),
		       &result->expired);
	baseline_unused(&run->baseline, &result->unused);
	add_notes(result, result->patch);
	gate_compare(result);
}

/* ---- what is told ---- */

/* What the report itself has no words for, or is in a file. */
static void print_summary(const struct gate_run_state *run)
{
	const struct gate_result *result = &run->result;
	struct string_list left_out = { 0 };
	size_t i;

	if (strcmp(run->c->format->named.name, "text"))
		report_warn_baseline(&result->unused, &result->expired);
	else if (!run->c->check.output)
		return;
	gate_left_out_lines(result, &left_out);
	for (i = 0; i < left_out.nr; i++)
		pw_warn("%s", left_out.item[i]);
	string_list_release(&left_out);
	pw_info("%zu added, %zu worsened, %zu mended",
		gate_count(result, GATE_ADDED, SEVERITY_NOTE),
		gate_count(result, GATE_WORSENED, SEVERITY_NOTE),
		gate_count(result, GATE_MENDED, SEVERITY_NOTE));
}

static int exit_status(const struct gate_run_state *run)
{
	const struct gate_result *result = &run->result;
	const struct check_options *check = &run->c->check;

	if (!check->no_threshold &&
	    (gate_count(result, GATE_ADDED, check->threshold) ||
	     gate_count(result, GATE_WORSENED, check->threshold)))
		return EXIT_FINDINGS;
	return result->nr_left_out ? EXIT_INCOMPLETE : EXIT_CLEAN;
}

static int write_report(struct gate_run_state *run, struct strbuf *err)
{
	int ret = run->c->format->render(&run->result, run->out.f);

	/* what went wrong with writing, outfile_commit() says */
	if (!ret || ferror(run->out.f))
		return outfile_commit(&run->out, err);
	strbuf_addf(err, "the %s report cannot be made: %s",
		    run->c->format->named.name, strerror(-ret));
	outfile_abort(&run->out);
	return ret;
}

/* ---- the run ---- */

static int try_first(struct gate_run_state *run, struct strbuf *err)
{
	const struct check_options *check = &run->c->check;
	int ret = report_load_rules(&run->result.before.rules, check, err);

	if (!ret)
		ret = report_load_rules(&run->result.after.rules, check, err);
	if (!ret && check->baseline)
		ret = baseline_load(&run->baseline, check->baseline, err);
	if (!ret)
		ret = find_tree(run->c, &run->tree, err);
	return ret;
}

static int work(struct gate_run_state *run, struct strbuf *err)
{
	int ret = try_first(run, err);

	if (!ret)
		ret = read_patches(run, err);
	if (!ret)
		ret = outfile_open(&run->out, run->c->check.output, err);
	if (ret)
		return ret;
	ret = analyse(run, err);
	if (ret) {
		outfile_abort(&run->out);
		return ret;
	}
	compare(run);
	return write_report(run, err);
}

int gate_command_run(const struct gate_command *c)
{
	struct gate_run_state run = { .c = c };
	struct strbuf err = STRBUF_INIT;
	int status = EXIT_USAGE;

	gate_result_init(&run.result);
	if (work(&run, &err)) {
		report_print_error(&err);
	} else {
		print_summary(&run);
		status = exit_status(&run);
	}
	gate_result_release(&run.result);
	patch_set_release(&run.base);
	patch_set_release(&run.head);
	patch_set_release(&run.between);
	baseline_release(&run.baseline);
	free(run.tree);
	strbuf_release(&err);
	return status;
}
