// SPDX-License-Identifier: GPL-2.0-only
/*
 * A baseline as a file. It is written by a command and then edited by people,
 * so a member that nobody knows is a mistake, and each mistake is named with
 * its entry.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include <jansson.h>

#include "util/outfile.h"

#include "gate/baseline-internal.h"
#include "report/json-report.h"
#include "report/json-text.h"

#define BASELINE_SCHEMA "probewalk-baseline-1"
#define REPORT_SCHEMA	"probewalk-findings-1"

/* ---- reading ---- */

static json_t *read_object(const char *path, const char *schema,
			   const char *what, struct strbuf *err, int *ret)
{
	struct strbuf text = STRBUF_INIT;
	json_error_t where;
	const char *have;
	json_t *root;

	*ret = strbuf_read_regular(&text, path);
	if (*ret) {
		strbuf_addf(err, "%s cannot be read: %s", path,
			    strerror(-*ret));
		strbuf_release(&text);
		return NULL;
	}
	root = json_loadb(text.buf, text.len, JSON_REJECT_DUPLICATES, &where);
	strbuf_release(&text);
	*ret = -EINVAL;
	if (!root) {
		strbuf_addf(err, "%s:%d:%d: %s", path, where.line, where.column,
			    where.text);
		return NULL;
	}
	have = json_string_value(json_object_get(root, "schema"));
	if (have && !strcmp(have, schema)) {
		*ret = 0;
		return root;
	}
	strbuf_addf(err, "%s is not %s: its member 'schema' is not \"%s\"",
		    path, what, schema);
	json_decref(root);
	return NULL;
}

static int parse_id(const char *s, uint64_t *id)
{
	char *end;

	if (strlen(s) != 16 || strspn(s, "0123456789abcdef") != 16)
		return -EINVAL;
	*id = strtoull(s, &end, 16);
	return 0;
}

/* Return: what is wrong, or NULL. */
static const char *parse_entry(json_t *json, struct baseline_entry *e)
{
	const char *id, *rule, *file, *probe, *registration, *verdict, *reason;
	const char *expires = NULL;

	if (json_unpack(json, "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s?s !}",
			"id", &id, "rule", &rule, "file", &file, "probe",
			&probe, "registration", &registration, "verdict",
			&verdict, "reason", &reason, "expires", &expires))
		return "its members are to be id, rule, file, probe, "
		       "registration, verdict, reason and perhaps expires, all "
		       "of them strings";
	if (parse_id(id, &e->id))
		return "its id is not sixteen hexadecimal digits";
	if (verdict_parse(verdict, &e->verdict))
		return "its verdict is none";
	if (!reason[strspn(reason, " \t\n")])
		return "it has no reason; say why it is accepted";
	if (expires && !baseline_is_day(expires))
		return "its last day is not of the form 2027-01-31";
	e->rule = xstrdup(rule);
	e->file = xstrdup(file);
	e->probe = xstrdup(probe);
	e->registration = xstrdup(registration);
	e->reason = xstrdup(reason);
	e->expires = expires ? xstrdup(expires) : NULL;
	return NULL;
}

static int add_entry(struct baseline *b, json_t *json, size_t nr,
		     struct u64map *ids, const char *path, struct strbuf *err)
{
	struct baseline_entry e = { 0 };
	const char *wrong = parse_entry(json, &e);

	if (!wrong && !u64map_add(ids, e.id, 1))
		wrong = "its id has an entry already; remove one of the two";
	if (!wrong) {
		baseline_add(b, &e);
		return 0;
	}
	strbuf_addf(err, "%s: entry %zu: %s", path, nr + 1, wrong);
	baseline_entry_release(&e);
	return -EINVAL;
}

