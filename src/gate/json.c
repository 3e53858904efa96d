// SPDX-License-Identifier: GPL-2.0-only
/*
 * The gate as JSON, as reports/gate.schema.json defines it. The findings are
 * those of the report of check.
 */
#include <errno.h>

#include <jansson.h>

#include "gate/format.h"
#include "report/json-report.h"
#include "report/json-text.h"

/* Say so in the schema, and raise it, when a reader would have to change. */
#define GATE_SCHEMA "probewalk-gate-1"

static void set(json_t *object, const char *name, json_t *value)
{
	json_object_set_new(object, name, value);
}

static json_t *size_json(size_t nr)
{
	return json_integer(nr);
}

static const char *change_name(enum change_kind kind)
{
	switch (kind) {
	case CHANGE_ADDED:
		return "added";
	case CHANGE_MODIFIED:
		return "modified";
	case CHANGE_DELETED:
		return "deleted";
	case CHANGE_RENAMED:
		return "renamed";
	}
	return "modified";
}

static json_t *files_json(const struct patch_set *patch)
{
	json_t *array = json_array();
	size_t i;

	for (i = 0; patch && i < patch->nr; i++) {
		const struct change *c = &patch->changes[i];
		json_t *object = json_object();

		set(object, "file", json_text(c->path));
		set(object, "change", json_text(change_name(c->kind)));
		set(object, "old_file", report_text_or_null(c->old_path));
		json_array_append_new(array, object);
	}
	return array;
}

static json_t *units_json(const struct gate_result *result)
{
	json_t *object = json_object(), *left_out = json_array();
	size_t i;

	for (i = 0; i < result->nr_left_out; i++) {
		const struct gate_left_out *l = &result->left_out[i];
		json_t *unit = json_object();

		set(unit, "file", json_text(l->file));
		set(unit, "config", json_text(l->config));
		set(unit, "reason", json_text(l->reason));
		json_array_append_new(left_out, unit);
	}
	set(object, "affected", json_integer(result->units_affected));
	set(object, "analysed", json_integer(result->units_parsed));
	set(object, "left_out", left_out);
	return object;
}

static json_t *place_json(const struct gate_entry *e)
{
	json_t *object;

	if (!e->file)
		return json_null();
	object = json_object();
	set(object, "file", json_text(e->file));
	set(object, "line", json_integer(e->line));
	return object;
}

static json_t *entry_json(const struct gate_entry *e)
{
	json_t *object = json_object();

	set(object, "place", place_json(e));
	set(object, "why", report_text_or_null(e->why));
	set(object, "before",
	    e->before ? report_finding_json(e->before) : json_null());
	set(object, "after",
	    e->after ? report_finding_json(e->after) : json_null());
	return object;
}

static json_t *entries_json(const struct gate_result *result,
			    enum gate_kind kind)
{
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < result->nr; i++)
		if (result->list[i].kind == kind)
			json_array_append_new(array,
					      entry_json(&result->list[i]));
	return array;
}

static json_t *baseline_json(const struct gate_result *result)
{
	json_t *object;

	if (!result->has_baseline)
		return json_null();
	object = json_object();
	set(object, "unused", report_texts_json(&result->unused));
	set(object, "expired", report_texts_json(&result->expired));
	return object;
}

static json_t *summary_json(const struct gate_result *result)
{
	json_t *object = json_object();

	set(object, "added",
	    size_json(gate_count(result, GATE_ADDED, SEVERITY_NOTE)));
	set(object, "worsened",
	    size_json(gate_count(result, GATE_WORSENED, SEVERITY_NOTE)));
	set(object, "mended",
	    size_json(gate_count(result, GATE_MENDED, SEVERITY_NOTE)));
	set(object, "accepted", size_json(gate_accepted(result)));
	set(object, "left_out", size_json(result->nr_left_out));
	return object;
}

static json_t *gate_object(const struct gate_result *result)
{
	json_t *root = json_object();

	set(root, "schema", json_text(GATE_SCHEMA));
	set(root, "tool", report_tool_json());
	set(root, "kernel", report_text_or_null(result->after.kernel));
	set(root, "configs", report_texts_json(&result->after.configs));
	set(root, "files", files_json(result->patch));
	set(root, "units", units_json(result));
	set(root, "added", entries_json(result, GATE_ADDED));
	set(root, "worsened", entries_json(result, GATE_WORSENED));
	set(root, "mended", entries_json(result, GATE_MENDED));
	set(root, "notes", report_texts_json(&result->notes));
	set(root, "baseline", baseline_json(result));
	set(root, "summary", summary_json(result));
	return root;
}

static int render(const struct gate_result *result, FILE *out)
{
	json_t *root = gate_object(result);
	int ret = json_dumpf(root, out, JSON_INDENT(2) | JSON_ENSURE_ASCII);

	json_decref(root);
	putc('\n', out);
	return ret || ferror(out) ? -EIO : 0;
}

const struct gate_format gate_json = {
	.named.name = "json",
	.render = render,
};
