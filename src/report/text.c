// SPDX-License-Identifier: GPL-2.0-only
/*
 * Text as gcc prints it, so that an editor jumps to every line: the finding at
 * the registration, then a note for each thing a reviewer checks, in the order
 * in which one would read the driver. Plain ASCII whatever is in a name.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "report/group.h"
#include "report/plain.h"
#include "report/report.h"

#define MAX_UNITS_NAMED	 10
#define MAX_PROBES_NAMED 3

/*
 * A line of text: %s is plain_put(), %u is a uint32_t, and nothing else is
 * known. Only this way can no name be printed unescaped by mistake.
 */
static void putf(FILE *out, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	for (; *fmt; fmt++) {
		if (fmt[0] == '%' && fmt[1] == 's') {
			plain_put(out, va_arg(ap, const char *));
			fmt++;
		} else if (fmt[0] == '%' && fmt[1] == 'u') {
			fprintf(out, "%" PRIu32, va_arg(ap, uint32_t));
			fmt++;
		} else {
			putc(*fmt, out);
		}
	}
	va_end(ap);
}

static void put_place(FILE *out, const char *file, uint32_t line, uint32_t col,
		      const char *kind)
{
	putf(out, "%s:%u:", file ? file : "(unknown)", line);
	if (col)
		putf(out, "%u:", col);
	putf(out, " %s: ", kind);
}

static const char *or_else(const char *s, const char *other)
{
	return s && *s ? s : other;
}

static void put_probe(FILE *out, const struct finding_probe *probe)
{
	const struct finding_driver *driver = &probe->driver;

	put_place(out, probe->file, probe->line, 0, "note");
	putf(out, "%s()", probe->function);
	if (!probe->slot) {
		putf(out, " stands here\n");
		return;
	}
	putf(out, " is the %s of %s", probe->slot,
	     or_else(driver->name, "a driver that could not be named"));
	if (driver->bus)
		putf(out, ", on %s", driver->bus);
	putc('\n', out);
}

/*
 * The name spelled at the site is not always the function that runs: a macro, a
 * field. That one is where the next hop stands.
 */
static void put_hop(FILE *out, const struct finding_hop *hop, const char *next)
{
	bool same = next && !strcmp(next, hop->callee);

	put_place(out, hop->file, hop->line, hop->col, "note");
	switch (hop->edge) {
	case EDGE_DIRECT:
		putf(out, "%s() calls %s() here", hop->function, hop->callee);
		if (next && !same)
			putf(out, ", that is %s()", next);
		break;
	case EDGE_POINTER:
		putf(out, "%s() calls through %s here", hop->function,
		     hop->callee);
		if (next)
			putf(out, ", which may be %s()", next);
		break;
	case EDGE_CALLBACK:
		putf(out, "%s() hands %s() to %s() here, which calls it",
		     hop->function, next ? next : "a function", hop->callee);
		break;
	}
}

static void put_path(FILE *out, const struct finding_hop *path, size_t nr,
		     const char *driver)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		put_hop(out, &path[i],
			i + 1 < nr ? path[i + 1].function : NULL);
		if (i + 1 == nr && driver)
			putf(out, " with %s", driver);
		putc('\n', out);
	}
}

/*
 * As lockdep tells of two locks: what is held already, and what is being taken
 * under it.
 */
static void put_outer(FILE *out, const struct finding *f)
{
	const struct finding_outer *outer = f->outer;
	const struct finding_hop *last;
	const char *bus = or_else(f->probe.driver.bus, "that bus");

	if (!outer)
		return;
	last = &outer->path[outer->nr_path - 1];
	put_place(out, outer->probe.file, outer->probe.line, 0, "note");
	putf(out, "%s() is already holding the lock of a device on %s here\n",
	     outer->probe.function,
	     or_else(outer->probe.driver.bus, "its bus"));
	put_probe(out, &outer->probe);
	put_path(out, outer->path, outer->nr_path, NULL);
	put_place(out, last->file, last->line, last->col, "note");
	if (outer->name)
		putf(out,
		     "which adds \"%s\" on %s, so %s() is called with both "
		     "locks held\n",
		     outer->name, bus, f->probe.function);
	else
		putf(out,
		     "which adds a device on %s: if %s() is its probe, it is "
		     "called with both locks held (%s confidence: %s)\n",
		     bus, f->probe.function, confidence_name(outer->confidence),
		     !strcmp(outer->match, "bus")
			     ? "all that is known is the bus"
			     : "no other driver adds any");
}

/* What a transitive finding comes to. */
static void put_waiting(FILE *out, const struct finding *f)
{
	const struct finding_registration *reg = &f->registration;

	if (f->verdict != VERDICT_TRANSITIVE)
		return;
	put_place(out, reg->file, reg->line, reg->col, "note");
	putf(out,
	     "%s() is trying to take the lock of each device on %s here, also "
	     "of the one that %s() holds\n",
	     reg->callee, or_else(reg->driver.bus, "its bus"),
	     f->outer->probe.function);
}

