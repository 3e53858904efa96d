/* SPDX-License-Identifier: GPL-2.0-only */
/* The index run over a small tree, and what it left in the database. */
#ifndef PROBEWALK_TESTS_INDEX_RUN_H
#define PROBEWALK_TESTS_INDEX_RUN_H

#include "indexer/index-internal.h"

#include "small-tree.h"

/* u0.c to u5.c */
enum { NR = 6 };

/* inc/ and the units, the same for each test; goes with tree_remove(). */
int index_tree_make(void **state);
/* A unit of the tree, with @more in the middle of it. */
void write_unit(int i, const char *more);

void add_command(struct compdb *db, const char *file, const char *flag);
/* Those of all units. */
void add_commands(struct compdb *db);

struct result {
	struct index_summary sum;
	struct strbuf err;
	int ret;
};

extern const struct index_options usual;

/* What is not in @more is as usual. */
struct result run_with(const struct compdb *db,
		       const struct index_options *more);
void result_release(struct result *r);
/* Run and compare the counts that matter; the test fails with @name. */
void expect(const struct compdb *db, const char *name, uint32_t parsed,
	    uint32_t fresh, uint32_t removed);
/* Whatever comes of it. */
void run_only(const struct compdb *db, const char *name);

/* A line a unit: "u0.c STATUS DETAIL". */
void stored(struct strbuf *out);
void expect_stored(const char *line);
/* Do something to the database that a run left. */
void change_store(int (*change)(struct store *store, uint32_t config));
/* So: another program made it; how the files looked is not known. */
int forget_tool(struct store *store, uint32_t config);
int forget_files(struct store *store, uint32_t config);

/* For parses that are put in the place of the real one. */
bool is_file(const char *path, const char *name);
/* As if the user had ended the run at u2.c. */
int stop_on_u2(struct unit_parser *p, const char *dir, const char *file,
	       const struct parse_args *args, const char *pch,
	       struct unit_facts *facts);

#endif
