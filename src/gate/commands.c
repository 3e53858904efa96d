// SPDX-License-Identifier: GPL-2.0-only
#include "gate/commands.h"

void command_plan_init(struct command_plan *plan)
{
	u64map_init(&plan->adds);
	u64map_init(&plan->drops);
	plan->notes = (struct string_list){ 0 };
}

void command_plan_release(struct command_plan *plan)
{
	u64map_release(&plan->adds);
	u64map_release(&plan->drops);
	string_list_release(&plan->notes);
}

void commands_plan(struct compdb *db, const char *tree,
		   const struct patch_set *set, struct command_plan *plan)
{
	(void)db;
	(void)tree;
	(void)set;
	(void)plan;
}
