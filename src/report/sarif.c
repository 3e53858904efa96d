// SPDX-License-Identifier: GPL-2.0-only
/*
 * SARIF 2.1.0. All text is plain ASCII, and what a viewer would take for a link
 * or a placeholder is escaped; files are URIs below SRCROOT, whose place is the
 * viewer's business.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "report/group.h"
#include "report/json-report.h"
#include "report/json-text.h"
#include "report/plain.h"
#include "report/sarif.h"

#define SCHEMA                                                                 \
	"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"  \
	"sarif-schema-2.1.0.json"
#define SRCROOT "SRCROOT"
#define OBJROOT "OBJROOT"

static void set(json_t *object, const char *name, json_t *value)
{
	json_object_set_new(object, name, value);
}

/* "[text](place)" is a link in a message, and "{0}" an argument. */
static json_t *message_json(const char *s)
{
	struct strbuf plain = STRBUF_INIT, sb = STRBUF_INIT;
	const char *p;
	bool link;
	json_t *value;

	plain_add(&plain, s && *s ? s : "none");
	link = strstr(plain.buf, "](");
	for (p = plain.buf; *p; p++) {
		if (link && strchr("[]\\", *p))
			strbuf_addch(&sb, '\\');
		if (strchr("{}", *p))
			strbuf_addch(&sb, *p);
		strbuf_addch(&sb, *p);
	}
	value = json_pack("{s:s}", "text", sb.buf);
	strbuf_release(&plain);
	strbuf_release(&sb);
	return value;
}

/* ---- places ---- */

static bool is_plain_in_uri(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || strchr("-._~/+,=@", c);
}

static json_t *uri_json(const char *scheme, const char *path)
{
	struct strbuf sb = STRBUF_INIT;
	json_t *value;

	strbuf_addstr(&sb, scheme);
	for (; *path; path++) {
		if (is_plain_in_uri(*path))
			strbuf_addch(&sb, *path);
		else
			strbuf_addf(&sb, "%%%02X", (unsigned char)*path);
	}
	value = json_string(sb.buf);
	strbuf_release(&sb);
	return value;
}

/*
 * What kbuild generates stands below its build directory, "$O/". A module that
 * is built from elsewhere has its absolute path: it is below nothing.
 */
static json_t *artifact_json(const char *file)
{
	bool built = !strncmp(file, "$O/", 3);
	json_t *object = json_object();

	if (*file == '/') {
		set(object, "uri", uri_json("file://", file));
		return object;
	}
	set(object, "uri", uri_json("", built ? file + 3 : file));
	set(object, "uriBaseId", json_string(built ? OBJROOT : SRCROOT));
	return object;
}

static json_t *location_json(const char *file, uint32_t line, uint32_t col,
			     const char *function, const char *text)
{
	json_t *object = json_object(), *physical = json_object();
	json_t *region;

	set(physical, "artifactLocation",
	    artifact_json(file && *file ? file : "unknown"));
	if (line) {
		region = json_pack("{s:I}", "startLine", (json_int_t)line);
		if (col)
			set(region, "startColumn", json_integer(col));
		set(physical, "region", region);
	}
	set(object, "physicalLocation", physical);
	if (function) {
		json_t *logical = json_object();

		set(logical, "name", json_plain(function));
		set(logical, "kind", json_string("function"));
		set(object, "logicalLocations", json_pack("[o]", logical));
	}
	if (text)
		set(object, "message", message_json(text));
	return object;
}

/* ---- the way from the probe to the registration ---- */

static void add_step(json_t *steps, json_t *location)
{
	json_array_append_new(steps, json_pack("{s:o}", "location", location));
}

static void add_probe(json_t *steps, const struct finding_probe *probe)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_addf(&text, "%s()", probe->function);
	if (probe->slot)
		strbuf_addf(&text, " is the %s of %s", probe->slot,
			    probe->driver.name ? probe->driver.name
					       : "a driver");
	if (probe->driver.bus)
		strbuf_addf(&text, ", on %s", probe->driver.bus);
	add_step(steps, location_json(probe->file, probe->line, 0,
				      probe->function, text.buf));
	strbuf_release(&text);
}

