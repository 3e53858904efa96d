/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the files that make a report of a database. */
#ifndef PROBEWALK_CMD_REPORT_H
#define PROBEWALK_CMD_REPORT_H

#include "gate/baseline.h"

#include "cmd-check.h"

struct store;

/**
 * report_from_database() - what the rules find, and how much was looked at
 * @opt: database, configurations
 * @report: has its rules; all else is filled, findings sorted and unfiltered
 * @err: gets what went wrong
 *
 * Return: 0 or -errno.
 */
int report_from_database(const struct check_options *opt, struct report *report,
			 struct strbuf *err) __must_check;

/**
 * report_add_config() - what `check` tells of a configuration
 * @config: its name
 * @report: has its rules, and maybe findings of other configurations; gets
 *	    those of this one that are as sure as is asked for
 */
int report_add_config(struct store *store, const struct check_options *opt,
		      const char *config, struct report *report,
		      struct strbuf *err) __must_check;

/* The rules that are to be run. @err: every mistake, a line each. */
int report_load_rules(struct rule_set *set, const struct check_options *opt,
		      struct strbuf *err) __must_check;

/* Leave out what is less sure than was asked for, and count it. */
void report_filter(struct report *report, const struct check_options *opt);

/* A message for each line. */
void report_print_error(const struct strbuf *err);

/* "2026-11-21": the day by which baselines are judged. */
const char *report_today(void);

/* Warn of each; a report in text says it itself. */
void report_warn_baseline(const struct string_list *unused,
			  const struct string_list *expired);

#endif
