/* SPDX-License-Identifier: GPL-2.0-only */
/* Private to the report of a database: its configurations, side by side. */
#ifndef PROBEWALK_CMD_REPORT_WALK_H
#define PROBEWALK_CMD_REPORT_WALK_H

#include "report/report.h"

#include "cmd-check.h"

/* A configuration to be walked over. */
struct config_walk {
	uint32_t id;
	const char *name;
	uint32_t units; /* how much memory it takes goes by this */

	/* the walk's own */
	struct report part;
	struct strbuf err;
	int ret;
	bool taken;
};

/* What all graphs together may take, about; another number is for tests. */
extern uint32_t report_walk_megabytes;

/**
 * report_walk_configs() - everything the rules find in some configurations
 * @opt: for the walk; each thread opens ->db for itself
 * @store: the same, open
 * @list: configurations, with the first three members set
 * @nr: how many
 * @report: has its rules; gets what is found, unsorted and unfiltered
 * @err: gets what went wrong
 *
 * The outcome is that of one after another, in the order of the list.
 */
int report_walk_configs(const struct check_options *opt, struct store *store,
			struct config_walk *list, size_t nr,
			struct report *report, struct strbuf *err) __must_check;

/* One, into a report that may hold others. @name: NULL if it is known. */
int report_walk_config(const struct check_options *opt, struct store *store,
		       uint32_t config, const char *name, struct report *report,
		       struct strbuf *err) __must_check;

#endif
