// SPDX-License-Identifier: GPL-2.0-only
/* From a patch to a database that has its facts, configuration by
 * configuration. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "callgraph/store-memo.h"
#include "gate/commands.h"
#include "gate/rank.h"
#include "gate/state.h"
#include "indexer/index-overlay.h"
#include "indexer/tree-path.h"
#include "util/workdir.h"

/* Files that are named as changed since the index was made. */
enum { MAX_CHANGED = 5 };

struct config {
	uint32_t id;
	char *name, *tree, *kernel;
};

struct state {
	struct gate_run *run;
	const struct patch_set *set;
	struct store *store;
	struct overlay *overlay;
	struct config *configs;
	size_t nr, alloc;
	struct index_overlay_summary sum;
	struct rank *rank; /* made when it is asked for */
	bool *is_unit; /* by change: in some configuration */
};

/* ---- the directory ---- */

int gate_run_init(struct gate_run *run, struct strbuf *err)
{
	int ret = workdir_make("probewalk-gate", run->opt->tree, &run->dir, err);

	if (!ret && run->opt->seconds)
		run->deadline =
			index_now_ms() + (int64_t)run->opt->seconds * 1000;
	return ret;
}

void gate_run_release(struct gate_run *run)
{
	workdir_remove(run->dir);
	run->dir = NULL;
}

/* ---- the overlay ---- */

/* What a header's comments say is nobody's business. */
static bool is_same_code(const char *tree, const struct change *c)
{
	struct strbuf old = STRBUF_INIT, new = STRBUF_INIT;
	size_t len = strlen(c->path);
	char *path = xasprintf("%s/%s", tree, c->path);
	bool ret = c->kind == CHANGE_MODIFIED && len > 2 &&
		   !strcmp(c->path + len - 2, ".h") &&
		   !strbuf_read_regular(&old, path) &&
		   !strbuf_read_regular(&new, c->content) &&
		   rank_same_code(old.buf, new.buf);

	strbuf_release(&old);
	strbuf_release(&new);
	free(path);
	return ret;
}

static void fill_overlay(struct state *s, const char *tree)
{
	size_t i;

	for (i = 0; i < s->set->nr; i++) {
		const struct change *c = &s->set->changes[i];

		if (c->kind == CHANGE_RENAMED)
			overlay_remove(s->overlay, c->old_path);
		else if (c->kind == CHANGE_DELETED)
			overlay_remove(s->overlay, c->path);
	}
	/* one may stand where another one was */
	for (i = 0; i < s->set->nr; i++)
		if (s->set->changes[i].content &&
		    !is_same_code(tree, &s->set->changes[i]))
			overlay_replace(s->overlay, s->set->changes[i].path,
					s->set->changes[i].content);
}

static int use_overlay(struct state *s, const char *tree, struct strbuf *err)
{
	char *vfs = xasprintf("%s/vfs.yaml", s->run->dir);
	char *gone = xasprintf("%s/gone.h", s->run->dir);
	int ret;

	overlay_use(NULL, NULL);
	overlay_free(s->overlay);
	s->overlay = overlay_new(tree);
	fill_overlay(s, tree);
	ret = overlay_write_vfs(s->overlay, vfs, gone);
	if (ret)
		strbuf_addf(err, "%s: %s.", vfs, strerror(-ret));
	else
		overlay_use(s->overlay, vfs);
	free(vfs);
	free(gone);
	return ret;
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
		    "%u files that were read again are not as %s knows them in "
		    "%s (the first is %s): run `probewalk index`.",
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
	r->units_affected += s->sum.affected;
	take_left_out(s, config);
	take_changed(s, config);
}

/* ---- one configuration ---- */

static int read_commands(struct state *s, const struct config *config,
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
	} else if (ret) {
		strbuf_addf(err, "%s: %s.", opt->db, store_error(s->store));
	}
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

static uint32_t on_rank(void *data, const char *file)
{
	const struct report *before = NULL;
	struct state *s = data;

	if (!s->rank) {
		s->rank = rank_new(s->run->opt->tree, s->set);
		if (s->run->findings)
			before = s->run->findings(s->run->findings_data);
		if (before)
			rank_findings(s->rank, before);
	}
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

static int parse(struct state *s, const struct config *config,
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
		.deadline = s->run->deadline,
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
static int check_tree(const struct state *s, const struct config *config,
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

static void note_units(struct state *s, const struct config *config,
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

static int make_config(struct state *s, const struct config *config,
		       struct strbuf *err)
{
	struct compdb db = COMPDB_INIT;
	struct command_plan plan;
	int ret = check_tree(s, config, err);

	command_plan_init(&plan);
	if (!ret)
		ret = read_commands(s, config, &db, err);
	if (!ret)
		ret = use_overlay(s, config->tree, err);
	if (!ret) {
		commands_plan(&db, config->tree, s->set, &plan);
		take_notes(s, &plan);
		note_units(s, config, &db);
		index_overlay_summary_init(&s->sum);
		ret = parse(s, config, &db, &plan, err);
		take_summary(s, config->name);
		index_overlay_summary_release(&s->sum);
	}
	command_plan_release(&plan);
	compdb_release(&db);
	return ret;
}

static int add_config(void *data, const struct store_config *config)
{
	struct state *s = data;

	ALLOC_GROW(s->configs, s->nr + 1, s->alloc);
	s->configs[s->nr++] = (struct config){
		.id = config->id,
		.name = xstrdup(config->name),
		.tree = xstrdup(config->tree),
		.kernel = xstrdup(config->kernel ? config->kernel : ""),
	};
	return 0;
}

static void free_configs(struct state *s)
{
	while (s->nr) {
		struct config *config = &s->configs[--s->nr];

		free(config->name);
		free(config->tree);
		free(config->kernel);
	}
	free(s->configs);
}

int gate_state_make(struct gate_run *run, const struct patch_set *set,
		    struct store **store, struct strbuf *err)
{
	struct state s = { .run = run,
			   .set = set,
			   .is_unit = xcalloc(set->nr + 1, sizeof(bool)) };
	size_t i;
	int ret = store_open_scratch(&s.store, run->opt->db, err);

	if (!ret) {
		ret = store_each_config(s.store, add_config, &s);
		if (ret)
			strbuf_addf(err, "%s cannot be read: %s", run->opt->db,
				    store_error(s.store));
	}
	for (i = 0; !ret && i < s.nr; i++)
		ret = make_config(&s, &s.configs[i], err);
	overlay_use(NULL, NULL);
	overlay_free(s.overlay);
	if (!ret)
		tell_no_units(&s);
	free(s.is_unit);
	rank_free(s.rank);
	free_configs(&s);
	*store = s.store;
	return ret;
}
