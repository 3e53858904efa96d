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
	char *rule, *probe, *registration, *file; /* for the reader, and for
						     matching when the id has
						     changed */
	char *reason;
	char *expires; /* "2027-01-31", the last day it holds; or NULL */
	bool used; /* matched a finding */
};

struct baseline {
	struct baseline_entry *list; /* by rule, file, probe, id */
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
 * Return: 0 or -errno (-EINVAL: not a baseline).
 */
int baseline_load(struct baseline *b, const char *path,
		  struct strbuf *err) __must_check;

/* Written beside and renamed; equal entries give equal bytes. */
int baseline_write(const struct baseline *b, const char *path,
		   struct strbuf *err) __must_check;

/**
 * baseline_find() - whether a finding was accepted
 * @today: "2026-11-21"; an entry whose last day is before it does not hold
 *
 * Marks the entry as used. Return: the entry, or NULL.
 */
const struct baseline_entry *baseline_find(struct baseline *b,
					   const struct finding *f,
					   const char *today);

/**
 * baseline_update() - make it that of a report
 * @reason: for entries that are new
 *
 * Entries that are still found stay as they are, with their reasons and days;
 * the others go.
 */
void baseline_update(struct baseline *b, const struct report *report,
		     const char *reason);

void baseline_release(struct baseline *b);

#endif
