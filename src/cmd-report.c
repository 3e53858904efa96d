// SPDX-License-Identifier: GPL-2.0-only
/*
 * From a database to a report: what check and scan both end in. Everything that
 * can fail before the walk is tried before it, the output file included: a walk
 * over a whole kernel takes a while.
 */
#include <errno.h>
#include <string.h>

#include "util/log.h"
#include "util/outfile.h"

#include "callgraph/graph.h"
#include "callgraph/store.h"
#include "rules/rule-dir.h"
#include "rules/unseen.h"
#include "rules/walk.h"

#include "cmd-check.h"
#include "cmd.h"

/* An error may be several lines; each is a message. */
static void print_lines(const struct strbuf *err)
{
	const char *line = err->buf;

	while (*line) {
		size_t len = strcspn(line, "\n");

		if (len)
			pw_error("%.*s", (int)len, line);
		line += len + (line[len] == '\n');
	}
}

/* ---- rules ---- */

static bool is_known(const struct rule_set *set, const char *id)
{
	size_t i;

	for (i = 0; i < set->nr; i++)
		if (!strcmp(set->rules[i].id, id))
			return true;
	return false;
}

static int check_ids(const struct rule_set *set, const char *path,
		     const struct string_list *only, struct strbuf *err)
{
	int ret = 0;
	size_t i, k;

	for (i = 0; i < only->nr; i++) {
		if (is_known(set, only->item[i]))
			continue;
		strbuf_addf(err, "--rule: there is no rule '%s' in %s:",
			    only->item[i], path);
		for (k = 0; k < set->nr; k++)
			strbuf_addf(err, " %s", set->rules[k].id);
		strbuf_addch(err, '\n');
		ret = -ENOENT;
	}
	return ret;
}

static bool is_wanted(const struct rule *rule, const struct string_list *only)
{
	return only->nr ? string_list_has(only, rule->id) : rule->enabled;
}

/* Drop what is not to be run; findings point here, so nothing moves later. */
static void select_rules(struct rule_set *set, const struct check_options *opt)
{
	size_t i, kept = 0;

	for (i = 0; i < set->nr; i++) {
		struct rule *rule = &set->rules[i];

		if (!is_wanted(rule, &opt->only)) {
			rule_release(rule);
			continue;
		}
		if (opt->include_tests)
			string_list_release(&rule->except_tests);
		set->rules[kept++] = *rule;
	}
	set->nr = kept;
}

static int load_rules(struct rule_set *set, const struct check_options *opt,
		      struct strbuf *err)
{
	char *path = opt->rules ? xstrdup(opt->rules) : rule_dir_find();
	int ret;

	if (!path) {
		strbuf_addstr(err,
			      "the rules that belong to the program are not "
			      "there; name them with --rules DIR or "
			      "$PROBEWALK_RULES");
		return -ENOENT;
	}
	ret = rule_set_load(set, path, err);
	if (!ret)
		ret = check_ids(set, path, &opt->only, err);
	if (!ret)
		select_rules(set, opt);
	free(path);
	return ret;
}

/* ---- what the database says of itself ---- */

struct config {
	uint32_t id;
	char *name, *kernel;
	bool used; /* some unit belongs to it */
};

struct reader {
	struct report *report;
	struct config *configs; /* few */
	size_t nr, alloc;
};

static int read_config(void *data, const struct store_config *config)
{
	struct reader *r = data;

	ALLOC_GROW(r->configs, r->nr + 1, r->alloc);
	r->configs[r->nr++] = (struct config){
		.id = config->id,
		.name = xstrdup(config->name),
		.kernel = xstrdup(config->kernel ? config->kernel : ""),
	};
	return 0;
}

static const char *use_config(struct reader *r, uint32_t id)
{
	size_t i;

	for (i = 0; i < r->nr; i++) {
		if (r->configs[i].id != id)
			continue;
		r->configs[i].used = true;
		return r->configs[i].name;
	}
	return "";
}

static const char *unit_status_name(enum unit_status status)
{
	switch (status) {
	case UNIT_OK:
		return "ok";
	case UNIT_ERRORS:
		return "errors";
	case UNIT_FAILED:
		return "failed";
	case UNIT_CRASHED:
		return "crashed";
	case UNIT_TIMEOUT:
		return "timeout";
	case UNIT_MISSING:
		return "missing";
	}
	return "failed";
}

static int read_unit(void *data, const struct store_unit *unit)
{
	struct reader *r = data;
	struct report *report = r->report;
	const char *config = use_config(r, unit->config);
	struct report_unit *u;

	report->units++;
	if (unit->status == UNIT_OK) {
		report->units_ok++;
		return 0;
	}
	if (unit->status == UNIT_ERRORS)
		report->units_with_errors++;
	else
		report->units_failed++;
	report->not_ok =
		xrealloc(report->not_ok, (report->nr_not_ok + 1) * sizeof(*u));
	u = &report->not_ok[report->nr_not_ok++];
	u->file = xstrdup(unit->file);
	u->config = xstrdup(config);
	u->status = unit_status_name(unit->status);
	u->reason = xstrdup(unit->detail ? unit->detail : "");
	return 0;
}

static int cmp_units(const void *x, const void *y)
{
	const struct report_unit *a = x, *b = y;
	int ret = strcmp(a->file, b->file);

	if (!ret)
		ret = strcmp(a->config, b->config);
	if (!ret)
		ret = strcmp(a->status, b->status);
	return ret ? ret : strcmp(a->reason, b->reason);
}

