// SPDX-License-Identifier: GPL-2.0-only
/* The result of a gate: what all its renderers ask of it. */
#include <string.h>

#include "gate/gate.h"
#include "gate/format.h"

static const char *const kind_names[] = {
	[GATE_ADDED] = "added",
	[GATE_WORSENED] = "worsened",
	[GATE_MENDED] = "mended",
};

const char *gate_kind_name(enum gate_kind kind)
{
	return kind_names[kind];
}

void gate_result_init(struct gate_result *result)
{
	memset(result, 0, sizeof(*result));
}

void gate_result_release(struct gate_result *result)
{
	size_t i;

	for (i = 0; i < result->nr; i++)
		free(result->list[i].why);
	free(result->list);
	for (i = 0; i < result->nr_left_out; i++) {
		free(result->left_out[i].file);
		free(result->left_out[i].config);
		free(result->left_out[i].reason);
	}
	free(result->left_out);
	string_list_release(&result->notes);
	string_list_release(&result->unused);
	string_list_release(&result->expired);
	report_release(&result->before);
	report_release(&result->after);
	gate_result_init(result);
}

const struct finding *gate_entry_finding(const struct gate_entry *entry)
{
	return entry->after ? entry->after : entry->before;
}

bool gate_entry_counts(const struct gate_entry *entry)
{
	return entry->kind != GATE_MENDED && !entry->after->accepted;
}

size_t gate_count(const struct gate_result *result, enum gate_kind kind,
		  enum severity threshold)
{
	size_t i, nr = 0;

	for (i = 0; i < result->nr; i++) {
		const struct gate_entry *e = &result->list[i];

		nr += e->kind == kind &&
		      gate_entry_finding(e)->severity >= threshold &&
		      (kind == GATE_MENDED || gate_entry_counts(e));
	}
	return nr;
}

size_t gate_accepted(const struct gate_result *result)
{
	size_t i, nr = 0;

	for (i = 0; i < result->nr; i++)
		nr += result->list[i].kind != GATE_MENDED &&
		      result->list[i].after->accepted;
	return nr;
}

/* ---- formats ---- */

static const struct named *const formats[] = {
	&gate_text.named,   &gate_json.named,	&gate_sarif.named,
	&gate_github.named, &gate_gitlab.named,
};

const struct named_list gate_formats = { formats, ARRAY_SIZE(formats) };

const struct gate_format *gate_format_find(const char *name)
{
	return (const struct gate_format *)named_find(&gate_formats, name);
}
