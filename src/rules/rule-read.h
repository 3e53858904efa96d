/* SPDX-License-Identifier: GPL-2.0-only */
/* Reading JSON by table, with every mistake told; for rule-parse.c. */
#ifndef PROBEWALK_RULES_RULE_READ_H
#define PROBEWALK_RULES_RULE_READ_H

#include <jansson.h>

#include "rules/rule.h"

struct parser {
	const char *file;
	const char *id; /* of the rule; NULL as long as it is not known */
	struct rule *rule;
	struct strbuf *err;
	bool failed;
};

/* A member: its name, the reader and where the reader puts what it reads. */
struct member {
	const char *name;
	void (*read)(struct parser *p, const char *path, json_t *value,
		     void *to);
	size_t offset; /* in struct rule */
	bool required;
};

/* Note a mistake of the member at @path; "" is the whole document. */
void mistake(struct parser *p, const char *path, const char *fmt, ...)
	__printf(3, 4);
void wrong_type(struct parser *p, const char *path, const char *wanted,
		const json_t *value);

/* Read an object by a table that ends in a member without a name. */
void read_object(struct parser *p, const char *path, json_t *object,
		 const struct member *members);

/* "from.dispatch"; to be freed. */
char *join_path(const char *path, const char *name);

/* A string that is not empty, or NULL with the mistake noted. */
const char *read_text(struct parser *p, const char *path, json_t *value);

/* Readers for tables: char *, bool, struct string_list. */
void read_string(struct parser *p, const char *path, json_t *value, void *to);
void read_bool(struct parser *p, const char *path, json_t *value, void *to);
void read_texts(struct parser *p, const char *path, json_t *value, void *to);
void read_functions(struct parser *p, const char *path, json_t *value,
		    void *to);
/* Fields, "bus_type.probe". */
void read_slots(struct parser *p, const char *path, json_t *value, void *to);

#endif
