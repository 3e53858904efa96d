// SPDX-License-Identifier: GPL-2.0-only
/* The array of formats, and what all renderers count. */
#include <string.h>

#include "report/report.h"

static const struct named *const formats[] = {
	&report_text.named,
	&report_json.named,
	&report_sarif.named,
};

const struct named_list report_formats = { formats, ARRAY_SIZE(formats) };

const struct report_format *report_format_find(const char *name)
{
	return (const struct report_format *)named_find(&report_formats, name);
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
