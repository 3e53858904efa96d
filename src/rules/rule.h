/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A rule as data: rules.d/ID.json, documented in Documentation/rules.md. A rule
 * says where a walk starts, what it must not reach, and what is let off.
 */
#ifndef PROBEWALK_RULES_RULE_H
#define PROBEWALK_RULES_RULE_H

#include <stdbool.h>
#include <stddef.h>

#include "util/strbuf.h"

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

/* How a rule's `to` names what must not be reached. */
enum target_kind {
	/*
	 * A call that hands a driver to @functions, directly or through any
	 * function that passes its own parameter on (inferred): the site is the
	 * call that names the driver.
	 */
	TARGET_REGISTRATION,
	/* A call of one of @functions. */
	TARGET_CALL,
};

/* Where a walk starts. */
enum source_kind {
	/*
	 * Functions that @dispatch fields hold, and those that the functions
	 * held there dispatch to through a field of a driver struct (inferred).
	 */
	SOURCE_CALLBACK,
	/* Every function that is not reached from @except_callers. */
	SOURCE_ANY,
};

struct string_list {
	char **item;
	size_t nr;
};

struct rule {
	char *id;
	char *summary; /* one sentence: what is wrong */
	char *help; /* how to mend */
	struct string_list references;

	enum source_kind from;
	struct string_list dispatch; /* "bus_type.probe", "device_driver.probe" */

	enum target_kind to;
	struct string_list functions; /* "driver_register" */

	struct string_list except_callers; /* functions whose calls are fine */
	struct string_list barriers; /* functions the walk does not enter */

	enum severity severity; /* default */
	enum severity severity_same_bus;
	enum severity severity_transitive;
	enum severity severity_cross_bus;
};

struct rule_set {
	struct rule *rules; /* ordered by id */
	size_t nr;
};

/**
 * rule_set_load() - read all rules of a directory, or one file
 * @set: filled
 * @path: directory (its *.json files) or file
 * @err: gets every mistake found, a line each, as "file:line:col: message" for
 *	 syntax and "file: rule ID: member: message" for content
 *
 * Unknown members, duplicates, wrong types and missing members are errors.
 *
 * Return: 0, -ENOENT, -EINVAL or another -errno.
 */
int rule_set_load(struct rule_set *set, const char *path, struct strbuf *err)
	__must_check;
void rule_set_release(struct rule_set *set);

const char *severity_name(enum severity severity);
/* Return: 0, or -EINVAL for an unknown name. */
int severity_parse(const char *name, enum severity *severity) __must_check;

#endif
