// SPDX-License-Identifier: GPL-2.0-only
/*
 * Text as gcc prints it, so that an editor jumps to every line: the finding at
 * the registration, then a note for each thing a reviewer checks, in the order
 * in which one would read the driver. Plain ASCII whatever is in a name.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "report/group.h"
#include "report/report.h"
#include "report/text.h"

#define MAX_UNITS_NAMED	 10
#define MAX_PROBES_NAMED 3

static void put_finding(FILE *out, const struct finding *f)
{
	const struct finding_registration *reg = &f->registration;

	text_put_place(out, reg->file, reg->line, reg->col,
		       severity_name(f->severity));
	text_putf(out, "%s [%s]\n", text_or_else(f->message, f->rule->summary),
		  f->rule->id);
	text_put_notes(out, f);
}

static enum severity gravest(const struct group *group)
{
	enum severity severity = group->members[0]->severity;
	size_t i;

	for (i = 1; i < group->nr; i++)
		if (group->members[i]->severity > severity)
			severity = group->members[i]->severity;
	return severity;
}

/* "12 probes register foo_driver while their devices are locked: a(), ..." */
static void put_group_head(FILE *out, const struct group *group)
{
	const struct finding *f = group->members[0];
	const struct finding_registration *reg = &f->registration;
	size_t i;

	text_put_place(out, reg->file, reg->line, reg->col,
		       severity_name(gravest(group)));
	if (f->rule->to == TARGET_REGISTRATION)
		text_putf(out,
			  "%u callbacks register %s%s%s here while their "
			  "devices are locked: ",
			  (uint32_t)group->nr,
			  text_or_else(reg->driver.name, "a driver"),
			  reg->driver.bus ? " on " : "",
			  text_or_else(reg->driver.bus, ""));
	else
		text_putf(out,
			  "%u callbacks reach %s() here: ", (uint32_t)group->nr,
			  reg->callee);
	for (i = 0; i < group->nr && i < MAX_PROBES_NAMED; i++)
		text_putf(out, "%s%s()", i ? ", " : "",
			  group->members[i]->probe.function);
	if (group->nr > i)
		text_putf(out, " and %u more", (uint32_t)(group->nr - i));
	text_putf(out, " [%s]\n", f->rule->id);
}

/* Its own way to what all have in common. */
static void put_member(FILE *out, const struct group *group,
		       const struct finding *f)
{
	size_t own = f->nr_path - group->nr_common, i;
	const char *common = group->nr_common ? f->path[own].function : NULL;

	text_put_outer(out, f);
	text_put_probe(out, &f->probe);
	for (i = 0; i < own; i++) {
		text_put_hop(out, &f->path[i],
			     i + 1 < own ? f->path[i + 1].function : common);
		putc('\n', out);
	}
	text_put_waiting(out, f);
	text_put_qualifiers(out, f);
	text_put_other_paths(out, f);
	text_put_standing(out, f);
}

/* Guards on the way of a member: those of the first were shown already. */
static void put_other_guards(FILE *out, const struct group *group, size_t nr)
{
	const struct finding *f = group->members[nr];
	struct finding other = *f;
	size_t i, k, m;
	bool known;

	for (i = 0; i < f->nr_guards; i++) {
		known = false;
		for (m = 0; m < nr && !known; m++)
			for (k = 0; k < group->members[m]->nr_guards; k++) {
				const struct finding_guard *have =
					&group->members[m]->guards[k];

				known |= have->line == f->guards[i].line &&
					 !strcmp(have->file,
						 f->guards[i].file) &&
					 !strcmp(have->variable,
						 f->guards[i].variable);
			}
		if (known)
			continue;
		other.guards = &f->guards[i];
		other.nr_guards = 1;
		text_put_guards(out, &other);
	}
}

/* The registration and what there is to say of it once, then each probe. */
static void put_group(FILE *out, const struct group *group)
{
	const struct finding *f = group->members[0];
	const struct finding_registration *reg = &f->registration;
	size_t i;

	put_group_head(out, group);
	text_put_path(out, f->path + (f->nr_path - group->nr_common),
		      group->nr_common, reg->driver.name);
	text_put_driver(out, &reg->driver);
	text_put_unregisters(out, f);
	for (i = 0; i < group->nr; i++)
		put_other_guards(out, group, i);
	for (i = 0; i < group->nr; i++)
		put_member(out, group, group->members[i]);
}

static void put_findings(FILE *out, const struct report *report)
{
	struct groups groups;
	size_t i;

	groups_make(&groups, &report->findings);
	for (i = 0; i < groups.nr; i++) {
		const struct group *group = &groups.list[i];
		const struct rule *rule = group->members[0]->rule;

		if (group->nr > 1)
			put_group(out, group);
		else
			put_finding(out, group->members[0]);
		/* The cure once, after the last finding of its rule. */
		if (i + 1 == groups.nr ||
		    groups.list[i + 1].members[0]->rule != rule)
			text_putf(out, "probewalk: help: %s [%s]\n", rule->help,
				  rule->id);
	}
	groups_release(&groups);
}

static const char *plural(size_t nr)
{
	return nr == 1 ? "" : "s";
}

