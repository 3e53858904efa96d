// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rules that start nowhere: every target is a finding, unless nothing gets
 * there but what the rule lets off.
 */
#include "rules/analysis.h"
#include "rules/slot.h"

struct excepted {
	struct analysis *a;
	uint8_t *state; /* by symbol: 0 unknown, 1 in work or not, 2 excepted */
	bool all;
};

static bool is_excepted(struct excepted *x, uint32_t fn);

static int caller_excepted(const struct edge *e, void *data)
{
	struct excepted *x = data;

	x->all = x->all && is_excepted(x, e->caller);
	return !x->all;
}

/* Let off: named by the rule, or reached from nothing but what is. */
static bool is_excepted(struct excepted *x, uint32_t fn)
{
	struct excepted inner = *x;
	struct graph_list uses;

	if (x->state[fn])
		return x->state[fn] == 2;
	x->state[fn] = 1;
	uses = graph_calls_to(x->a->g, fn);
	inner.all = uses.nr > 0;
	edges_to(x->a->edges, x->a->g, fn, caller_excepted, &inner);
	if (inner.all)
		x->state[fn] = 2;
	return inner.all;
}

static void except_callback(const struct slot_use *use, void *data)
{
	struct excepted *x = data;

	x->state[use->fn] = 2;
}

static void find_excepted(struct excepted *x)
{
	const struct rule *rule = x->a->rule;
	uint32_t i, slot;
	size_t n;

	for (n = 0; n < rule->except_callers.nr; n++) {
		struct graph_list list = graph_symbols_named(
			x->a->g, rule->except_callers.item[n]);

		for (i = 0; i < list.nr; i++)
			x->state[list.first[i]] = 2;
	}
	for (n = 0; n < rule->except_callbacks.nr; n++) {
		slot = graph_find_string(x->a->g,
					 rule->except_callbacks.item[n]);
		if (slot != UINT32_MAX)
			slot_functions(x->a->r, slot, except_callback, x);
	}
}

/* Every target stands for itself, unless only the excepted get there. */
void walk_any(struct analysis *a)
{
	struct excepted x = { .a = a };
	const struct trace here = { 0 };
	uint32_t i;

	x.state = xcalloc(graph_nr_symbols(a->g), 1);
	find_excepted(&x);
	for (i = 0; i < a->nr_targets; i++) {
		uint32_t fn = graph_call(a->g, a->targets[i].call)->caller;

		if (!is_excepted(&x, fn))
			walk_add_finding(a, NULL, fn, &here, &a->targets[i]);
	}
	free(x.state);
}
