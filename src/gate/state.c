// SPDX-License-Identifier: GPL-2.0-only
/* From a patch to a database that has its facts, configuration by
 * configuration. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "callgraph/config-name.h"
#include "callgraph/store-memo.h"
#include "callgraph/store-same.h"
#include "gate/commands.h"
#include "gate/rank.h"
#include "gate/state.h"
#include "indexer/args-kept.h"
#include "indexer/index-overlay.h"
#include "indexer/tree-path.h"
#include "util/workdir.h"

/* Files that are named as changed since the index was made. */
enum { MAX_CHANGED = 5 };

struct state {
	struct gate_run *run;
	const struct patch_set *set;
	struct store *store;
	struct overlay *overlay;
	struct gate_config *config; /* that is looked at now */
	int64_t began; /* with it */
	struct index_overlay_summary sum;
	bool wrote; /* something has been stored or dropped */
	struct rank *rank; /* made when it is asked for */
	const struct gate_config *ranked; /* its findings are known to it */
	bool *is_unit; /* by change: in some configuration */
};

/* ---- the directory ---- */

int gate_run_init(struct gate_run *run, struct strbuf *err)
{
	int ret =
		workdir_make("probewalk-gate", run->opt->tree, &run->dir, err);

	if (!ret && run->opt->seconds)
		run->deadline =
			index_now_ms() + (int64_t)run->opt->seconds * 1000;
	return ret;
}

void gate_run_release(struct gate_run *run)
{
	while (run->nr) {
		struct gate_config *config = &run->configs[--run->nr];

		free(config->name);
		free(config->tree);
		free(config->kernel);
	}
	free(run->configs);
	run->configs = NULL;
	workdir_remove(run->dir);
	run->dir = NULL;
}

/* ---- what is told ---- */

static void take_left_out(struct state *s, const char *config)
{
	struct gate_result *r = s->run->result;
	struct index_overlay_summary *sum = &s->sum;
	size_t i;

	r->left_out = xrealloc(r->left_out, (r->nr_left_out + sum->nr_left_out +
					     1) * sizeof(*r->left_out));
	for (i = 0; i < sum->nr_left_out; i++)
		r->left_out[r->nr_left_out++] = (struct gate_left_out){
			.file = xstrdup(sum->left_out[i].file),
			.config = xstrdup(config),
			.reason = xstrdup(sum->left_out[i].reason),
		};
}

static void take_changed(struct state *s, const char *config)
{
	struct gate_result *r = s->run->result;
	uint32_t nr = s->sum.changed.nr - 1, i;
	struct strbuf note = STRBUF_INIT;

	if (!nr)
		return;
	strbuf_addf(&note,
		    nr == 1 ? "%u file that was read again is not as %s knows "
			      "it in %s (%s): run `probewalk index`."
			    : "%u files that were read again are not as %s "
			      "knows them in %s (the first is %s): run "
			      "`probewalk index`.",
		    nr, s->run->opt->db, config,
		    interner_get(&s->sum.changed, 1));
	string_list_add(&r->notes, note.buf);
	strbuf_release(&note);
	for (i = 1; i <= nr && i <= MAX_CHANGED; i++) {
		r->left_out = xrealloc(r->left_out, (r->nr_left_out +
						     1) * sizeof(*r->left_out));
		r->left_out[r->nr_left_out++] = (struct gate_left_out){
			.file = xstrdup(interner_get(&s->sum.changed, i)),
			.config = xstrdup(config),
			.reason = xstrdup("has changed since the index was "
					  "made"),
		};
	}
}

static void take_summary(struct state *s, const char *config)
{
	struct gate_result *r = s->run->result;

	r->units_parsed += s->sum.parsed;
	r->units_kept += s->sum.with_kept;
	r->units_affected += s->sum.affected;
	take_left_out(s, config);
	take_changed(s, config);
}

/* ---- one configuration ---- */

static int read_commands(struct state *s, const struct gate_config *config,
			 struct compdb *db, struct strbuf *err)
{
	const struct gate_options *opt = s->run->opt;
	const struct compdb *given = NULL;
	struct strbuf data = STRBUF_INIT;
	size_t i;
	int ret;

	if (opt->commands)
		given = opt->commands(opt->commands_data, config->name);
	for (i = 0; given && i < given->nr; i++)
		compdb_add(db, given->cmds[i].directory, given->cmds[i].file,
			   given->cmds[i].argv, given->cmds[i].argc);
	if (given)
		return 0;
	ret = store_get_memo(s->store, config->id, MEMO_COMMANDS, &data);
	if (!ret && compdb_unpack(db, data.buf, data.len)) {
		strbuf_addf(err,
			    "%s does not hold the commands of %s; index it "
			    "again with `probewalk index`.",
			    opt->db, config->name);
		ret = -ENODATA;
	}
	if (!ret)
		ret = args_kept_read(db, s->store, config->id);
	if (ret && ret != -ENODATA)
		strbuf_addf(err, "%s: %s.", opt->db, store_error(s->store));
	strbuf_release(&data);
	return ret;
}