static void put_driver(FILE *out, const struct finding_driver *driver)
{
	if (!driver->name || !driver->file)
		return;
	put_place(out, driver->file, driver->line, 0, "note");
	putf(out, "%s is defined here, for %s\n", driver->name,
	     or_else(driver->bus, "a bus that could not be told"));
}

static void put_guards(FILE *out, const struct finding *f)
{
	size_t i;

	for (i = 0; i < f->nr_guards; i++) {
		const struct finding_guard *g = &f->guards[i];

		put_place(out, g->file, g->line, 0, "note");
		putf(out, "whether it comes to that is decided by %s (%s) here",
		     g->variable, g->kind);
		if (strcmp(g->kind, "static-flag"))
			putf(out, "\n");
		else if (g->lock)
			putf(out, ", under %s\n", g->lock);
		else
			putf(out, ": a race unless a lock covers the test and "
				  "the call\n");
	}
}

static void put_unregisters(FILE *out, const struct finding *f)
{
	const struct finding_registration *reg = &f->registration;
	size_t i;

	if (f->rule->to != TARGET_REGISTRATION || !f->rule->undo.nr ||
	    !reg->driver.name)
		return;
	for (i = 0; i < f->nr_unregisters; i++) {
		const struct finding_unregister *u = &f->unregisters[i];

		put_place(out, u->file, u->line, 0, "note");
		putf(out, "%s() unregisters %s here\n", u->function,
		     reg->driver.name);
	}
	if (f->nr_unregisters || f->unregister_unknown)
		return;
	put_place(out, reg->file, reg->line, reg->col, "note");
	putf(out, "nothing unregisters %s\n", reg->driver.name);
}

static void put_qualifiers(FILE *out, const struct finding *f)
{
	size_t i;

	for (i = 0; i < f->nr_qualifiers; i++) {
		const struct finding_qualifier *q = &f->qualifiers[i];

		switch (q->kind) {
		case QUALIFIER_ONCE_GUARD: /* put_guards() and */
		case QUALIFIER_NO_UNREGISTER: /* put_unregisters() tell */
			continue;
		case QUALIFIER_UNREGISTER_IN_REMOVE:
			put_place(out, q->file, q->line, 0, "note");
			putf(out,
			     "which is reached from the driver's %s: the lock "
			     "is held there, too\n",
			     or_else(q->detail, "remove"));
			break;
		case QUALIFIER_PER_INSTANCE:
			put_place(out, q->file, q->line, 0, "note");
			putf(out, !strcmp(or_else(q->detail, ""), "static")
					  ? "no static flag is tested on the "
					    "way: each "
					    "device registers the same driver "
					    "again\n"
					  : "each device registers a driver of "
					    "its own, "
					    "in state that goes with it\n");
			break;
		case QUALIFIER_RETURN_IGNORED:
			put_place(out, q->file, q->line, 0, "note");
			putf(out, "nobody looks at what it returns\n");
			break;
		}
	}
}

/* What becomes of the machine. */
static const char *hang_text(enum hang hang)
{
	switch (hang) {
	case HANG_CERTAIN:
		return "; hangs: the new driver matches the device that is "
		       "locked";
	case HANG_LOCK_ENFORCED:
		return "; hangs where matching takes the device lock "
		       "(dc23806a7c47)";
	case HANG_NONE:
	case HANG_UNKNOWN:
	case HANG_NOT_JUDGED:
		break;
	}
	return "";
}

static void put_standing(FILE *out, const struct finding *f)
{
	const struct finding_registration *reg = &f->registration;
	size_t i;

	put_place(out, reg->file, reg->line, reg->col, "note");
	fprintf(out, "finding %016" PRIx64, f->id);
	putf(out, ": %s, %s confidence", verdict_name(f->verdict),
	     confidence_name(f->confidence));
	putf(out, "%s", hang_text(f->hang));
	for (i = 0; i < f->configs.nr; i++)
		putf(out, "%s%s", i ? ", " : "; in ", f->configs.item[i]);
	putc('\n', out);
}

/* The ways that --all-paths asked for. */
static void put_other_paths(FILE *out, const struct finding *f)
{
	const struct finding_registration *reg = &f->registration;
	size_t i;

	for (i = 0; i < f->nr_other_paths; i++) {
		put_place(out, reg->file, reg->line, reg->col, "note");
		putf(out, "%s() also gets here by %u calls:\n",
		     f->probe.function, (uint32_t)f->other_paths[i].nr);
		put_path(out, f->other_paths[i].hops, f->other_paths[i].nr,
			 NULL);
	}
}

