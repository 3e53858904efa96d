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
	const char *word;
	const char *value; /* the word after it that belongs to it, or NULL */
	bool ask; /* clang may not know it */
	bool dropped;
};

/* Hashes of the arguments up to a place, see struct parse_args. */
struct flag_hashes {
	uint64_t prefix_key, command_hash;
};

/**
 * flag_report_hashes() - where hashes of earlier arguments are kept
 * @args: arguments of a command
 * @known: gets the number of arguments at the beginning that are the same as
 *	   those of the command before it
 *
 * Commands differ near their end, so nearly all of the hashing is done already.
 *
 * Return: room for the hashes before each argument and behind the last; those
 * up to the one behind @known arguments are as they were left.
 */
struct flag_hashes *flag_report_hashes(struct flag_report *report,
				       const struct parse_args *args,
				       int *known);

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