static void take_notes(struct state *s, const struct command_plan *plan)
{
	struct string_list *notes = &s->run->result->notes;
	size_t i;

	for (i = 0; i < plan->notes.nr; i++)
		if (!string_list_has(notes, plan->notes.item[i]))
			string_list_add(notes, plan->notes.item[i]);
}

/*
 * Until when units are parsed. What is to be walked after that takes as long as
 * it took before; each configuration that is left has its share of the rest,
 * and what it does not use the others get.
 */
static int64_t on_deadline(void *data)
{
	const struct state *s = data;
	const struct gate_run *run = s->run;
	size_t left = run->configs + run->nr - s->config, i;
	int64_t end = run->deadline;

	if (!end)
		return 0;
	for (i = 0; i < run->nr; i++)
		if (&run->configs[i] >= s->config || run->configs[i].changed)
			end -= run->walk_ms;
	left += run->states_left * run->nr;
	return s->began + (end - s->began) / (int64_t)left;
}

static uint32_t on_rank(void *data, const char *file)
{
	const struct report *before = NULL;
	struct state *s = data;

	if (!s->rank)
		s->rank = rank_new(s->run->opt->tree, s->set);
	if (s->ranked != s->config) {
		s->ranked = s->config;
		if (s->run->findings)
			before = s->run->findings(s->run->findings_data,
						  s->config);
		if (before)
			rank_findings(s->rank, before);
	}
	if (s->run->deadline && index_now_ms() >= on_deadline(s))
		return UINT32_MAX;
	return rank_of(s->rank, file);
}

static void on_progress(void *data, const struct index_progress *progress)
{
	const struct gate_options *opt = data;
	const struct gate_progress p = {
		.phase = progress->phase < INDEX_PREFIXES ? GATE_LOOKING
							  : GATE_PARSING,
		.done = progress->done,
		.total = progress->total,
	};

	opt->progress(opt->progress_data, &p);
}

static int parse(struct state *s, const struct gate_config *config,
		 const struct compdb *db, const struct command_plan *plan,
		 struct strbuf *err)
{
	const struct gate_options *opt = s->run->opt;
	char *tmp = xasprintf("%s/prefix", s->run->dir);
	const struct index_overlay_options o = {
		.tree = config->tree,
		.db = opt->db,
		.config = config->name,
		.kernel = config->kernel,
		.tmpdir = tmp,
		.jobs = opt->jobs,
		.timeout = opt->timeout,
		.adds = &plan->adds,
		.drops = &plan->drops,
		.max_units = opt->max_units,
		.own = s->run->is_part,
		.deadline = on_deadline,
		.deadline_data = s,
		.rank = on_rank,
		.rank_data = s,
		.progress = opt->progress ? on_progress : NULL,
		.progress_data = (void *)opt,
	};
	int ret = index_overlay(&o, db, s->store, &s->sum, err);

	free(tmp);
	return ret;
}

/* The commands name it by the path that it was indexed under. */
static int check_tree(const struct state *s, const struct gate_config *config,
		      struct strbuf *err)
{
	const char *tree = s->run->opt->tree;
	struct stat a, b;

	if (!stat(tree, &a) && !stat(config->tree, &b) &&
	    a.st_dev == b.st_dev && a.st_ino == b.st_ino)
		return 0;
	strbuf_addf(err,
		    "%s: %s was indexed from '%s', which is not '%s'; index "
		    "this tree, or name that one with --tree.",
		    s->run->opt->db, config->name, config->tree, tree);
	return -EINVAL;
}

static void note_units(struct state *s, const struct gate_config *config,
		       const struct compdb *db)
{
	size_t i;

	for (i = 0; i < db->nr; i++) {
		const char *file = path_below(db->cmds[i].file, config->tree);
		const struct change *c = file ? patch_find(s->set, file) : NULL;

		if (c)
			s->is_unit[c - s->set->changes] = true;
	}
}

/* A patch for a machine that was not indexed seems to do nothing. */
static void tell_no_units(struct state *s)
{
	size_t i;

	for (i = 0; i < s->set->nr; i++) {
		const struct change *c = &s->set->changes[i];
		size_t len = strlen(c->path);
		struct strbuf note = STRBUF_INIT;

		if (s->is_unit[i] || !c->content || len < 3 ||
		    strcmp(c->path + len - 2, ".c"))
			continue;
		strbuf_addf(&note,
			    "'%s' is compiled in no configuration of %s: it is "
			    "only looked at where another file includes it.",
			    c->path, s->run->opt->db);
		string_list_add(&s->run->result->notes, note.buf);
		strbuf_release(&note);
	}
}

