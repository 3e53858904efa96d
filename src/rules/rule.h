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
#include "util/string-list.h"

#include "indexer/facts.h"

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };
enum confidence { CONFIDENCE_LOW, CONFIDENCE_MEDIUM, CONFIDENCE_HIGH };

/* How a rule's `to` names what must not be reached. */
enum target_kind {
	/*
	 * A call that hands a driver to @functions, directly or through any
	 * function that passes its own parameter on (inferred): the site is the
	 * call that names the driver.
	 */
	TARGET_REGISTRATION,
	/*
	 * A call of one of @functions. An inline function of a header may be
	 * named, a static one of a C file may not: there, a name says nothing.
	 */
	TARGET_CALL,
};

/* Where a walk starts. */
enum source_kind {
	/*
	 * Functions that @dispatch fields hold, and those that the functions
	 * held there dispatch to through a field of a driver struct (inferred);
	 * and functions that @callbacks fields hold, with nothing inferred.
	 */
	SOURCE_CALLBACK,
	/*
	 * Every function but those of @except_callers, those that
	 * @except_callbacks fields hold, and what only these reach.
	 */
	SOURCE_ANY,
};

/*
 * The exceptions let a finding off when any of them says so:
 *   except_callers	the site stands in such a function; with SOURCE_ANY
 *			also when only such functions lead there
 *   except_callbacks	SOURCE_ANY: the same for what such a field holds
 *   except_files	the file of the site matches (rule_file_matches())
 *   except_tests	the same for the file of the site or of the start
 *   except_macros	the site is spelled as such a macro
 *   except_attrs	the start, or a function on the path, has such an
 *			attribute
 */
struct rule {
	char *id;
	char *summary; /* one sentence: what is wrong */
	/* the same of one finding, with {start} and so on; NULL: made up */
	char *message;
	char *help; /* how to mend */
	struct string_list references;
	bool enabled; /* run when no rule is asked for by name */

	enum source_kind from;
	struct string_list
		dispatch; /* "bus_type.probe", "device_driver.probe" */
	struct string_list callbacks; /* "component_ops.bind" */
	/*
	 * Functions that make the driver core start another walk of this kind
	 * for another device ("device_add"): never entered, but joined with
	 * what that walk finds, for the verdict "transitive".
	 */
	struct string_list nested;

	enum target_kind to;
	struct string_list functions; /* "driver_register" */
	/*
	 * Which argument of functions.item[N], from 0, names the device (or the
	 * bus whose devices are meant), or -1: a call whose argument is
	 * provably not the device that the walk started for is let off. NULL
	 * when no function has one.
	 */
	int *device_arg;
	/*
	 * What takes it back: "driver_unregister". With TARGET_CALL, a call of
	 * one of these for the same device lets off those that come after it
	 * in the function: "device_unlock".
	 */
	struct string_list undo;
	/*
	 * The other way round, "driver_register": a function that calls these
	 * with the same driver only takes back what it did itself when it
	 * fails, so a call of it is no target.
	 */
	struct string_list undoes;

	struct string_list except_callers; /* functions whose calls are fine */
	struct string_list except_callbacks; /* "bus_type.dma_configure" */
	struct string_list except_files; /* patterns: "drivers/acpi/" */
	struct string_list except_tests; /* patterns: "*_kunit.c" */
	struct string_list except_macros; /* "request_module_nowait" */
	uint32_t except_attrs; /* enum def_attr: ATTR_INIT, ATTR_EXIT */
	struct string_list barriers; /* functions the walk does not enter */
	struct string_list unlikely; /* a way through these is not sure */
	/* A static flag that one of these is held over is no race. */
	struct string_list locks; /* struct types: "mutex" */
	struct string_list locks_to_end; /* macros: hold until the return */

	/* No finding is surer than this. */
	enum confidence confidence;
	enum severity severity; /* default */
	enum severity severity_same_bus;
	enum severity severity_transitive;
	enum severity severity_cross_bus;
};

/* No rule has this id: it stands for all of them. */
#define ALL_RULES "all"

struct rule_set {
	struct rule *rules; /* ordered by id */
	size_t nr;
};

#define RULE_SET_INIT                                                          \
	{                                                                      \
		0                                                              \
	}

/**
 * rule_set_load() - read all rules of a directory, or one file
 * @set: filled
 * @path: directory (its *.json files) or file
 * @err: gets every mistake found, a line each, as "file:line:col: message" for
 *	 syntax and "file: rule ID: member: message" for content
 *
 * Unknown members, duplicates, wrong types and missing members are errors.
 *
 * Return: 0, -ENOENT, -EINVAL or another -errno; @set is empty on failure.
 */
int rule_set_load(struct rule_set *set, const char *path,
		  struct strbuf *err) __must_check;
void rule_release(struct rule *rule);
void rule_set_release(struct rule_set *set);

/**
 * rule_file_matches() - does a file match a list of patterns?
 * @patterns: @except_files or @except_tests of a rule
 * @file: path relative to the tree
 *
 * A pattern that ends in a slash is a directory with all below it; any other is
 * a shell pattern over the whole path in which * also matches a slash.
 */
bool rule_file_matches(const struct string_list *patterns, const char *file);

const char *severity_name(enum severity severity);
/* Return: 0, or -EINVAL for an unknown name. */
int severity_parse(const char *name, enum severity *severity) __must_check;
const char *confidence_name(enum confidence confidence);
/* Return: 0, or -EINVAL for an unknown name. */
int confidence_parse(const char *name,
		     enum confidence *confidence) __must_check;

#endif
