// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a report has, in the words of the comments, and where the two differ. A
 * comment states what its case is about; the rest of a finding is not looked
 * at, but for the guards, which are always compared.
 */
#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "util/strbuf.h"

#include "snippet.h"

static const char *text_of(json_t *object, const char *member)
{
	const char *s = json_string_value(json_object_get(object, member));

	return s ? s : "?";
}

static char *report_headline(json_t *finding)
{
	json_t *site = json_object_get(finding, "registration"), *hop;
	struct strbuf sb = STRBUF_INIT;
	size_t i;

	strbuf_addf(&sb, "%s %s ", text_of(finding, "verdict"),
		    text_of(finding, "confidence"));
	json_array_foreach(json_object_get(finding, "path"), i, hop)
		strbuf_addf(&sb, "%s -> ", text_of(hop, "function"));
	strbuf_addf(&sb, "%s(%s)", text_of(site, "callee"),
		    text_of(site, "driver"));
	return strbuf_detach(&sb);
}

static void report_names(json_t *array, const char *member,
			 struct strings *names)
{
	json_t *element;
	size_t i;

	json_array_foreach(array, i, element)
		strings_add(names, xstrdup(text_of(element, member)));
	strings_sort(names);
}

static char *report_outer(json_t *outer)
{
	json_t *probe = json_object_get(outer, "probe");

	if (!json_is_object(outer))
		return xstrdup("none");
	return xasprintf("%s %s %s", text_of(outer, "match"),
			 text_of(outer, "confidence"),
			 text_of(probe, "function"));
}

static void report_qualifiers(json_t *array, struct strings *list)
{
	json_t *element;
	size_t i;

	json_array_foreach(array, i, element)
	{
		const char *detail =
			json_string_value(json_object_get(element, "detail"));

		strings_add(list,
			    xasprintf("%s%s%s", text_of(element, "kind"),
				      detail ? " " : "", detail ? detail : ""));
	}
	if (!list->nr)
		strings_add(list, xstrdup("none"));
	strings_sort(list);
}

static void report_finding(json_t *json, struct finding *f)
{
	json_t *probe = json_object_get(json, "probe");
	json_t *site = json_object_get(json, "registration");

	*f = (struct finding){ .headline = report_headline(json) };
	f->probe_driver = xstrdup(text_of(probe, "driver"));
	f->bus = xasprintf("%s -> %s", text_of(probe, "bus"),
			   text_of(site, "bus"));
	f->outer = report_outer(json_object_get(json, "outer"));
	report_qualifiers(json_object_get(json, "qualifiers"), &f->qualifiers);
	report_names(json_object_get(json, "guards"), "variable", &f->guards);
	report_names(json_object_get(json, "unregister"), "function",
		     &f->unregisters);
	if (!f->unregisters.nr)
		strings_add(&f->unregisters, xstrdup("none"));
}

/* A unit that was not analysed would make an empty list mean nothing. */
static bool is_complete(json_t *report, const char *path)
{
	json_t *coverage = json_object_get(report, "coverage");
	json_int_t units = 0, ok = -1;

	if (!json_is_array(json_object_get(report, "findings"))) {
		printf("# %s has no list of findings\n", path);
		return false;
	}
	json_unpack(coverage, "{s:I, s:I}", "units", &units, "ok", &ok);
	if (units != ok)
		printf("# %s: not every unit was analysed\n", path);
	return units == ok;
}

bool report_load(struct report *report, const char *path, int status)
{
	json_error_t err;
	json_t *json = json_load_file(path, JSON_REJECT_DUPLICATES, &err);
	json_t *list = json_object_get(json, "findings"), *finding;
	bool ok = json && is_complete(json, path);
	size_t i;

	if (!json)
		printf("# %s:%d: %s\n", path, err.line, err.text);
	report->v = xcalloc(json_array_size(list) + 1, sizeof(*report->v));
	json_array_foreach(list, i, finding)
		report_finding(finding, &report->v[report->nr++]);
	if (ok && status != (report->nr != 0)) {
		printf("# exit status %d with %zu findings\n", status,
		       report->nr);
		ok = false;
	}
	json_decref(json);
	return ok;
}

void report_release(struct report *report)
{
	while (report->nr)
		finding_release(&report->v[--report->nr]);
	free(report->v);
}

static bool agrees(const char *stated, const char *got)
{
	return !stated || !strcmp(stated, got);
}

static bool finding_agrees(const struct finding *stated,
			   const struct finding *got)
{
	return !strcmp(stated->headline, got->headline) &&
	       strings_equal(&stated->guards, &got->guards) &&
	       agrees(stated->probe_driver, got->probe_driver) &&
	       agrees(stated->bus, got->bus) &&
	       agrees(stated->outer, got->outer) &&
	       (!stated->qualifiers.nr ||
		strings_equal(&stated->qualifiers, &got->qualifiers)) &&
	       (!stated->unregisters.nr ||
		strings_equal(&stated->unregisters, &got->unregisters));
}

/* As a comment states it; @like: leave out what this one does not state. */
static void print_finding(const char *prefix, const struct finding *f,
			  const struct finding *like)
{
	size_t i;

	printf("%scheck-finding: %s\n", prefix, f->headline);
	for (i = 0; i < f->guards.nr; i++)
		printf("%scheck-guard: %s\n", prefix, f->guards.v[i]);
	if (like->probe_driver && f->probe_driver)
		printf("%scheck-probe-driver: %s\n", prefix, f->probe_driver);
	if (like->bus && f->bus)
		printf("%scheck-bus: %s\n", prefix, f->bus);
	if (like->outer && f->outer)
		printf("%scheck-outer: %s\n", prefix, f->outer);
	for (i = 0; like->qualifiers.nr && i < f->qualifiers.nr; i++)
		printf("%scheck-qualifier: %s\n", prefix, f->qualifiers.v[i]);
	for (i = 0; like->unregisters.nr && i < f->unregisters.nr; i++)
		printf("%scheck-unregister: %s\n", prefix, f->unregisters.v[i]);
}

static void match(struct snippet *s, struct finding *got, size_t nr)
{
	size_t i, k;

	for (i = 0; i < s->nr_expected; i++) {
		strings_sort(&s->expected[i].guards);
		strings_sort(&s->expected[i].unregisters);
		strings_sort(&s->expected[i].qualifiers);
		for (k = 0; k < nr && !s->expected[i].matched; k++) {
			if (got[k].matched ||
			    !finding_agrees(&s->expected[i], &got[k]))
				continue;
			s->expected[i].matched = got[k].matched = true;
		}
	}
}

bool snippet_agrees(struct snippet *s, struct report *report, bool quiet)
{
	const struct finding *like = NULL;
	bool same = true;
	size_t i;

	match(s, report->v, report->nr);
	for (i = 0; i < s->nr_expected; i++) {
		const struct finding *f = &s->expected[i];

		if (f->matched)
			continue;
		same = false;
		like = f;
		if (!quiet)
			print_finding("# expected: ", f, f);
	}
	for (i = 0; i < report->nr; i++) {
		const struct finding *f = &report->v[i];

		if (f->matched)
			continue;
		same = false;
		if (!quiet)
			print_finding("# got:      ", f, like ? like : f);
	}
	return same;
}

void report_print(const struct report *report, const char *title)
{
	size_t i;

	printf("/*\n * check-name: %s\n", title);
	for (i = 0; i < report->nr; i++)
		print_finding(" * ", &report->v[i], &report->v[i]);
	printf("%s */\n", report->nr ? "" : " * check-no-finding\n");
}
