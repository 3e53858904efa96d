// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reading JSON by table: a table an object says which members there are and how
 * each is read. A reader that meets something wrong says so and reads on, so
 * that one run shows every mistake. Jansson keeps no positions of values, hence
 * messages name the member and not a line.
 */
#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#include "rules/rule-read.h"

void mistake(struct parser *p, const char *path, const char *fmt, ...)
{
	va_list ap;

	strbuf_addf(p->err, "%s: ", p->file);
	if (p->id)
		strbuf_addf(p->err, "rule %s: ", p->id);
	if (*path)
		strbuf_addf(p->err, "%s: ", path);
	va_start(ap, fmt);
	strbuf_vaddf(p->err, fmt, ap);
	va_end(ap);
	strbuf_addch(p->err, '\n');
	p->failed = true;
}

static const char *type_name(const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return "an object";
	case JSON_ARRAY:
		return "a list";
	case JSON_STRING:
		return "a string";
	case JSON_INTEGER:
	case JSON_REAL:
		return "a number";
	case JSON_TRUE:
	case JSON_FALSE:
		return "a boolean";
	case JSON_NULL:
		return "null";
	}
	return "something else";
}

void wrong_type(struct parser *p, const char *path, const char *wanted,
		const json_t *value)
{
	mistake(p, path, "must be %s and is %s", wanted, type_name(value));
}

static const struct member *find_member(const struct member *members,
					const char *name)
{
	for (; members->name; members++)
		if (!strcmp(members->name, name))
			return members;
	return NULL;
}

static void unknown_member(struct parser *p, const char *path,
			   const struct member *members)
{
	struct strbuf known = STRBUF_INIT;

	for (; members->name; members++)
		strbuf_addf(&known, "%s%s", known.len ? ", " : "",
			    members->name);
	mistake(p, path, "unknown member; there are: %s", known.buf);
	strbuf_release(&known);
}

char *join_path(const char *path, const char *name)
{
	return xasprintf("%s%s%s", path, *path ? "." : "", name);
}

void read_object(struct parser *p, const char *path, json_t *object,
		 const struct member *members)
{
	const struct member *m;
	const char *name;
	json_t *value;
	char *sub;

	if (!json_is_object(object)) {
		wrong_type(p, path, "an object", object);
		return;
	}
	json_object_foreach(object, name, value)
	{
		sub = join_path(path, name);
		m = find_member(members, name);
		if (m)
			m->read(p, sub, value, (char *)p->rule + m->offset);
		else
			unknown_member(p, sub, members);
		free(sub);
	}
	for (m = members; m->name; m++) {
		if (!m->required || json_object_get(object, m->name))
			continue;
		sub = join_path(path, m->name);
		mistake(p, sub, "this member is missing");
		free(sub);
	}
}

const char *read_text(struct parser *p, const char *path, json_t *value)
{
	const char *s = json_string_value(value);

	if (!s)
		wrong_type(p, path, "a string", value);
	else if (!*s)
		mistake(p, path, "must not be empty");
	return s && *s ? s : NULL;
}

void read_string(struct parser *p, const char *path, json_t *value, void *to)
{
	const char *s = read_text(p, path, value);
	char **string = to;

	if (s)
		*string = xstrdup(s);
}

void read_bool(struct parser *p, const char *path, json_t *value, void *to)
{
	if (json_is_boolean(value))
		*(bool *)to = json_is_true(value);
	else
		wrong_type(p, path, "true or false", value);
}

/* ---- lists of names ---- */

static bool is_word(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (!isalnum((unsigned char)s[i]) && s[i] != '_')
			return false;
	return len && !isdigit((unsigned char)s[0]);
}

static bool is_function(const char *s)
{
	return is_word(s, strlen(s));
}

/* "record.field"; a field of a nameless record is "record::outer.field". */
static bool is_slot(const char *s)
{
	const char *dot = strchr(s, '.');
	size_t rec = strcspn(s, ":.");

	return dot && is_word(s, rec) && is_function(dot + 1);
}

static bool is_text(const char *s)
{
	return *s;
}

static void read_list(struct parser *p, const char *path, json_t *value,
		      struct string_list *list, bool (*fits)(const char *s),
		      const char *what)
{
	json_t *item;
	size_t i;

	if (!json_is_array(value)) {
		wrong_type(p, path, "a list of strings", value);
		return;
	}
	json_array_foreach(value, i, item)
	{
		char *sub = xasprintf("%s[%zu]", path, i);
		const char *s = read_text(p, sub, item);

		if (s && !fits(s))
			mistake(p, sub, "'%s' is not %s", s, what);
		else if (s && string_list_has(list, s))
			mistake(p, sub, "'%s' is listed twice", s);
		else if (s)
			string_list_add(list, s);
		free(sub);
	}
}

void read_texts(struct parser *p, const char *path, json_t *value, void *to)
{
	read_list(p, path, value, to, is_text, "a text");
}

void read_functions(struct parser *p, const char *path, json_t *value, void *to)
{
	read_list(p, path, value, to, is_function, "the name of a function");
}

void read_slots(struct parser *p, const char *path, json_t *value, void *to)
{
	read_list(p, path, value, to, is_slot,
		  "a field, such as \"bus_type.probe\"");
}
