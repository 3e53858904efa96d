// SPDX-License-Identifier: GPL-2.0-only
/*
 * The JSON report, as reports/findings.schema.json defines it. Members stand in
 * the order in which they are set here; Jansson keeps it.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include <jansson.h>

#include "report/group.h"
#include "report/json-report.h"
#include "report/json-text.h"
#include "report/report.h"

/* Say so in the schema, and raise it, when a reader would have to change. */
#define REPORT_SCHEMA "probewalk-findings-1"

static json_t *text(const char *s)
{
	return json_text(s);
}

json_t *report_text_or_null(const char *s)
{
	return s && *s ? text(s) : json_null();
}

static void set(json_t *object, const char *name, json_t *value)
{
	json_object_set_new(object, name, value);
}

json_t *report_texts_json(const struct string_list *list)
{
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < list->nr; i++)
		json_array_append_new(array, text(list->item[i]));
	return array;
}

static json_t *place(const char *function, const char *file, uint32_t line)
{
	json_t *object = json_object();

	set(object, "function", text(function));
	set(object, "file", text(file));
	set(object, "line", json_integer(line));
	return object;
}

static json_t *probe_json(const struct finding_probe *probe)
{
	json_t *object = place(probe->function, probe->file, probe->line);

	set(object, "driver", report_text_or_null(probe->driver.name));
	set(object, "bus", report_text_or_null(probe->driver.bus));
	return object;
}

static json_t *registration_json(const struct finding_registration *reg)
{
	json_t *object = json_object();

	set(object, "callee", text(reg->callee));
	set(object, "function", text(reg->function));
	set(object, "file", text(reg->file));
	set(object, "line", json_integer(reg->line));
	set(object, "driver", report_text_or_null(reg->driver.name));
	set(object, "bus", report_text_or_null(reg->driver.bus));
	return object;
}

static json_t *path_json(const struct finding_hop *path, size_t nr)
{
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < nr; i++) {
		json_t *hop =
			place(path[i].function, path[i].file, path[i].line);

		set(hop, "edge", text(edge_name(path[i].edge)));
		set(hop, "listed", json_boolean(path[i].listed));
		set(hop, "callee", text(path[i].callee));
		json_array_append_new(array, hop);
	}
	return array;
}

static json_t *outer_json(const struct finding_outer *outer)
{
	json_t *object;

	if (!outer)
		return json_null();
	object = json_object();
	set(object, "confidence", text(confidence_name(outer->confidence)));
	set(object, "match", text(outer->match));
	set(object, "name", report_text_or_null(outer->name));
	set(object, "probe", probe_json(&outer->probe));
	set(object, "path", path_json(outer->path, outer->nr_path));
	return object;
}

static json_t *guards_json(const struct finding *f)
{
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < f->nr_guards; i++) {
		json_t *guard = json_object();

		set(guard, "kind", text(f->guards[i].kind));
		set(guard, "variable", text(f->guards[i].variable));
		set(guard, "file", text(f->guards[i].file));
		set(guard, "line", json_integer(f->guards[i].line));
		set(guard, "lock", report_text_or_null(f->guards[i].lock));
		json_array_append_new(array, guard);
	}
	return array;
}

static json_t *unregister_json(const struct finding *f)
{
	json_t *array;
	size_t i;

	if (f->unregister_unknown && !f->nr_unregisters)
		return json_null();
	array = json_array();
	for (i = 0; i < f->nr_unregisters; i++)
		json_array_append_new(array, place(f->unregisters[i].function,
						   f->unregisters[i].file,
						   f->unregisters[i].line));
	return array;
}

static json_t *other_paths_json(const struct finding *f)
{
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < f->nr_other_paths; i++)
		json_array_append_new(array, path_json(f->other_paths[i].hops,
						       f->other_paths[i].nr));
	return array;
}

json_t *report_id_json(uint64_t id)
{
	char hex[17];

	snprintf(hex, sizeof(hex), "%016" PRIx64, id);
	return text(hex);
}

static json_t *qualifiers_json(const struct finding *f)
{
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < f->nr_qualifiers; i++) {
		const struct finding_qualifier *q = &f->qualifiers[i];
		json_t *qualifier = json_object();

		set(qualifier, "kind", text(qualifier_name(q->kind)));
		set(qualifier, "function", text(q->function));
		set(qualifier, "file", text(q->file));
		set(qualifier, "line", json_integer(q->line));
		set(qualifier, "detail", report_text_or_null(q->detail));
		json_array_append_new(array, qualifier);
	}
	return array;
}

