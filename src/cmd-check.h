/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Checking a database, as the commands do it that end in a report: the options
 * they share, and the work from the database to the last byte of the report.
 */
#ifndef PROBEWALK_CMD_CHECK_H
#define PROBEWALK_CMD_CHECK_H

#include <stdbool.h>

#include "report/report.h"

struct check_options {
	const char *db;
	struct string_list configs; /* by name; empty: all */
	const char *rules; /* directory or file; NULL: rule_dir_find() */
	struct string_list only; /* ids; empty: all rules that are enabled */
	const struct report_format *format;
	const char *baseline; /* file of accepted findings, or NULL */
	const char *output; /* NULL: standard output */
	enum confidence min_confidence;
	enum severity threshold; /* exit status 1 from here on */
	bool no_threshold; /* findings do not count for the exit status */
	uint32_t nr_paths; /* that a finding shows */
	bool include_tests; /* do not pass over test code */
};

/* The options of struct check_options, for a table of getopt_long(). */
enum check_option {
	CHECK_OPT_RULES = 0x1000,
	CHECK_OPT_RULE,
	CHECK_OPT_FORMAT,
	CHECK_OPT_MIN_CONFIDENCE,
	CHECK_OPT_SEVERITY,
	CHECK_OPT_INCLUDE_TESTS,
	CHECK_OPT_ALL_PATHS,
	CHECK_OPT_BASELINE,
};

#define CHECK_SHORT_OPTIONS "o:"
/* clang-format off */
#define CHECK_LONG_OPTIONS                                                     \
	{ "rules", required_argument, NULL, CHECK_OPT_RULES },                 \
	{ "rule", required_argument, NULL, CHECK_OPT_RULE },                   \
	{ "format", required_argument, NULL, CHECK_OPT_FORMAT },               \
	{ "output", required_argument, NULL, 'o' },                            \
	{ "min-confidence", required_argument, NULL,                           \
	  CHECK_OPT_MIN_CONFIDENCE },                                          \
	{ "severity", required_argument, NULL, CHECK_OPT_SEVERITY },           \
	{ "fail-on", required_argument, NULL, CHECK_OPT_SEVERITY },            \
	{ "all-paths", required_argument, NULL, CHECK_OPT_ALL_PATHS },         \
	{ "baseline", required_argument, NULL, CHECK_OPT_BASELINE },           \
	{ "include-tests", no_argument, NULL, CHECK_OPT_INCLUDE_TESTS }
/* clang-format on */

/* Their part of a command's help. */
extern const char check_options_help[];

void check_options_init(struct check_options *opt);
void check_options_release(struct check_options *opt);

/**
 * check_option_set() - take one option
 * @cmd: name of the command, for messages
 * @opt: options
 * @which: 'o' or an enum check_option
 * @value: its value, or NULL
 *
 * Return: 0, or EXIT_USAGE with the mistake printed.
 */
int check_option_set(const char *cmd, struct check_options *opt, int which,
		     const char *value);

/**
 * check_try() - would a check get as far as the walk?
 * @opt: options; the database is not looked at
 *
 * For a command that works for long before it checks: a rule with a mistake and
 * a report that cannot be written are told at once.
 *
 * Return: 0, or EXIT_USAGE with the mistakes printed.
 */
int check_try(const struct check_options *opt);

/**
 * check_and_report() - walk the rules over a database and write the report
 * @opt: options
 *
 * Prints what goes wrong.
 *
 * Return: enum exit_status.
 */
int check_and_report(const struct check_options *opt);

#endif