static void put_finding(FILE *out, const struct finding *f)
{
	const struct finding_registration *reg = &f->registration;

	put_place(out, reg->file, reg->line, reg->col,
		  severity_name(f->severity));
	putf(out, "%s [%s]\n", or_else(f->message, f->rule->summary),
	     f->rule->id);
	put_outer(out, f);
	put_probe(out, &f->probe);
	put_path(out, f->path, f->nr_path, reg->driver.name);
	put_waiting(out, f);
	put_driver(out, &reg->driver);
	put_guards(out, f);
	put_unregisters(out, f);
	put_other_paths(out, f);
	put_qualifiers(out, f);
	put_standing(out, f);
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

	put_place(out, reg->file, reg->line, reg->col,
		  severity_name(gravest(group)));
	if (f->rule->to == TARGET_REGISTRATION)
		putf(out,
		     "%u callbacks register %s%s%s here while their "
		     "devices are locked: ",
		     (uint32_t)group->nr, or_else(reg->driver.name, "a driver"),
		     reg->driver.bus ? " on " : "",
		     or_else(reg->driver.bus, ""));
	else
		putf(out, "%u callbacks reach %s() here: ", (uint32_t)group->nr,
		     reg->callee);
	for (i = 0; i < group->nr && i < MAX_PROBES_NAMED; i++)
		putf(out, "%s%s()", i ? ", " : "",
		     group->members[i]->probe.function);
	if (group->nr > i)
		putf(out, " and %u more", (uint32_t)(group->nr - i));
	putf(out, " [%s]\n", f->rule->id);
}

/* Its own way to what all have in common. */
static void put_member(FILE *out, const struct group *group,
		       const struct finding *f)
{
	size_t own = f->nr_path - group->nr_common, i;
	const char *common = group->nr_common ? f->path[own].function : NULL;

	put_outer(out, f);
	put_probe(out, &f->probe);
	for (i = 0; i < own; i++) {
		put_hop(out, &f->path[i],
			i + 1 < own ? f->path[i + 1].function : common);
		putc('\n', out);
	}
	put_waiting(out, f);
	put_qualifiers(out, f);
	put_other_paths(out, f);
	put_standing(out, f);
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
		put_guards(out, &other);
	}
}

/* The registration and what there is to say of it once, then each probe. */
static void put_group(FILE *out, const struct group *group)
{
	const struct finding *f = group->members[0];
	const struct finding_registration *reg = &f->registration;
	size_t i;

	put_group_head(out, group);
	put_path(out, f->path + (f->nr_path - group->nr_common),
		 group->nr_common, reg->driver.name);
	put_driver(out, &reg->driver);
	put_unregisters(out, f);
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
			putf(out, "probewalk: help: %s [%s]\n", rule->help,
			     rule->id);
	}
	groups_release(&groups);
}

static void put_units(FILE *out, const struct report *report)
{
	size_t i;

	for (i = 0; i < report->nr_not_ok && i < MAX_UNITS_NAMED; i++) {
		const struct report_unit *u = &report->not_ok[i];

		putf(out, "%s: note: not fully analysed in %s: %s", u->file,
		     u->config, u->status);
		if (u->reason && *u->reason)
			putf(out, ": %s", u->reason);
		putc('\n', out);
	}
	if (report->nr_not_ok > MAX_UNITS_NAMED)
		fprintf(out,
			"probewalk: and %zu more units not fully analysed; "
			"see the JSON report\n",
			report->nr_not_ok - MAX_UNITS_NAMED);
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
		putf(out, "%s%s", i ? ", " : "", unseen->item[i]);
	if (i < unseen->nr)
		fprintf(out, " and %zu more", unseen->nr - i);
	fputs("; index the directories that define them as well\n", out);
}

static const char *plural(size_t nr)
{
	return nr == 1 ? "" : "s";
}

/* Where a search at low confidence was ended: there may be more. */
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
			putf(out, "%s%s", i ? ", " : "", fields->item[i]);
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
			nr += report->findings.list[k].rule == rule;
		putf(out, "probewalk: %s: ", rule->id);
		fprintf(out, "%zu finding%s\n", nr, plural(nr));
	}
}

static void put_summary(FILE *out, const struct report *report)
{
	size_t nr = report->findings.nr;

	fprintf(out, "probewalk: %zu finding%s (", nr, plural(nr));
	put_severity(out, report, SEVERITY_ERROR, "");
	put_severity(out, report, SEVERITY_WARNING, ", ");
	put_severity(out, report, SEVERITY_NOTE, ", ");
	fputs(")", out);
	if (report->nr_hidden)
		fprintf(out, ", %zu more of lower confidence not shown",
			report->nr_hidden);
	fprintf(out, "; %" PRIu32 " unit%s: %" PRIu32 " analysed",
		report->units, plural(report->units), report->units_ok);
	fprintf(out, ", %" PRIu32 " in part, %" PRIu32 " not\n",
		report->units_with_errors, report->units_failed);
}

static int render_text(const struct report *report, FILE *out)
{
	put_findings(out, report);
	put_units(out, report);
	put_unseen(out, report);
	put_not_followed(out, report);
	put_rules(out, report);
	put_summary(out, report);
	return ferror(out) ? -EIO : 0;
}

const struct report_format report_text = {
	.name = "text",
	.render = render_text,
};