static int make_config(struct state *s, struct gate_config *config,
		       struct strbuf *err)
{
	struct compdb db = COMPDB_INIT;
	struct command_plan plan;
	int ret = check_tree(s, config, err);

	s->config = config;
	s->began = index_now_ms();
	command_plan_init(&plan);
	if (!ret)
		ret = read_commands(s, config, &db, err);
	if (!ret)
		ret = gate_overlay_use(&s->overlay, s->run, s->set,
				       config->tree, err);
	if (!ret) {
		commands_plan(&db, config->tree, s->set, &plan);
		take_notes(s, &plan);
		note_units(s, config, &db);
		index_overlay_summary_init(&s->sum);
		ret = parse(s, config, &db, &plan, err);
		/* for the time that is left; what is true, they all tell */
		config->changed |= s->sum.affected || s->sum.dropped;
		s->wrote |= config->changed;
		take_summary(s, config->name);
		index_overlay_summary_release(&s->sum);
	}
	command_plan_release(&plan);
	compdb_release(&db);
	return ret;
}

/* ---- which configurations ---- */

static int add_config(void *data, const struct store_config *config)
{
	struct gate_run *run = data;
	const struct string_list *only = run->opt->configs;

	if (!config_is_wanted(only, config->name)) {
		run->is_part = true;
		return 0;
	}
	ALLOC_GROW(run->configs, run->nr + 1, run->alloc);
	run->configs[run->nr++] = (struct gate_config){
		.id = config->id,
		.name = xstrdup(config->name),
		.tree = xstrdup(config->tree),
		.kernel = xstrdup(config->kernel ? config->kernel : ""),
	};
	return 0;
}

static int add_name(void *data, const struct store_config *config)
{
	string_list_add(data, config->name);
	return 0;
}

static int check_names(const struct gate_options *opt, struct store *store,
		       struct strbuf *err)
{
	struct string_list names = { 0 };
	int ret = store_each_config(store, add_name, &names);

	if (!ret)
		ret = config_check_names(opt->configs, &names, opt->db, err);
	string_list_release(&names);
	return ret;
}

static int find_configs(struct gate_run *run, struct store *store,
			struct strbuf *err)
{
	int ret;

	if (run->nr)
		return 0;
	ret = store_each_config(store, add_config, run);
	if (!ret)
		ret = check_names(run->opt, store, err);
	if (ret && !err->len)
		strbuf_addf(err, "%s cannot be read: %s", run->opt->db,
			    store_error(store));
	else if (!ret && !run->nr) {
		strbuf_addf(err,
			    "%s holds no unit; index a tree into it with "
			    "'probewalk index'",
			    run->opt->db);
		ret = -ENODATA;
	}
	return ret;
}

/* A configuration may have borrowed what was parsed for another one. */
static int find_changed(struct state *s, const bool *was, struct strbuf *err)
{
	struct gate_run *run = s->run;
	bool same = true;
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < run->nr; i++) {
		if (s->wrote)
			ret = store_scratch_same_facts(
				s->store, run->configs[i].id, &same);
		run->configs[i].changed = was[i] || !same;
	}
	if (ret)
		strbuf_addf(err, "%s cannot be read: %s", run->opt->db,
			    store_error(s->store));
	return ret;
}

static int make_configs(struct state *s, struct strbuf *err)
{
	struct gate_run *run = s->run;
	bool *was = xcalloc(run->nr + 1, sizeof(*was));
	size_t i;
	int ret = 0;

	for (i = 0; i < run->nr; i++) {
		was[i] = run->configs[i].changed;
		run->configs[i].changed = false;
	}
	for (i = 0; !ret && i < run->nr; i++)
		ret = make_config(s, &run->configs[i], err);
	if (!ret)
		ret = find_changed(s, was, err);
	free(was);
	return ret;
}

int gate_state_make(struct gate_run *run, const struct patch_set *set,
		    struct store **store, struct strbuf *err)
{
	struct state s = { .run = run,
			   .set = set,
			   .is_unit = xcalloc(set->nr + 1, sizeof(bool)) };
	int ret = store_open_scratch(&s.store, run->opt->db, err);

	if (!ret)
		ret = find_configs(run, s.store, err);
	if (!ret)
		ret = make_configs(&s, err);
	overlay_use(NULL, NULL);
	overlay_free(s.overlay);
	if (!ret)
		tell_no_units(&s);
	free(s.is_unit);
	rank_free(s.rank);
	*store = s.store;
	return ret;
}
