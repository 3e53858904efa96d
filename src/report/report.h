/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Renderers: findings in, bytes out. Equal input gives equal bytes: no times,
 * no absolute paths, everything sorted.
 */
#ifndef PROBEWALK_REPORT_REPORT_H
#define PROBEWALK_REPORT_REPORT_H

#include <stdio.h>

#include "rules/finding.h"
#include "util/named.h"

/* A unit that was not analysed, or only partly. */
struct report_unit {
	char *file;
	char *config;
	const char *status; /* "errors", "failed", "crashed", "timeout",
			       "missing" */
	char *reason;
};

struct report {
	char *kernel; /* version, "" when unknown; "A, B" of several trees */
	struct string_list configs; /* sorted */
	uint32_t units; /* in all configurations */
	uint32_t units_ok;
	uint32_t units_with_errors; /* partly analysed */
	uint32_t units_failed; /* not analysed */
	struct report_unit *not_ok; /* sorted by file, then configuration */
	size_t nr_not_ok;
	/* functions that the rules depend on and that were not indexed: sorted
	 */
	struct string_list unseen;
	/* fields that too many functions are put into to follow them: sorted */
	struct string_list not_followed;
	/* functions with sites that more probes get to than are told of */
	uint32_t nr_cut;
	/* searches for ways that were given up */
	uint32_t nr_given_up;
	struct findings findings;
	/* With a baseline: whole sentences about entries that do not hold. */
	bool has_baseline;
	struct string_list baseline_unused, baseline_expired;
	size_t nr_hidden; /* findings left out for their confidence */
	struct rule_set rules; /* those that were run; findings point here */
};

struct report_format {
	struct named named; /* "text", "json", ... */
	/* Return: 0 or -errno (of writing). */
	int (*render)(const struct report *report, FILE *out);
};

extern const struct report_format report_text, report_json, report_sarif;

extern const struct named_list report_formats;

/* NULL for an unknown name. */
const struct report_format *report_format_find(const char *name);

/* How many findings have a severity, those that were accepted left out. */
size_t report_count(const struct report *report, enum severity severity);
/* How many findings a baseline holds. */
size_t report_accepted(const struct report *report);
void report_release(struct report *report);

#endif
