// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the members of a rule file mean: the tables of a rule, the readers that
 * only rules need, and what one member asks of another.
 */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "rules/message.h"
#include "rules/rule-parse.h"
#include "rules/rule-read.h"

static bool is_id(const char *s)
{
	size_t len = strlen(s);

	return islower(s[0]) && s[len - 1] != '-' && strcmp(s, ALL_RULES) &&
	       strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

static void read_id(struct parser *p, const char *path, json_t *value, void *to)
{
	const char *s = read_text(p, path, value);
	char **id = to;

	if (!s)
		return;
	if (!is_id(s))
		mistake(p, path,
			"'%s' is not an id: lower-case letters, digits and "
			"dashes, a letter first, and not '" ALL_RULES "'",
			s);
	else
		*id = xstrdup(s);
}

static void read_message(struct parser *p, const char *path, json_t *value,
			 void *to)
{
	const char *s = read_text(p, path, value), *wrong;
	char **message = to;

	if (!s)
		return;
	wrong = message_check(s);
	if (wrong)
		mistake(p, path, "%.*s is not known; there are: %s",
			(int)strcspn(wrong, "} ") + 1, wrong, message_words);
	else
		*message = xstrdup(s);
}

static uint32_t attr_parse(const char *name)
{
	if (!strcmp(name, "__init"))
		return ATTR_INIT;
	if (!strcmp(name, "__exit"))
		return ATTR_EXIT;
	return 0;
}

static void read_attrs(struct parser *p, const char *path, json_t *value,
		       void *to)
{
	struct string_list names = { 0 };
	uint32_t *attrs = to;
	size_t i;

	read_texts(p, path, value, &names);
	for (i = 0; i < names.nr; i++) {
		*attrs |= attr_parse(names.item[i]);
		if (!attr_parse(names.item[i]))
			mistake(p, path,
				"'%s' is not an attribute; there are: __init, "
				"__exit",
				names.item[i]);
	}
	string_list_release(&names);
}

/* ---- severity ---- */

static void read_severity(struct parser *p, const char *path, json_t *value,
			  void *to)
{
	const char *s = read_text(p, path, value);

	if (s && severity_parse(s, to))
		mistake(p, path,
			"'%s' is not a severity; there are: note, warning, "
			"error",
			s);
}

#define SEVERITY(name, field, required)                                        \
	{                                                                      \
		name, read_severity, offsetof(struct rule, field), required    \
	}

static const struct member severity_members[] = {
	SEVERITY("default", severity, true),
	SEVERITY("same-bus", severity_same_bus, false),
	SEVERITY("transitive", severity_transitive, false),
	SEVERITY("cross-bus", severity_cross_bus, false),
	{ 0 },
};

static void spread_severity(struct rule *rule)
{
	rule->severity_same_bus = rule->severity;
	rule->severity_transitive = rule->severity;
	rule->severity_cross_bus = rule->severity;
}

/* A severity for all verdicts, or an object with one a verdict. */
static void read_severities(struct parser *p, const char *path, json_t *value,
			    void *to)
{
	const char *s = json_string_value(json_object_get(value, "default"));

	if (json_is_string(value)) {
		read_severity(p, path, value, to);
		spread_severity(p->rule);
		return;
	}
	if (!json_is_object(value)) {
		wrong_type(p, path, "a string or an object", value);
		return;
	}
	/* The default first, wherever it stands; a bad one is told below. */
	if (s && !severity_parse(s, &p->rule->severity))
		spread_severity(p->rule);
	read_object(p, path, value, severity_members);
}

/* ---- confidence ---- */

static void read_confidence(struct parser *p, const char *path, json_t *value,
			    void *to)
{
	const char *s = read_text(p, path, value);

	if (s && confidence_parse(s, to))
		mistake(p, path,
			"'%s' is not a confidence; there are: low, medium, "
			"high",
			s);
}

/* ---- from, to, except ---- */

static void read_source_kind(struct parser *p, const char *path, json_t *value,
			     void *to)
{
	const char *s = read_text(p, path, value);
	enum source_kind *kind = to;

	if (!s)
		return;
	if (!strcmp(s, "callback"))
		*kind = SOURCE_CALLBACK;
	else if (!strcmp(s, "any"))
		*kind = SOURCE_ANY;
	else
		mistake(p, path, "'%s' must be \"callback\" or \"any\"", s);
}

static void read_target_kind(struct parser *p, const char *path, json_t *value,
			     void *to)
{
	const char *s = read_text(p, path, value);
	enum target_kind *kind = to;

	if (!s)
		return;
	if (!strcmp(s, "registration"))
		*kind = TARGET_REGISTRATION;
	else if (!strcmp(s, "call"))
		*kind = TARGET_CALL;
	else
		mistake(p, path, "'%s' must be \"registration\" or \"call\"",
			s);
}

static void set_device_arg(struct parser *p, const char *path, json_t *value,
			   const char *name)
{
	struct rule *rule = p->rule;
	size_t i;

	if (!json_is_integer(value)) {
		wrong_type(p, path, "the number of an argument", value);
		return;
	}
	if (json_integer_value(value) < 0 || json_integer_value(value) > 255) {
		mistake(p, path, "must be from 0 to 255");
		return;
	}
	for (i = 0; i < rule->functions.nr; i++) {
		if (strcmp(rule->functions.item[i], name))
			continue;
		rule->device_arg[i] = json_integer_value(value);
		return;
	}
	mistake(p, path, "'%s' is not one of to.functions", name);
}

/* Read last: the names in it are those of to.functions. */
static void read_device_args(struct parser *p, const char *path, json_t *value)
{
	struct rule *rule = p->rule;
	const char *name;
	json_t *item;
	size_t i;

	if (!json_is_object(value)) {
		wrong_type(p, path, "an object", value);
		return;
	}
	rule->device_arg = xcalloc(rule->functions.nr + 1, sizeof(int));
	for (i = 0; i < rule->functions.nr; i++)
		rule->device_arg[i] = -1;
	json_object_foreach(value, name, item)
	{
		char *sub = join_path(path, name);

		set_device_arg(p, sub, item, name);
		free(sub);
	}
}

static void read_later(struct parser *p, const char *path, json_t *value,
		       void *to)
{
	(void)p, (void)path, (void)value, (void)to;
}

#define MEMBER(name, read, field, required)                                    \
	{                                                                      \
		name, read, offsetof(struct rule, field), required             \
	}

static const struct member from_members[] = {
	MEMBER("kind", read_source_kind, from, true),
	MEMBER("dispatch", read_slots, dispatch, false),
	MEMBER("callbacks", read_slots, callbacks, false),
	MEMBER("nested", read_functions, nested, false),
	{ 0 },
};

static const struct member to_members[] = {
	MEMBER("kind", read_target_kind, to, true),
	MEMBER("functions", read_functions, functions, true),
	MEMBER("device_argument", read_later, device_arg, false),
	MEMBER("undo", read_functions, undo, false),
	MEMBER("undoes", read_functions, undoes, false),
	{ 0 },
};

static const struct member except_members[] = {
	MEMBER("callers", read_functions, except_callers, false),
	MEMBER("callbacks", read_slots, except_callbacks, false),
	MEMBER("files", read_texts, except_files, false),
	MEMBER("tests", read_texts, except_tests, false),
	MEMBER("macros", read_functions, except_macros, false),
	MEMBER("attributes", read_attrs, except_attrs, false),
	{ 0 },
};

static void read_from(struct parser *p, const char *path, json_t *value,
		      void *to)
{
	(void)to;
	read_object(p, path, value, from_members);
}

static void read_to(struct parser *p, const char *path, json_t *value, void *to)
{
	json_t *args = json_object_get(value, "device_argument");

	(void)to;
	read_object(p, path, value, to_members);
	if (args)
		read_device_args(p, "to.device_argument", args);
}

static void read_except(struct parser *p, const char *path, json_t *value,
			void *to)
{
	(void)to;
	read_object(p, path, value, except_members);
}

static const struct member lock_members[] = {
	MEMBER("types", read_functions, locks, true),
	MEMBER("to_end", read_functions, locks_to_end, false),
	{ 0 },
};

static void read_locks(struct parser *p, const char *path, json_t *value,
		       void *to)
{
	(void)to;
	read_object(p, path, value, lock_members);
}

static const struct member members[] = {
	MEMBER("id", read_id, id, true),
	MEMBER("summary", read_string, summary, true),
	MEMBER("message", read_message, message, false),
	MEMBER("help", read_string, help, true),
	MEMBER("references", read_texts, references, false),
	MEMBER("enabled", read_bool, enabled, false),
	MEMBER("severity", read_severities, severity, true),
	MEMBER("confidence", read_confidence, confidence, false),
	MEMBER("from", read_from, from, true),
	MEMBER("to", read_to, to, true),
	MEMBER("except", read_except, except_attrs, false),
	MEMBER("barriers", read_functions, barriers, false),
	MEMBER("unlikely", read_functions, unlikely, false),
	MEMBER("locks", read_locks, locks, false),
	{ 0 },
};

/* ---- what one member asks of another ---- */

static void check_from(struct parser *p)
{
	const struct rule *rule = p->rule;
	size_t nr = rule->dispatch.nr + rule->callbacks.nr;

	if (rule->from == SOURCE_CALLBACK && !nr)
		mistake(p, "from",
			"a rule from callbacks needs fields in \"dispatch\" "
			"or \"callbacks\"");
	if (rule->from == SOURCE_ANY && nr + rule->nested.nr)
		mistake(p, "from",
			"\"dispatch\", \"callbacks\" and \"nested\" have no "
			"meaning in a rule from any function");
}

static void check_to(struct parser *p)
{
	const struct rule *rule = p->rule;

	if (!rule->functions.nr)
		mistake(p, "to.functions", "must not be empty");
	if (rule->to == TARGET_CALL && rule->undo.nr && !rule->device_arg)
		mistake(p, "to.undo",
			"has no meaning in a rule about calls without "
			"\"device_argument\"");
	if (rule->to == TARGET_CALL && rule->undoes.nr)
		mistake(p, "to.undoes", "has no meaning in a rule about calls");
	if (rule->to == TARGET_REGISTRATION && rule->device_arg)
		mistake(p, "to.device_argument",
			"has no meaning in a rule about registrations");
}

int rule_parse(struct rule *rule, const char *file, json_t *root,
	       struct strbuf *err)
{
	struct parser p = { .file = file, .rule = rule, .err = err };
	const char *id = json_string_value(json_object_get(root, "id"));

	memset(rule, 0, sizeof(*rule));
	rule->enabled = true;
	rule->confidence = CONFIDENCE_HIGH;
	if (id && *id && is_id(id))
		p.id = id;
	read_object(&p, "", root, members);
	/* Without mistakes so far: a misspelt member explains an empty list. */
	if (!p.failed) {
		check_from(&p);
		check_to(&p);
	}
	if (!p.failed)
		return 0;
	rule_release(rule);
	return -EINVAL;
}
