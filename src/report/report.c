// SPDX-License-Identifier: GPL-2.0-only
/* The array of formats, and what all renderers count. */
#include <string.h>

#include "report/report.h"

static const struct report_format *const formats[] = {
	&report_text,
	&report_json,
	&report_sarif,
};

const struct report_format *report_format_find(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(formats); i++)
		if (!strcmp(formats[i]->name, name))
			return formats[i];
	return NULL;
}

const char *report_format_names(void)
{
	static char names[64];
	size_t i, len = 0;

	if (*names)
		return names;
	for (i = 0; i < ARRAY_SIZE(formats); i++)
		len += snprintf(names + len, sizeof(names) - len, "%s%s",
				i ? ", " : "", formats[i]->name);
	return names;
}

size_t report_count(const struct report *report, enum severity severity)
{
	size_t i, nr = 0;

	for (i = 0; i < report->findings.nr; i++)
		nr += report->findings.list[i].severity == severity &&
		      !report->findings.list[i].accepted;
	return nr;
}

size_t report_accepted(const struct report *report)
{
	size_t i, nr = 0;

	for (i = 0; i < report->findings.nr; i++)
		nr += report->findings.list[i].accepted != NULL;
	return nr;
}

void report_release(struct report *report)
{
	size_t i;

	free(report->kernel);
	string_list_release(&report->configs);
	string_list_release(&report->unseen);
	string_list_release(&report->not_followed);
	for (i = 0; i < report->nr_not_ok; i++) {
		free(report->not_ok[i].file);
		free(report->not_ok[i].config);
		free(report->not_ok[i].reason);
	}
	free(report->not_ok);
	string_list_release(&report->baseline_unused);
	string_list_release(&report->baseline_expired);
	findings_release(&report->findings);
	rule_set_release(&report->rules);
	memset(report, 0, sizeof(*report));
}
