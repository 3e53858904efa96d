/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to the planning of commands.
 *
 *   commands.c       what becomes of each file of the patch
 *   commands-copy.c  a command made from another file's
 *   commands-make.c  what Makefiles bring in, throw out, and give flags to
 *   commands-config.c  what options bring in
 */
#ifndef PROBEWALK_GATE_COMMANDS_INTERNAL_H
#define PROBEWALK_GATE_COMMANDS_INTERNAL_H

#include "gate/commands.h"
#include "gate/makefile.h"

struct planner {
	struct compdb *db;
	const char *tree;
	const struct patch_set *set;
	struct command_plan *plan;
	size_t nr; /* commands of the database; behind them stand new ones */
	bool *gone; /* of them */
};

/* ---- commands.c ---- */

/* Path of a command's source relative to the tree; NULL: outside. */
const char *plan_file(const struct planner *p, size_t nr);

/* The text of a file as the patch leaves it, or as it is in the tree. */
int plan_read(const struct planner *p, const char *file,
	      struct strbuf *text) __must_check;
int plan_read_old(const struct planner *p, const char *file,
		  struct strbuf *text) __must_check;
bool plan_exists(const struct planner *p, const char *file);
void plan_note(struct planner *p, const char *fmt, ...) __printf(2, 3);

/* All commands of a file. */
void plan_drop(struct planner *p, const char *file);

/**
 * plan_bring_in() - make a unit of a file that is none
 * @far: a command of another directory will do if there is none in its own
 */
void plan_bring_in(struct planner *p, const char *file, bool far);

/* ---- commands-copy.c ---- */

/* The command to take after, or db->nr when there is none. */
size_t copy_sibling(const struct planner *p, const char *file, bool far);

/* Add the @from-th command made into one for @file. */
void copy_command(struct planner *p, size_t from, const char *file);

/**
 * copy_with_flags() - put a command with other flags in the place of one
 * @add: words behind the others, NULL-terminated
 * @remove: words that go
 */
void copy_with_flags(struct planner *p, size_t nr, char *const *add,
		     char *const *remove);

/* ---- commands-make.c ---- */

bool make_is_makefile(const char *file);
void make_plan(struct planner *p, const struct change *change);

/* The Makefile of a directory, as the patch leaves it. */
void make_read_dir(const struct planner *p, const char *dir,
		   struct makefile *m);

/* All that an object of a directory is made of, "x.o" or "sub/". */
void make_bring_in(struct planner *p, const char *dir, const struct makefile *m,
		   const char *object, bool far, int depth);

/* ---- commands-config.c ---- */

bool config_is_kconfig(const char *file);
void config_plan(struct planner *p, const struct change *change);

#endif