static void put_units(FILE *out, const struct report *report)
{
	size_t i;

	for (i = 0; i < report->nr_not_ok && i < MAX_UNITS_NAMED; i++) {
		const struct report_unit *u = &report->not_ok[i];

		text_put_file(out, u->file);
		text_putf(out, ": note: not fully analysed in %s: %s",
			  u->config, u->status);
		if (u->reason && *u->reason)
			text_putf(out, ": %s", u->reason);
		putc('\n', out);
	}
	if (report->nr_not_ok > MAX_UNITS_NAMED)
		fprintf(out,
			"probewalk: and %zu more unit%s not fully analysed; "
			"see the JSON report\n",
			report->nr_not_ok - MAX_UNITS_NAMED,
			plural(report->nr_not_ok - MAX_UNITS_NAMED));
}

/* What keeps "0 findings" from meaning that there is nothing to find. */
static void put_unseen(FILE *out, const struct report *report)
{
	const struct string_list *unseen = &report->unseen;
	size_t i;

	if (!unseen->nr)
		return;
	fprintf(out,
		"probewalk: %zu function%s handed drivers and not "
		"indexed, so what is registered there is not seen: ",
		unseen->nr, unseen->nr == 1 ? " is" : "s are");
	for (i = 0; i < unseen->nr && i < MAX_UNITS_NAMED; i++)
		text_putf(out, "%s%s", i ? ", " : "", unseen->item[i]);
	if (i < unseen->nr)
		fprintf(out, " and %zu more", unseen->nr - i);
	fputs("; index the directories that define them as well\n", out);
}

/* Where a search was ended: there may be more. */
static void put_not_followed(FILE *out, const struct report *report)
{
	const struct string_list *fields = &report->not_followed;
	size_t i;

	if (fields->nr) {
		fprintf(out,
			"probewalk: calls through %zu field%s were not "
			"followed, because too many functions are put there: ",
			fields->nr, plural(fields->nr));
		for (i = 0; i < fields->nr && i < MAX_UNITS_NAMED; i++)
			text_putf(out, "%s%s", i ? ", " : "", fields->item[i]);
		if (i < fields->nr)
			fprintf(out, " and %zu more; see the JSON report",
				fields->nr - i);
		putc('\n', out);
	}
	if (report->nr_cut)
		fprintf(out,
			"probewalk: more probes may reach %u function%s at low "
			"confidence than the nearest ones shown\n",
			report->nr_cut, plural(report->nr_cut));
	if (report->nr_given_up)
		fprintf(out,
			"probewalk: %u search%s given up for ways from a "
			"probe to a site, because so many of them cannot "
			"happen: there may be more than are shown\n",
			report->nr_given_up,
			report->nr_given_up == 1 ? " was" : "es were");
}

static void put_severity(FILE *out, const struct report *report,
			 enum severity severity, const char *before)
{
	size_t nr = report_count(report, severity);

	fprintf(out, "%s%zu %s%s", before, nr, severity_name(severity),
		plural(nr));
}

/* What one rule found must not hide in what all of them did. */
static void put_rules(FILE *out, const struct report *report)
{
	size_t i, k, nr;

	for (i = 0; i < report->rules.nr && report->rules.nr > 1; i++) {
		const struct rule *rule = &report->rules.rules[i];

		for (nr = k = 0; k < report->findings.nr; k++)
			nr += report->findings.list[k].rule == rule &&
			      !report->findings.list[k].accepted;
		text_putf(out, "probewalk: %s: ", rule->id);
		fprintf(out, "%zu finding%s\n", nr, plural(nr));
	}
}

static void put_summary(FILE *out, const struct report *report)
{
	size_t accepted = report_accepted(report);
	size_t nr = report->findings.nr - accepted;

	fprintf(out, "probewalk: %zu finding%s (", nr, plural(nr));
	put_severity(out, report, SEVERITY_ERROR, "");
	put_severity(out, report, SEVERITY_WARNING, ", ");
	put_severity(out, report, SEVERITY_NOTE, ", ");
	fputs(")", out);
	if (accepted)
		fprintf(out, ", %zu accepted", accepted);
	if (report->nr_hidden)
		fprintf(out, ", %zu more of lower confidence not shown",
			report->nr_hidden);
	fprintf(out, "; %" PRIu32 " unit%s: %" PRIu32 " analysed",
		report->units, plural(report->units), report->units_ok);
	fprintf(out, ", %" PRIu32 " in part, %" PRIu32 " not\n",
		report->units_with_errors, report->units_failed);
}

static void put_baseline(FILE *out, const struct string_list *list)
{
	size_t i;

	for (i = 0; i < list->nr; i++)
		text_putf(out, "probewalk: baseline: %s\n", list->item[i]);
}

static int render_text(const struct report *report, FILE *out)
{
	put_findings(out, report);
	put_units(out, report);
	put_unseen(out, report);
	put_not_followed(out, report);
	put_rules(out, report);
	put_baseline(out, &report->baseline_unused);
	put_baseline(out, &report->baseline_expired);
	put_summary(out, report);
	return ferror(out) ? -EIO : 0;
}

const struct report_format report_text = {
	.named.name = "text",
	.render = render_text,
};
