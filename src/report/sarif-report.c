// SPDX-License-Identifier: GPL-2.0-only
/* The report of check as SARIF: every finding, and what was not analysed. */
#include "report/report.h"
#include "report/sarif.h"

static void notify_units(struct sarif_log *log, const struct report *report)
{
	size_t i;

	for (i = 0; i < report->nr_not_ok; i++) {
		const struct report_unit *u = &report->not_ok[i];
		char *text = xasprintf("not fully analysed in %s: %s%s%s",
				       u->config, u->status,
				       u->reason && *u->reason ? ": " : "",
				       u->reason ? u->reason : "");

		sarif_notify(log, "warning", text, u->file);
		free(text);
	}
	for (i = 0; i < report->unseen.nr; i++) {
		char *text = xasprintf("%s() is handed drivers and was not "
				       "indexed, so what is registered there "
				       "is not seen",
				       report->unseen.item[i]);

		sarif_notify(log, "warning", text, NULL);
		free(text);
	}
}

static void notify_list(struct sarif_log *log, const struct string_list *list)
{
	size_t i;

	for (i = 0; i < list->nr; i++)
		sarif_notify(log, "note", list->item[i], NULL);
}

static int render(const struct report *report, FILE *out)
{
	struct sarif_log log;
	size_t i;

	sarif_begin(&log, &report->rules);
	for (i = 0; i < report->findings.nr; i++) {
		struct sarif_result result = {
			.finding = &report->findings.list[i],
		};

		sarif_add(&log, &result);
	}
	notify_units(&log, report);
	notify_list(&log, &report->baseline_unused);
	notify_list(&log, &report->baseline_expired);
	return sarif_end(&log, out);
}

const struct report_format report_sarif = {
	.named.name = "sarif",
	.render = render,
};