static void add_hops(json_t *steps, const struct finding_hop *path, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		char *text = xasprintf(
			"%s() calls %s%s", path[i].function, path[i].callee,
			path[i].edge == EDGE_POINTER ? "" : "()");

		add_step(steps,
			 location_json(path[i].file, path[i].line, path[i].col,
				       path[i].function, text));
		free(text);
	}
}

static json_t *code_flow_json(const struct finding *f,
			      const struct finding_hop *path, size_t nr)
{
	json_t *steps = json_array();

	if (f->outer) {
		add_probe(steps, &f->outer->probe);
		add_hops(steps, f->outer->path, f->outer->nr_path);
	}
	add_probe(steps, &f->probe);
	add_hops(steps, path, nr);
	return json_pack("{s:[{s:o}]}", "threadFlows", "locations", steps);
}

static json_t *code_flows_json(const struct finding *f)
{
	json_t *flows = json_array();
	size_t i;

	json_array_append_new(flows, code_flow_json(f, f->path, f->nr_path));
	for (i = 0; i < f->nr_other_paths; i++)
		json_array_append_new(flows,
				      code_flow_json(f, f->other_paths[i].hops,
						     f->other_paths[i].nr));
	return flows;
}

/* ---- what else there is to look at ---- */

/* The schema wants each once. */
static void append_once(json_t *array, json_t *value)
{
	size_t i;

	for (i = 0; i < json_array_size(array); i++) {
		if (!json_equal(json_array_get(array, i), value))
			continue;
		json_decref(value);
		return;
	}
	json_array_append_new(array, value);
}

static void add_driver(json_t *array, const struct finding_driver *driver)
{
	char *text;

	if (!driver->name || !driver->file)
		return;
	text = xasprintf("%s is defined here, for %s", driver->name,
			 driver->bus ? driver->bus : "a bus unknown");
	append_once(array,
		    location_json(driver->file, driver->line, 0, NULL, text));
	free(text);
}

static void add_guard(json_t *array, const struct finding_guard *guard)
{
	char *text = xasprintf("whether it comes to that is decided by %s (%s)",
			       guard->variable, guard->kind);

	append_once(array,
		    location_json(guard->file, guard->line, 0, NULL, text));
	free(text);
}

static void add_unregister(json_t *array, const struct finding_unregister *u)
{
	char *text = xasprintf("%s() unregisters it", u->function);

	append_once(array,
		    location_json(u->file, u->line, 0, u->function, text));
	free(text);
}

static json_t *related_json(const struct finding *f, bool with_site)
{
	const struct finding_registration *reg = &f->registration;
	json_t *array = json_array();
	size_t i;

	if (with_site)
		append_once(array, location_json(reg->file, reg->line, reg->col,
						 reg->function, "the call"));
	add_driver(array, &reg->driver);
	add_driver(array, &f->probe.driver);
	for (i = 0; i < f->nr_guards; i++)
		add_guard(array, &f->guards[i]);
	for (i = 0; i < f->nr_unregisters; i++)
		add_unregister(array, &f->unregisters[i]);
	return array;
}

static json_t *properties_json(const struct finding *f)
{
	json_t *object = json_object(), *qualifiers = json_array();
	size_t i;

	for (i = 0; i < f->nr_qualifiers; i++)
		json_array_append_new(
			qualifiers,
			json_string(qualifier_name(f->qualifiers[i].kind)));
	set(object, "verdict", json_string(verdict_name(f->verdict)));
	set(object, "confidence", json_string(confidence_name(f->confidence)));
	if (f->hang != HANG_NOT_JUDGED)
		set(object, "hang", json_string(hang_name(f->hang)));
	set(object, "qualifiers", qualifiers);
	set(object, "configs", report_texts_json(&f->configs));
	return object;
}

static int rule_index(const struct rule_set *rules, const struct rule *rule)
{
	size_t i;

	for (i = 0; i < rules->nr; i++)
		if (!strcmp(rules->rules[i].id, rule->id))
			return i;
	return -1;
}

static const char *level(enum severity severity)
{
	switch (severity) {
	case SEVERITY_ERROR:
		return "error";
	case SEVERITY_WARNING:
		return "warning";
	case SEVERITY_NOTE:
		break;
	}
	return "note";
}