json_t *report_finding_json(const struct finding *f)
{
	json_t *object = json_object();

	set(object, "id", report_id_json(f->id));
	set(object, "group", report_id_json(finding_group(f)));
	set(object, "rule", text(f->rule->id));
	set(object, "severity", text(severity_name(f->severity)));
	set(object, "confidence", text(confidence_name(f->confidence)));
	set(object, "verdict", text(verdict_name(f->verdict)));
	set(object, "transitive",
	    json_boolean(f->verdict == VERDICT_TRANSITIVE));
	set(object, "hang",
	    f->hang == HANG_NOT_JUDGED ? json_null()
				       : text(hang_name(f->hang)));
	set(object, "outer", outer_json(f->outer));
	set(object, "probe", probe_json(&f->probe));
	set(object, "registration", registration_json(&f->registration));
	set(object, "path", path_json(f->path, f->nr_path));
	set(object, "other_paths", other_paths_json(f));
	set(object, "qualifiers", qualifiers_json(f));
	set(object, "guards", guards_json(f));
	set(object, "unregister", unregister_json(f));
	set(object, "configs", report_texts_json(&f->configs));
	set(object, "message",
	    text(f->message ? f->message : f->rule->summary));
	set(object, "accepted", report_text_or_null(f->accepted));
	set(object, "help", text(f->rule->help));
	set(object, "references", report_texts_json(&f->rule->references));
	return object;
}

static json_t *findings_json(const struct report *report)
{
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < report->findings.nr; i++)
		json_array_append_new(
			array, report_finding_json(&report->findings.list[i]));
	return array;
}

json_t *report_tool_json(void)
{
	json_t *object = json_object();

	set(object, "name", text("probewalk"));
	set(object, "version", text(PROBEWALK_VERSION));
	return object;
}

static json_t *coverage_json(const struct report *report)
{
	json_t *object = json_object(), *array = json_array();
	size_t i;

	for (i = 0; i < report->nr_not_ok; i++) {
		const struct report_unit *u = &report->not_ok[i];
		json_t *unit = json_object();

		set(unit, "file", text(u->file));
		set(unit, "config", text(u->config));
		set(unit, "status", text(u->status));
		set(unit, "reason", text(u->reason ? u->reason : ""));
		json_array_append_new(array, unit);
	}
	set(object, "units", json_integer(report->units));
	set(object, "ok", json_integer(report->units_ok));
	set(object, "errors", json_integer(report->units_with_errors));
	set(object, "failed", json_integer(report->units_failed));
	set(object, "not_analysed", array);
	set(object, "unseen", report_texts_json(&report->unseen));
	if (report->not_followed.nr)
		set(object, "not_followed",
		    report_texts_json(&report->not_followed));
	if (report->nr_cut)
		set(object, "cut", json_integer(report->nr_cut));
	if (report->nr_given_up)
		set(object, "given_up", json_integer(report->nr_given_up));
	return object;
}

static json_t *baseline_json(const struct report *report)
{
	json_t *object;

	if (!report->has_baseline)
		return json_null();
	object = json_object();
	set(object, "unused", report_texts_json(&report->baseline_unused));
	set(object, "expired", report_texts_json(&report->baseline_expired));
	return object;
}

static json_t *summary_json(const struct report *report)
{
	json_t *object = json_object(), *rules = json_array();
	size_t i;

	for (i = 0; i < report->rules.nr; i++)
		json_array_append_new(rules, text(report->rules.rules[i].id));
	set(object, "rules", rules);
	set(object, "findings", json_integer(report->findings.nr));
	set(object, "error",
	    json_integer(report_count(report, SEVERITY_ERROR)));
	set(object, "warning",
	    json_integer(report_count(report, SEVERITY_WARNING)));
	set(object, "note", json_integer(report_count(report, SEVERITY_NOTE)));
	set(object, "accepted", json_integer(report_accepted(report)));
	set(object, "hidden", json_integer(report->nr_hidden));
	return object;
}

static json_t *report_object(const struct report *report)
{
	json_t *root = json_object();

	set(root, "schema", text(REPORT_SCHEMA));
	set(root, "tool", report_tool_json());
	set(root, "kernel", report_text_or_null(report->kernel));
	set(root, "configs", report_texts_json(&report->configs));
	set(root, "coverage", coverage_json(report));
	set(root, "findings", findings_json(report));
	set(root, "baseline", baseline_json(report));
	set(root, "summary", summary_json(report));
	return root;
}

static int render_json(const struct report *report, FILE *out)
{
	json_t *root = report_object(report);
	int ret = json_dumpf(root, out, JSON_INDENT(2) | JSON_ENSURE_ASCII);

	json_decref(root);
	putc('\n', out);
	return ret || ferror(out) ? -EIO : 0;
}

const struct report_format report_json = {
	.named.name = "json",
	.render = render_json,
};
