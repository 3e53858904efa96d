/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a patch makes of the commands of a configuration: files that come, go,
 * are renamed, and flags that a Makefile gives them. kbuild is not asked, for
 * the patched Makefiles are a stranger's: their words are read, and where that
 * is not enough it is said.
 */
#ifndef PROBEWALK_GATE_COMMANDS_H
#define PROBEWALK_GATE_COMMANDS_H

#include "gate/patch.h"
#include "indexer/compdb.h"
#include "util/string-list.h"

struct command_plan {
	/* Of paths relative to the tree, see struct index_overlay_options. */
	struct u64map adds, drops;
	struct string_list notes; /* whole sentences */
};

/**
 * command_plan_init() - a plan that changes nothing
 * @plan: overwritten; command_plan_release() may follow at once
 */
void command_plan_init(struct command_plan *plan);

/**
 * command_plan_release() - free what a plan holds
 * @plan: initialised; to be initialised again before it is used again
 */
void command_plan_release(struct command_plan *plan);

/**
 * commands_plan() - change commands as a patch would
 * @db: commands of one configuration
 * @tree: absolute path of the tree
 * @set: patch
 * @plan: initialised; added to
 */
void commands_plan(struct compdb *db, const char *tree,
		   const struct patch_set *set, struct command_plan *plan);

#endif
