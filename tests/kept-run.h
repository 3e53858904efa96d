/* SPDX-License-Identifier: GPL-2.0-only */
/* Runs with prefix headers that an earlier run has left: what they parsed. */
#ifndef PROBEWALK_TESTS_KEPT_RUN_H
#define PROBEWALK_TESTS_KEPT_RUN_H

#include "index-run.h"

/* How many units were parsed, and with what. */
struct counts {
	uint32_t parsed, with_prefix, with_kept, built;
};

/* One unit: with a prefix header that was kept, and without. */
extern const struct counts kept, exact;

/* Another content of inc/a.h, which is in the prefix header. */
extern const char new_a[];

/* The database has the facts of an exact parse of all as it is now. */
void same_as_exact(const struct compdb *db, const char *name);

void check_counts(const struct result *r, const char *name,
		  struct counts should);

/* Both, and nothing is left behind. */
void run_and_count(const struct compdb *db, const struct index_options *opt,
		   const char *name, struct counts should);

/* Another text of a unit, which uses what the prefix header holds. */
void edit(int unit, int nr);

/* All units, into an empty database. */
void first_run(struct compdb *db);

/* Half of the commands are gone, and with them the need for a new prefix. */
void keep_three(struct compdb *db);

/* Those of first_run(). */
void release_all(struct compdb *db);

/* For change_store(): there is none any more; there is one. */
int expect_none(struct store *store, uint32_t config);
int expect_one(struct store *store, uint32_t config);

#endif
