// SPDX-License-Identifier: GPL-2.0-only
/*
 * GitLab's Code Quality report: a list of what is wrong, which the widget of a
 * merge request shows. It knows no notes, so what is mended or left out is told
 * on the command's standard error and in the other formats.
 */
#include <errno.h>

#include <jansson.h>

#include "gate/format.h"
#include "report/json-report.h"
#include "report/json-text.h"
#include "report/text.h"

static const char *severity(enum severity severity)
{
	switch (severity) {
	case SEVERITY_ERROR:
		return "critical";
	case SEVERITY_WARNING:
		return "major";
	case SEVERITY_NOTE:
		break;
	}
	return "info";
}

static json_t *entry_json(const struct gate_entry *e)
{
	const struct finding *f = gate_entry_finding(e);
	struct strbuf text = STRBUF_INIT;
	json_t *object;
	const char *file;
	uint32_t line;

	gate_place(e, &file, &line);
	gate_message(e, &text);
	object = json_pack("{s:o, s:o, s:o, s:s, s:{s:o, s:{s:i}}}",
			   "description", json_plain(text.buf), "check_name",
			   json_plain(f->rule->id), "fingerprint",
			   report_id_json(f->id), "severity",
			   severity(f->severity), "location", "path",
			   json_plain(text_or_else(file, "(unknown)")), "lines",
			   "begin", (int)(line ? line : 1));
	strbuf_release(&text);
	return object;
}

static int render(const struct gate_result *result, FILE *out)
{
	json_t *list = json_array();
	size_t i;
	int ret;

	for (i = 0; i < result->nr; i++)
		if (gate_entry_counts(&result->list[i]))
			json_array_append_new(list,
					      entry_json(&result->list[i]));
	ret = json_dumpf(list, out, JSON_INDENT(2) | JSON_ENSURE_ASCII);
	json_decref(list);
	putc('\n', out);
	return ret || ferror(out) ? -EIO : 0;
}

const struct gate_format gate_gitlab = {
	.named.name = "gitlab",
	.render = render,
};