static char *join_names(struct string_list *names)
{
	struct strbuf sb = STRBUF_INIT;
	size_t i;

	string_list_sort_unique(names);
	for (i = 0; i < names->nr; i++)
		strbuf_addf(&sb, "%s%s", i ? ", " : "", names->item[i]);
	return strbuf_detach(&sb);
}

/* A configuration without a unit was given up: the report is not about it. */
static void take_configs(struct reader *r)
{
	struct string_list kernels = { 0 };
	size_t i;

	for (i = 0; i < r->nr; i++) {
		struct config *config = &r->configs[i];

		if (config->used) {
			string_list_add(&r->report->configs, config->name);
			if (*config->kernel)
				string_list_add(&kernels, config->kernel);
		}
		free(config->name);
		free(config->kernel);
	}
	free(r->configs);
	string_list_sort_unique(&r->report->configs);
	r->report->kernel = join_names(&kernels);
	string_list_release(&kernels);
}

static int read_coverage(struct store *store, struct report *report)
{
	struct reader r = { .report = report };
	int ret;

	ret = store_each_config(store, read_config, &r);
	if (!ret)
		ret = store_each_unit(store, 0, read_unit, &r);
	take_configs(&r);
	if (report->nr_not_ok)
		qsort(report->not_ok, report->nr_not_ok,
		      sizeof(*report->not_ok), cmp_units);
	return ret;
}

static int read_database(const char *path, struct report *report,
			 struct graph **graph, struct strbuf *err)
{
	struct store *store;
	int ret = store_open(&store, path, STORE_READ, err);

	if (ret)
		return ret;
	ret = read_coverage(store, report);
	if (ret)
		strbuf_addf(err, "%s cannot be read: %s", path,
			    store_error(store));
	else if (!report->units) {
		strbuf_addf(err,
			    "%s holds no unit; index a tree into it with "
			    "'probewalk index'",
			    path);
		ret = -ENODATA;
	} else {
		ret = store_load_graph(store, graph, err);
	}
	store_close(store);
	return ret;
}

/* ---- findings ---- */

static bool is_shown(const struct finding *f, const struct check_options *opt)
{
	return f->confidence >= opt->min_confidence;
}

static void filter_findings(struct report *report,
			    const struct check_options *opt)
{
	struct findings *list = &report->findings;
	size_t i, kept = 0;

	for (i = 0; i < list->nr; i++) {
		if (is_shown(&list->list[i], opt)) {
			list->list[kept++] = list->list[i];
		} else {
			finding_release(&list->list[i]);
			report->nr_hidden++;
		}
	}
	list->nr = kept;
}

static void walk_rules(const struct graph *graph, struct report *report)
{
	size_t i;

	for (i = 0; i < report->rules.nr; i++)
		rule_walk(graph, &report->rules.rules[i], &report->findings);
	for (i = 0; i < report->rules.nr; i++)
		rule_unseen(graph, &report->rules.rules[i], &report->unseen);
	string_list_sort_unique(&report->unseen);
	findings_sort(&report->findings);
}

static int exit_status(const struct report *report,
		       const struct check_options *opt)
{
	size_t i;

	for (i = 0; i < report->findings.nr && !opt->no_threshold; i++)
		if (report->findings.list[i].severity >= opt->threshold)
			return EXIT_FINDINGS;
	return report->nr_not_ok || report->unseen.nr ? EXIT_INCOMPLETE
						      : EXIT_CLEAN;
}

static int render(const struct report *report, const struct check_options *opt,
		  struct outfile *out, struct strbuf *err)
{
	int ret = opt->format->render(report, out->f);

	/* What went wrong with writing, outfile_commit() says. */
	if (!ret || ferror(out->f))
		return outfile_commit(out, err);
	strbuf_addf(err, "the %s report cannot be made: %s", opt->format->name,
		    strerror(-ret));
	outfile_abort(out);
	return ret;
}

static int make_report(const struct check_options *opt, struct report *report,
		       struct strbuf *err)
{
	struct graph *graph = NULL;
	struct outfile out;
	int ret;

	ret = load_rules(&report->rules, opt, err);
	if (ret)
		return ret;
	ret = outfile_open(&out, opt->output, err);
	if (ret)
		return ret;
	ret = read_database(opt->db, report, &graph, err);
	if (ret) {
		outfile_abort(&out);
		return ret;
	}
	walk_rules(graph, report);
	graph_free(graph);
	filter_findings(report, opt);
	return render(report, opt, &out, err);
}

int check_try(const struct check_options *opt)
{
	struct rule_set rules = RULE_SET_INIT;
	struct strbuf err = STRBUF_INIT;
	struct outfile out;
	int ret = load_rules(&rules, opt, &err);

	if (!ret)
		ret = outfile_open(&out, opt->output, &err);
	if (!ret)
		outfile_abort(&out);
	print_lines(&err);
	rule_set_release(&rules);
	strbuf_release(&err);
	return ret ? EXIT_USAGE : 0;
}

int check_and_report(const struct check_options *opt)
{
	struct report report = { 0 };
	struct strbuf err = STRBUF_INIT;
	int status = EXIT_USAGE;

	if (make_report(opt, &report, &err))
		print_lines(&err);
	else
		status = exit_status(&report, opt);
	report_release(&report);
	strbuf_release(&err);
	return status;
}
