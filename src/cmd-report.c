// SPDX-License-Identifier: GPL-2.0-only
/*
 * From a database to a report: what check and scan both end in. Everything that
 * can fail before the walk is tried before it, the output file included: a walk
 * over a whole kernel takes a while.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "util/log.h"
#include "util/outfile.h"

#include "rules/rule-dir.h"

#include "cmd-report.h"
#include "cmd.h"

/* An error may be several lines; each is a message. */
void report_print_error(const struct strbuf *err)
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
		if (!strcmp(only->item[i], ALL_RULES) ||
		    is_known(set, only->item[i]))
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

static bool is_wanted(const struct rule *rule, const struct string_list *only,
		      bool is_file)
{
	if (only->nr)
		return string_list_has(only, rule->id) ||
		       string_list_has(only, ALL_RULES);
	/* who names a rule's own file wants that rule */
	return rule->enabled || is_file;
}

/* Drop what is not to be run; findings point here, so nothing moves later. */
static void select_rules(struct rule_set *set, const struct check_options *opt,
			 bool is_file)
{
	size_t i, kept = 0;

	for (i = 0; i < set->nr; i++) {
		struct rule *rule = &set->rules[i];

		if (!is_wanted(rule, &opt->only, is_file)) {
			rule_release(rule);
			continue;
		}
		if (opt->include_tests)
			string_list_release(&rule->except_tests);
		set->rules[kept++] = *rule;
	}
	set->nr = kept;
}

int report_load_rules(struct rule_set *set, const struct check_options *opt,
		      struct strbuf *err)
{
	char *path = opt->rules ? xstrdup(opt->rules) : rule_dir_find();
	struct stat st;
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
		select_rules(set, opt, !stat(path, &st) && S_ISREG(st.st_mode));
	if (!ret && !set->nr) {
		strbuf_addf(err,
			    "%s: no rule there is enabled; name one with "
			    "--rule, or all of them with --rule " ALL_RULES,
			    path);
		ret = -ENOENT;
	}
	free(path);
	return ret;
}

/* ---- findings ---- */

static bool is_shown(const struct finding *f, const struct check_options *opt)
{
	return f->confidence >= opt->min_confidence;
}

void report_filter(struct report *report, const struct check_options *opt)
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

/* ---- baseline ---- */

const char *report_today(void)
{
	static char today[sizeof("2026-11-21")];
	time_t now = time(NULL);
	struct tm tm;

	if (!gmtime_r(&now, &tm) ||
	    !strftime(today, sizeof(today), "%Y-%m-%d", &tm))
		return "0000-00-00";
	return today;
}

void report_warn_baseline(const struct string_list *unused,
			  const struct string_list *expired)
{
	size_t i;

	for (i = 0; i < unused->nr; i++)
		pw_warn("baseline: %s; 'probewalk baseline update' removes it",
			unused->item[i]);
	for (i = 0; i < expired->nr; i++)
		pw_warn("baseline: %s, and counts again", expired->item[i]);
}

static int load_baseline(struct baseline *b, const struct check_options *opt,
			 struct strbuf *err)
{
	return opt->baseline ? baseline_load(b, opt->baseline, err) : 0;
}

static void apply_baseline(struct report *report, struct baseline *b,
			   const struct check_options *opt)
{
	report->has_baseline = opt->baseline;
	baseline_apply(b, &report->findings, report_today(),
		       &report->baseline_expired);
	baseline_unused(b, &report->baseline_unused);
	if (opt->format != &report_text)
		report_warn_baseline(&report->baseline_unused,
				     &report->baseline_expired);
}

static int exit_status(const struct report *report,
		       const struct check_options *opt)
{
	size_t i;

	for (i = 0; i < report->findings.nr && !opt->no_threshold; i++)
		if (!report->findings.list[i].accepted &&
		    report->findings.list[i].severity >= opt->threshold)
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
	strbuf_addf(err, "the %s report cannot be made: %s", opt->format->named.name,
		    strerror(-ret));
	outfile_abort(out);
	return ret;
}

static int make_report(const struct check_options *opt, struct report *report,
		       struct baseline *baseline, struct strbuf *err)
{
	struct outfile out;
	int ret;

	ret = report_load_rules(&report->rules, opt, err);
	if (!ret)
		ret = load_baseline(baseline, opt, err);
	if (ret)
		return ret;
	ret = outfile_open(&out, opt->output, err);
	if (ret)
		return ret;
	ret = report_from_database(opt, report, err);
	if (ret) {
		outfile_abort(&out);
		return ret;
	}
	report_filter(report, opt);
	apply_baseline(report, baseline, opt);
	return render(report, opt, &out, err);
}

int check_try(const struct check_options *opt)
{
	struct rule_set rules = RULE_SET_INIT;
	struct baseline baseline = BASELINE_INIT;
	struct strbuf err = STRBUF_INIT;
	struct outfile out;
	int ret = report_load_rules(&rules, opt, &err);

	if (!ret)
		ret = load_baseline(&baseline, opt, &err);
	if (!ret)
		ret = outfile_open(&out, opt->output, &err);
	if (!ret)
		outfile_abort(&out);
	report_print_error(&err);
	baseline_release(&baseline);
	rule_set_release(&rules);
	strbuf_release(&err);
	return ret ? EXIT_USAGE : 0;
}

int check_and_report(const struct check_options *opt)
{
	struct report report = { 0 };
	struct baseline baseline = BASELINE_INIT;
	struct strbuf err = STRBUF_INIT;
	int status = EXIT_USAGE;

	if (make_report(opt, &report, &baseline, &err))
		report_print_error(&err);
	else
		status = exit_status(&report, opt);
	report_release(&report);
	baseline_release(&baseline);
	strbuf_release(&err);
	return status;
}
