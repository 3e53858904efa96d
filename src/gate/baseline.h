/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Findings that somebody has looked at and accepted, each with a reason and
 * perhaps a day after which it counts again. A JSON file that is kept in the
 * tree and read in review, so it is sorted, and an entry names what it is about
 * beside its id.
 */
#ifndef PROBEWALK_GATE_BASELINE_H
#define PROBEWALK_GATE_BASELINE_H

#include "report/report.h"

struct baseline_entry {
	uint64_t id; /* struct finding */
	/* for the reader, and for matching when the id has changed */
	char *rule;
	char *file, *probe; /* function and its file */
	char *registration; /* driver, or what is called */
	/*
	 * What was accepted is a finding of this verdict or a better one: a
	 * cross-bus registration that has become a same-bus one is news.
	 */
	enum verdict verdict;
	char *reason; /* never empty */
	char *expires; /* "2027-01-31", the last day it holds; or NULL */
	bool used; /* matched a finding */
};

struct baseline {
	struct baseline_entry *list; /* by rule, file, probe, registration, id
				      */
	size_t nr, alloc;
};

#define BASELINE_INIT                                                          \
	{                                                                      \
		0                                                              \
	}

/**
 * baseline_load() - read a baseline
 * @err: gets the file, the line or entry, what is wrong and the cure
 *
 * Return: 0 or -errno (-ENOENT, -EINVAL: not a baseline).
 */
int baseline_load(struct baseline *b, const char *path,
		  struct strbuf *err) __must_check;

/* Written beside and renamed; equal entries give equal bytes. NULL: stdout. */
int baseline_write(const struct baseline *b, const char *path,
		   struct strbuf *err) __must_check;

/**
 * baseline_apply() - set what was accepted of a list of findings
 * @findings: ->accepted of those that an entry holds for is set
 * @today: "2026-11-21"; an entry whose last day is before it does not hold
 * @expired: gets a sentence for each entry that matches a finding and does not
 *	     hold: its time is up, or the finding is worse than what was
 *accepted
 *
 * By id first. An entry that is left over then holds for a finding, left over
 * as well, that has its rule, probe, file and registration: the function that
 * the call stands in was renamed or split. One entry never holds for two.
 */
void baseline_apply(struct baseline *b, struct findings *findings,
		    const char *today, struct string_list *expired);

/* A sentence for each entry that matched nothing. */
void baseline_unused(const struct baseline *b, struct string_list *unused);

/* Entries, without reasons, for what a report found. */
void baseline_found(struct baseline *found, const struct findings *findings);

/**
 * baseline_found_json() - the same from a report written with --format json
 * Return: 0 or -errno (-EINVAL: not a report of this version).
 */
int baseline_found_json(struct baseline *found, const char *path,
			struct strbuf *err) __must_check;

/**
 * baseline_update() - make it that of a report
 * @found: what is found now; emptied
 * @reason: for entries that are new, or that have become worse
 * @expires: their last day, or NULL
 *
 * Entries that are still found keep their reasons and days; the others go.
 *
 * Return: how many are new or have become worse.
 */
size_t baseline_update(struct baseline *b, struct baseline *found,
		       const char *reason, const char *expires);

/* Is it a day, "2027-01-31"? */
bool baseline_is_day(const char *s);

void baseline_release(struct baseline *b);

#endif
