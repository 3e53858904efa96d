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
	bool listed; /* what is called was put into a list before */
	char *callee; /* as spelled at the site */
};

struct finding_guard {
	char *kind; /* "static-flag"; "parameter": set from outside */
	char *variable;
	char *file;
	uint32_t line;
	char *lock; /* variable of a lock held over test and call, or NULL */
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
	enum confidence confidence; /* that this is how it was added */
	const char *match; /* why: "name", "only-adder", "bus" */
	char *name; /* that the two have in common, or NULL */
};

enum qualifier_kind {
	/* an unlocked static flag or counter decides about the registration */
	QUALIFIER_ONCE_GUARD,
	QUALIFIER_NO_UNREGISTER, /* nothing unregisters the driver */
	/* a callback of the same outer driver does: place of the call */
	QUALIFIER_UNREGISTER_IN_REMOVE,
	/*
	 * The driver's struct is part of a device's state, or it is a static
	 * one that each device registers again.
	 */
	QUALIFIER_PER_INSTANCE,
	QUALIFIER_RETURN_IGNORED, /* nobody hears of a failure */
};

struct finding_qualifier {
	enum qualifier_kind kind;
	char *function, *file;
	uint32_t line;
	/*
	 * The variable of a guard; the field that holds the callback
	 * ("platform_driver.remove"); "allocated" or "static"; else NULL.
	 */
	char *detail;
};

/* Whether the machine hangs, as far as the source tells. */
enum hang {
	HANG_NOT_JUDGED, /* rules that have no buses to compare */
	HANG_CERTAIN, /* the new driver matches the very device that is locked
		       */
	/* only where matching takes the device lock, as dc23806a7c47 has it */
	HANG_LOCK_ENFORCED,
	HANG_NONE, /* no lock of the driver's bus is seen to be held */
	HANG_UNKNOWN, /* one of the two buses could not be inferred */
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
	/*
	 * VERDICT_TRANSITIVE; with VERDICT_CROSS_BUS one that is possible, of
	 * low confidence; else NULL
	 */
	struct finding_outer *outer;
	enum hang hang;
	struct finding_qualifier *qualifiers; /* by kind, then place */
	size_t nr_qualifiers;
	struct finding_guard *guards;
	size_t nr_guards;
	struct finding_unregister *unregisters;
	size_t nr_unregisters;
	/* the driver cannot be told from others: none found means nothing */
	bool unregister_unknown;
	struct string_list configs; /* sorted */
	char *message; /* one sentence, for text output */
	char *accepted; /* the reason, when a baseline holds it; else NULL */
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
 * configuration. Of a driver in allocated state ("priv->drv") the field counts,
 * and not how the function calls its pointer.
 */
uint64_t finding_hash(const struct finding *f);

/* What a finding's driver is known by in its id: "foo_driver", "->drv". */
const char *finding_driver_key(const struct finding *f);

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

const char *verdict_name(enum verdict verdict);
/*
 * How bad it is beside others: an unknown bus is as good as another one, until
 * somebody knows.
 */
int verdict_gravity(enum verdict verdict);
/* Return: 0, or -EINVAL for an unknown name. */
int verdict_parse(const char *name, enum verdict *verdict) __must_check;
const char *edge_name(enum edge_kind edge);
const char *qualifier_name(enum qualifier_kind kind);
const char *hang_name(enum hang hang);

#endif
