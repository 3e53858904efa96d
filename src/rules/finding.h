/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a rule found, complete: a renderer sees this and nothing else, so every
 * string in it is plain text and every path is relative to the tree.
 */
#ifndef PROBEWALK_RULES_FINDING_H
#define PROBEWALK_RULES_FINDING_H

#include <stdbool.h>
#include <stdint.h>

#include "util/hash.h"

#include "rules/rule.h"

enum confidence { CONFIDENCE_LOW, CONFIDENCE_MEDIUM, CONFIDENCE_HIGH };

enum verdict {
	VERDICT_SAME_BUS,
	VERDICT_TRANSITIVE,
	VERDICT_CROSS_BUS,
	VERDICT_UNKNOWN_BUS, /* one of the two buses could not be inferred */
	VERDICT_REACHED, /* rules that have no buses to compare */
};

/* A driver: the variable as a reader would write it, and where it stands. */
struct finding_driver {
	char *name; /* "foo_driver", "drivers[2]", "priv->drv"; NULL unknown */
	char *file; /* of the variable; NULL when it is not one */
	uint32_t line;
	char *bus; /* variable name of the bus type, or NULL */
};

struct finding_probe {
	char *function, *file;
	uint32_t line; /* of the definition */
	char *slot; /* field that makes it a callback: "platform_driver.probe"
		     */
	struct finding_driver driver;
};

struct finding_registration {
	char *callee; /* as spelled at the site */
	char *function; /* the one the call stands in */
	char *file;
	uint32_t line, col;
	struct finding_driver driver;
};

enum edge_kind {
	EDGE_DIRECT, /* direct call */
	EDGE_POINTER, /* call through a function pointer */
	EDGE_CALLBACK, /* passed to a function that calls it */
};

/* A hop: in @function, at @file:@line, @callee is called. */
struct finding_hop {
	char *function, *file;
	uint32_t line, col;
	enum edge_kind edge;
	char *callee; /* as spelled at the site */
};

struct finding_guard {
	char *kind; /* "static-flag" */
	char *variable;
	char *file;
	uint32_t line;
};

/*
 * Where the driver is unregistered. A finding whose driver has a name and that
 * has none of these says that nothing unregisters it.
 */
struct finding_unregister {
	char *function, *file;
	uint32_t line;
};

/*
 * The outer chain that makes a finding transitive: a callback on the bus that
 * the driver is registered for, and the calls from there to the one that adds
 * the device whose probe the finding is about.
 */
struct finding_outer {
	struct finding_probe probe;
	struct finding_hop *path; /* first in @probe, last adds the device */
	size_t nr_path;
};

/* Another way from the probe to the registration, no shorter than the first. */
struct finding_path {
	struct finding_hop *hops;
	size_t nr;
};

struct finding {
	uint64_t id; /* stable under line moves */
	const struct rule *rule;
	enum severity severity;
	enum confidence confidence;
	enum verdict verdict;
	struct finding_probe probe;
	struct finding_registration registration;
	struct finding_hop
		*path; /* first in the probe, last the registration */
	size_t nr_path;
	struct finding_path *other_paths; /* when asked for: see walk.h */
	size_t nr_other_paths;
	struct finding_outer *outer; /* VERDICT_TRANSITIVE, else NULL */
	struct finding_guard *guards;
	size_t nr_guards;
	struct finding_unregister *unregisters;
	size_t nr_unregisters;
	/* the driver cannot be told from others: none found means nothing */
	bool unregister_unknown;
	struct string_list configs; /* sorted */
	char *message; /* one sentence, for text output */
};

struct findings {
	struct finding *list; /* ordered by rule, probe file, line, id */
	size_t nr, alloc;
	struct u64map by_id; /* place in the list + 1, until it is sorted */
};

#define FINDINGS_INIT                                                          \
	{                                                                      \
		0                                                              \
	}

/**
 * finding_hash() - the stable id of a finding
 * @f: complete finding
 *
 * Over the rule, the probe and its file, the function and file of the site and
 * the driver's name (where no driver is named: what is called); no line, no
 * configuration.
 */
uint64_t finding_hash(const struct finding *f);

void finding_release(struct finding *f);
/**
 * findings_add() - append a finding, or merge it with one that has its id
 * @list: where to
 * @f: complete finding but for its id, which is set; its members move into
 *     @list
 *
 * Of two with the same id the one with the better confidence stays as it is,
 * then the one with the graver severity, then the shorter path; configurations
 * are united. The outcome does not depend on the order of adding.
 */
void findings_add(struct findings *list, struct finding *f);
void findings_sort(struct findings *list);
void findings_release(struct findings *list);

const char *confidence_name(enum confidence confidence);
int confidence_parse(const char *name,
		     enum confidence *confidence) __must_check;
const char *verdict_name(enum verdict verdict);
const char *edge_name(enum edge_kind edge);

#endif
