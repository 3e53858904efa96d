// SPDX-License-Identifier: GPL-2.0-only
/* What a rule says must not be reached, less what it lets off. */
#include <string.h>

#include "rules/analysis.h"

static bool is_let_off(const struct analysis *a, uint32_t call)
{
	const struct graph_call *c = graph_call(a->g, call);
	const struct rule *rule = a->rule;
	const char *file = graph_string(a->g, c->file);

	return string_list_has(&rule->except_macros,
			       graph_string(a->g, c->macro)) ||
	       string_list_has(&rule->except_callers,
			       graph_name(a->g, c->caller)) ||
	       rule_file_matches(&rule->except_files, file) ||
	       rule_file_matches(&rule->except_tests, file);
}

static void add_target(struct analysis *a, uint32_t call,
		       const struct site *site)
{
	if (is_let_off(a, call))
		return;
	ALLOC_GROW(a->targets, a->nr_targets + 1, a->alloc_targets);
	a->targets[a->nr_targets++] = (struct target){ call, site };
}

static void find_calls(struct analysis *a)
{
	uint32_t i;
	size_t f;

	for (f = 0; f < a->rule->functions.nr; f++) {
		uint32_t fn = graph_find_symbol(a->g, SYMBOL_FUNC,
						a->rule->functions.item[f]);
		struct graph_list calls = graph_calls_to(a->g, fn);

		for (i = 0; i < calls.nr; i++)
			add_target(a, calls.first[i], NULL);
	}
}

static int by_call(const void *x, const void *y)
{
	const struct target *a = x, *b = y;

	if (a->call != b->call)
		return a->call < b->call ? -1 : 1;
	/* sites stand in one array, in order */
	return a->site < b->site ? -1 : a->site > b->site;
}

void targets_find(struct analysis *a)
{
	uint32_t i;

	switch (a->rule->to) {
	case TARGET_REGISTRATION:
		for (i = 0; i < a->regs->nr_sites; i++)
			add_target(a, a->regs->sites[i].call,
				   &a->regs->sites[i]);
		break;
	case TARGET_CALL:
		find_calls(a);
		break;
	}
	if (a->nr_targets)
		qsort(a->targets, a->nr_targets, sizeof(*a->targets), by_call);
}

uint32_t targets_in(const struct analysis *a, uint32_t fn,
		    const struct target **first)
{
	struct graph_call_range calls = graph_calls_from(a->g, fn);
	uint32_t lo = 0, hi = a->nr_targets, nr = 0, from;

	*first = NULL;
	if (!calls.nr)
		return 0;
	from = graph_call_number(a->g, calls.first);
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (a->targets[mid].call < from)
			lo = mid + 1;
		else
			hi = mid;
	}
	*first = a->targets + lo;
	while (lo + nr < a->nr_targets &&
	       a->targets[lo + nr].call - from < calls.nr)
		nr++;
	return nr;
}
