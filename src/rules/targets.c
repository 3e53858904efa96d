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

static void add_target(struct analysis *a, const struct target *target)
{
	if (is_let_off(a, target->call))
		return;
	ALLOC_GROW(a->targets, a->nr_targets + 1, a->alloc_targets);
	a->targets[a->nr_targets++] = *target;
}

/* The same place, as it is written: nothing is resolved. */
static bool passes(const struct analysis *a, const struct graph_call *c,
		   uint8_t pos, const struct graph_value *value)
{
	struct graph_arg_range args = graph_args(a->g, c);
	uint32_t i;

	for (i = 0; i < args.nr; i++) {
		const struct graph_value *v = &args.first[i].value;

		if (args.first[i].pos == pos && v->kind == value->kind &&
		    v->addr == value->addr && v->base == value->base &&
		    v->path == value->path)
			return true;
	}
	return false;
}

/*
 * Is the lock that a call takes one that its function has just let go? Then
 * the call only restores what was (azx_remove() in sound/pci/hda).
 */
static bool is_undone(const struct analysis *a, uint32_t call, int device_arg)
{
	const struct graph_call *c = graph_call(a->g, call);
	struct graph_call_range all = graph_calls_from(a->g, c->caller);
	struct graph_arg_range args = graph_args(a->g, c);
	uint32_t i, k;

	for (i = 0; i < all.nr && &all.first[i] != c; i++) {
		if (all.first[i].target.kind != VALUE_FUNC ||
		    !string_list_has(&a->rule->undo,
				     graph_name(a->g,
						all.first[i].target.base)))
			continue;
		for (k = 0; k < args.nr; k++)
			if (args.first[k].pos == device_arg &&
			    passes(a, &all.first[i], device_arg,
				   &args.first[k].value))
				return true;
	}
	return false;
}

static void add_calls_to(struct analysis *a, uint32_t fn, int device_arg)
{
	struct graph_list calls = graph_calls_to(a->g, fn);
	uint32_t i;

	for (i = 0; i < calls.nr; i++) {
		struct target target = {
			.call = calls.first[i],
			.device_arg = device_arg,
		};

		if (device_arg < 0 || !is_undone(a, target.call, device_arg))
			add_target(a, &target);
	}
}

bool target_is_meant(const struct graph *g, uint32_t fn)
{
	const struct graph_symbol *sym = graph_symbol(g, fn);
	const char *file = graph_string(g, sym->file);
	size_t len = strlen(file);

	return sym->kind == SYMBOL_FUNC &&
	       (!sym->is_static || (len > 2 && !strcmp(file + len - 2, ".h")));
}

static void find_calls(struct analysis *a)
{
	const struct rule *rule = a->rule;
	struct graph_list list;
	uint32_t i;
	size_t f;

	for (f = 0; f < rule->functions.nr; f++) {
		list = graph_symbols_named(a->g, rule->functions.item[f]);
		for (i = 0; i < list.nr; i++)
			if (target_is_meant(a->g, list.first[i]))
				add_calls_to(a, list.first[i],
					     rule->device_arg
						     ? rule->device_arg[f]
						     : -1);
	}
}

/*
 * A call of what registers drivers and on failure unregisters what it
 * registered, in a rule about those that are unregistered.
 */
static bool undoes_itself(const struct analysis *a, const struct site *site)
{
	const struct registrar *reg = &a->regs->list[site->registrar];
	uint32_t i;

	for (i = 0; a->undoes && i < a->undoes->nr; i++)
		if (a->undoes->list[i].fn == reg->fn &&
		    a->undoes->list[i].param == reg->param)
			return true;
	return false;
}

/* What unregisters says no bus; what registered the same driver does. */
static uint32_t registered_bus(const struct analysis *a,
			       const struct site *site)
{
	uint32_t i;

	for (i = 0; i < a->undoes->nr_sites; i++) {
		const struct site *other = &a->undoes->sites[i];

		if (other->bus != GRAPH_NONE &&
		    place_equal(&other->driver, &site->driver))
			return other->bus;
	}
	return GRAPH_NONE;
}

static void copy_sites(struct analysis *a)
{
	uint32_t i;

	a->sites = xcalloc(a->regs->nr_sites + 1, sizeof(*a->sites));
	for (i = 0; i < a->regs->nr_sites; i++) {
		a->sites[i] = a->regs->sites[i];
		if (a->sites[i].bus == GRAPH_NONE &&
		    a->sites[i].driver.kind == VALUE_GLOBAL)
			a->sites[i].bus = registered_bus(a, &a->sites[i]);
	}
}

static void find_sites(struct analysis *a)
{
	const struct site *sites = a->regs->sites;
	uint32_t i;

	if (a->undoes) {
		copy_sites(a);
		sites = a->sites;
	}
	for (i = 0; i < a->regs->nr_sites; i++) {
		struct target target = {
			.call = sites[i].call,
			.site = &sites[i],
			.device_arg = -1,
		};

		if (!undoes_itself(a, target.site))
			add_target(a, &target);
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
	switch (a->rule->to) {
	case TARGET_REGISTRATION:
		find_sites(a);
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