int baseline_load(struct baseline *b, const char *path, struct strbuf *err)
{
	struct u64map ids;
	json_t *root, *list = NULL, *entry;
	size_t i;
	int ret;

	root = read_object(path, BASELINE_SCHEMA,
			   "a baseline ('probewalk baseline update' makes one)",
			   err, &ret);
	if (!root)
		return ret;
	if (json_unpack(root, "{s:s, s:o !}", "schema", &(const char *){ 0 },
			"accepted", &list) ||
	    !json_is_array(list)) {
		strbuf_addf(err,
			    "%s: its members are to be 'schema' and the list "
			    "'accepted'",
			    path);
		ret = -EINVAL;
	}
	u64map_init(&ids);
	for (i = 0; !ret && i < json_array_size(list); i++) {
		entry = json_array_get(list, i);
		ret = add_entry(b, entry, i, &ids, path, err);
	}
	u64map_release(&ids);
	json_decref(root);
	baseline_sort(b);
	return ret;
}

/* ---- from a report ---- */

static const char *driver_key(const char *driver, const char *callee)
{
	const char *arrow = driver ? strstr(driver, "->") : NULL;

	return arrow ? arrow : driver ? driver : callee;
}

static int found_entry(json_t *json, struct baseline_entry *e)
{
	const char *id, *rule, *verdict, *probe, *file, *callee;
	const char *driver = NULL;
	json_t *reg_driver = NULL;

	if (json_unpack(json, "{s:s, s:s, s:s, s:{s:s, s:s}, s:{s:s, s?o}}",
			"id", &id, "rule", &rule, "verdict", &verdict, "probe",
			"function", &probe, "file", &file, "registration",
			"callee", &callee, "driver", &reg_driver) ||
	    parse_id(id, &e->id) || verdict_parse(verdict, &e->verdict))
		return -EINVAL;
	driver = json_string_value(reg_driver);
	e->rule = xstrdup(rule);
	e->file = xstrdup(file);
	e->probe = xstrdup(probe);
	e->registration = xstrdup(driver_key(driver, callee));
	return 0;
}

int baseline_found_json(struct baseline *found, const char *path,
			struct strbuf *err)
{
	struct baseline_entry e = { 0 };
	json_t *root, *list;
	size_t i;
	int ret;

	root = read_object(path, REPORT_SCHEMA,
			   "a report of this version ('probewalk check "
			   "--format json' writes one)",
			   err, &ret);
	if (!root)
		return ret;
	list = json_object_get(root, "findings");
	for (i = 0; !ret && i < json_array_size(list); i++) {
		ret = found_entry(json_array_get(list, i), &e);
		if (!ret)
			baseline_add(found, &e);
		else
			strbuf_addf(err, "%s: finding %zu is incomplete", path,
				    i + 1);
	}
	if (!ret && !json_is_array(list)) {
		strbuf_addf(err, "%s has no list 'findings'", path);
		ret = -EINVAL;
	}
	json_decref(root);
	baseline_sort(found);
	return ret;
}

/* ---- writing ---- */

static json_t *entry_json(const struct baseline_entry *e)
{
	json_t *object = json_object();

	json_object_set_new(object, "id", report_id_json(e->id));
	json_object_set_new(object, "rule", json_text(e->rule));
	json_object_set_new(object, "file", json_text(e->file));
	json_object_set_new(object, "probe", json_text(e->probe));
	json_object_set_new(object, "registration", json_text(e->registration));
	json_object_set_new(object, "verdict",
			    json_text(verdict_name(e->verdict)));
	json_object_set_new(object, "reason", json_text(e->reason));
	if (e->expires)
		json_object_set_new(object, "expires", json_text(e->expires));
	return object;
}

int baseline_write(const struct baseline *b, const char *path,
		   struct strbuf *err)
{
	json_t *root = json_object(), *list = json_array();
	struct outfile out;
	size_t i;
	int ret = outfile_open(&out, path, err);

	for (i = 0; i < b->nr; i++)
		json_array_append_new(list, entry_json(&b->list[i]));
	json_object_set_new(root, "schema", json_text(BASELINE_SCHEMA));
	json_object_set_new(root, "accepted", list);
	if (!ret) {
		json_dumpf(root, out.f, JSON_INDENT(2) | JSON_ENSURE_ASCII);
		putc('\n', out.f);
		ret = outfile_commit(&out, err);
	}
	json_decref(root);
	return ret;
}
