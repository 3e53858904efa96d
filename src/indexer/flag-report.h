/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What flags.c and flag-report.c share: the flags of one command, and the
 * question which of them clang knows.
 */
#ifndef PROBEWALK_INDEXER_FLAG_REPORT_H
#define PROBEWALK_INDEXER_FLAG_REPORT_H

#include <stdbool.h>

#include "indexer/flags.h"

struct flag {
	char *word;
	char *value; /* the word after it that belongs to it, or NULL */
	bool ask; /* clang may not know it */
	bool dropped;
};

/**
 * flag_report_filter() - find the flags of one command that clang rejects
 * @report: what was learned so far
 * @target: the --target argument, or NULL for this machine: an -m flag may be
 *	    good for one target only
 * @flags: those with ->ask are looked at, and ->dropped is set
 * @nr: how many
 */
void flag_report_filter(struct flag_report *report, const char *target,
			struct flag *flags, int nr);

#endif