void sarif_add(struct sarif_log *log, const struct sarif_result *result)
{
	const struct finding *f = result->finding;
	const struct finding_registration *reg = &f->registration;
	const char *text = result->message ? result->message
			   : f->message	   ? f->message
					   : f->rule->summary;
	json_t *object = json_object(), *where;

	where = result->file ? location_json(result->file, result->line, 0,
					     NULL, NULL)
			     : location_json(reg->file, reg->line, reg->col,
					     reg->function, NULL);
	set(object, "ruleId", json_plain(f->rule->id));
	set(object, "ruleIndex", json_integer(rule_index(log->rules, f->rule)));
	set(object, "level", json_string(level(f->severity)));
	set(object, "message", message_json(text));
	set(object, "locations", json_pack("[o]", where));
	set(object, "relatedLocations", related_json(f, result->file));
	set(object, "codeFlows", code_flows_json(f));
	set(object, "partialFingerprints",
	    json_pack("{s:o, s:o}", "probewalkFinding/v1",
		      report_id_json(f->id), "probewalkGroup/v1",
		      report_id_json(finding_group(f))));
	if (result->baseline_state)
		set(object, "baselineState",
		    json_string(result->baseline_state));
	set(object, "suppressions",
	    f->accepted ? json_pack("[{s:s, s:s, s:o}]", "kind", "external",
				    "status", "accepted", "justification",
				    json_plain(f->accepted))
			: json_array());
	set(object, "properties", properties_json(f));
	json_array_append_new(log->results, object);
}

/* ---- the run ---- */

static json_t *rule_json(const struct rule *rule)
{
	struct strbuf help = STRBUF_INIT;
	json_t *object = json_object();
	size_t i;

	strbuf_addstr(&help, rule->help ? rule->help : "");
	for (i = 0; i < rule->references.nr; i++)
		strbuf_addf(&help, "%s %s", i ? ";" : " See",
			    rule->references.item[i]);
	set(object, "id", json_plain(rule->id));
	set(object, "shortDescription", message_json(rule->summary));
	set(object, "help", message_json(help.buf));
	set(object, "defaultConfiguration",
	    json_pack("{s:s}", "level", level(rule->severity)));
	strbuf_release(&help);
	return object;
}

static json_t *tool_json(const struct rule_set *rules)
{
	json_t *driver = json_object(), *list = json_array();
	size_t i;

	for (i = 0; i < rules->nr; i++)
		json_array_append_new(list, rule_json(&rules->rules[i]));
	set(driver, "name", json_string("probewalk"));
	set(driver, "version", json_string(PROBEWALK_VERSION));
	set(driver, "rules", list);
	return json_pack("{s:o}", "driver", driver);
}

void sarif_begin(struct sarif_log *log, const struct rule_set *rules)
{
	*log = (struct sarif_log){
		.root = json_object(),
		.run = json_object(),
		.results = json_array(),
		.notifications = json_array(),
		.rules = rules,
		.complete = true,
	};
	set(log->root, "$schema", json_string(SCHEMA));
	set(log->root, "version", json_string("2.1.0"));
	set(log->run, "tool", tool_json(rules));
	set(log->run, "columnKind", json_string("utf16CodeUnits"));
	set(log->run, "originalUriBaseIds",
	    json_pack("{s:{s:{s:s}}, s:{s:{s:s}}}", SRCROOT, "description",
		      "text", "The kernel tree.", OBJROOT, "description",
		      "text", "kbuild's build directory."));
}

void sarif_notify(struct sarif_log *log, const char *level, const char *text,
		  const char *file)
{
	json_t *object = json_object();

	if (strcmp(level, "note"))
		log->complete = false;
	set(object, "level", json_string(level));
	set(object, "message", message_json(text));
	if (file)
		set(object, "locations",
		    json_pack("[o]", location_json(file, 0, 0, NULL, NULL)));
	json_array_append_new(log->notifications, object);
}

int sarif_end(struct sarif_log *log, FILE *out)
{
	int ret;

	set(log->run, "invocations",
	    json_pack("[{s:b, s:o}]", "executionSuccessful", log->complete,
		      "toolExecutionNotifications", log->notifications));
	set(log->run, "results", log->results);
	set(log->root, "runs", json_pack("[o]", log->run));
	ret = json_dumpf(log->root, out, JSON_INDENT(2) | JSON_ENSURE_ASCII);
	json_decref(log->root);
	memset(log, 0, sizeof(*log));
	putc('\n', out);
	return ret || ferror(out) ? -EIO : 0;
}
