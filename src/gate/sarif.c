// SPDX-License-Identifier: GPL-2.0-only
/*
 * The gate as SARIF. What the patch neither adds, mends nor makes worse is
 * nobody's business here, so there are no results that are "unchanged".
 */
#include "gate/format.h"
#include "report/sarif.h"

static const char *baseline_state(enum gate_kind kind)
{
	switch (kind) {
	case GATE_ADDED:
		return "new";
	case GATE_WORSENED:
		return "updated";
	case GATE_MENDED:
		return "absent";
	}
	return "new";
}

static void add_entry(struct sarif_log *log, const struct gate_entry *e)
{
	struct strbuf message = STRBUF_INIT;
	struct sarif_result result = {
		.finding = gate_entry_finding(e),
		.baseline_state = baseline_state(e->kind),
		.file = e->file,
		.line = e->line,
	};

	gate_message(e, &message);
	result.message = message.buf;
	sarif_add(log, &result);
	strbuf_release(&message);
}

static void notify_list(struct sarif_log *log, const struct string_list *list)
{
	size_t i;

	for (i = 0; i < list->nr; i++)
		sarif_notify(log, "note", list->item[i], NULL);
}

static int render(const struct gate_result *result, FILE *out)
{
	struct strbuf text = STRBUF_INIT;
	struct sarif_log log;
	size_t i;

	sarif_begin(&log, &result->after.rules);
	for (i = 0; i < result->nr; i++)
		add_entry(&log, &result->list[i]);
	for (i = 0; i < result->nr_left_out; i++) {
		strbuf_reset(&text);
		gate_left_out_text(&result->left_out[i], &text);
		sarif_notify(&log, "warning", text.buf,
			     result->left_out[i].file);
	}
	notify_list(&log, &result->notes);
	notify_list(&log, &result->unused);
	notify_list(&log, &result->expired);
	strbuf_release(&text);
	return sarif_end(&log, out);
}

const struct gate_format gate_sarif = {
	.named.name = "sarif",
	.render = render,
};
