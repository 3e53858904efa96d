/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the files that make a report of a database. */
#ifndef PROBEWALK_CMD_REPORT_H
#define PROBEWALK_CMD_REPORT_H

#include "cmd-check.h"

/**
 * report_from_database() - what the rules find, and how much was looked at
 * @opt: database, configurations
 * @report: has its rules; all else is filled, findings sorted and unfiltered
 * @err: gets what went wrong
 */
int report_from_database(const struct check_options *opt, struct report *report,
			 struct strbuf *err) __must_check;

#endif
