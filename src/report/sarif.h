/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * SARIF 2.1.0, for whatever tells of findings: the report of check and that of
 * the gate differ in what stands beside a finding.
 */
#ifndef PROBEWALK_REPORT_SARIF_H
#define PROBEWALK_REPORT_SARIF_H

#include <stdio.h>

#include <jansson.h>

#include "rules/finding.h"

/* What a result says beside its finding; all of it may be NULL. */
struct sarif_result {
	const struct finding *finding;
	const char *message; /* NULL: that of the finding */
	const char *baseline_state; /* "new", "absent", "updated" */
	/* Shown here instead of at the registration. */
	const char *file;
	uint32_t line;
};

struct sarif_log {
	json_t *root, *run, *results, *notifications;
	const struct rule_set *rules;
	bool complete;
};

/**
 * sarif_begin() - a log without results
 * @log: overwritten; sarif_end() frees what it holds
 * @rules: those that were run; outlive the log
 */
void sarif_begin(struct sarif_log *log, const struct rule_set *rules);

/**
 * sarif_add() - one more result
 * @log: log
 * @result: only read; what is said of it is copied
 */
void sarif_add(struct sarif_log *log, const struct sarif_result *result);

/**
 * sarif_notify() - what the reader has to know beside the results
 * @log: log
 * @level: "warning" when something was left out, "note"
 * @text: a whole sentence
 * @file: what it is about, or NULL
 */
void sarif_notify(struct sarif_log *log, const char *level, const char *text,
		  const char *file);

/* Write it, and release it. Return: 0 or -EIO. */
int sarif_end(struct sarif_log *log, FILE *out);

#endif
