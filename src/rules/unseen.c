// SPDX-License-Identifier: GPL-2.0-only
/* Functions a rule depends on and that are not in the database. */
#include <string.h>

#include "rules/analysis.h"
#include "rules/slot.h"
#include "rules/unseen.h"
#include "rules/walker.h"

struct unseen {
	const struct graph *g;
	const struct driver_model *model;
	struct u64map types; /* record string + 1 -> 1 a driver's, 2 not */
	struct string_list *names;
};

static bool is_defined(const struct graph *g, const char *name)
{
	struct graph_list list = graph_symbols_named(g, name);
	uint32_t i;

	for (i = 0; i < list.nr; i++)
		if (graph_symbol(g, list.first[i])->defined)
			return true;
	return false;
}

static void targets_unseen(struct unseen *u, const struct rule *rule)
{
	size_t i;

	/*
	 * A call is seen whether or not its callee is. When the database has
	 * none of them, though, the rule is misspelt or looks at nothing.
	 */
	for (i = 0; rule->to == TARGET_CALL && i < rule->functions.nr; i++)
		if (graph_symbols_named(u->g, rule->functions.item[i]).nr)
			return;
	for (i = 0; i < rule->functions.nr; i++)
		if (!is_defined(u->g, rule->functions.item[i]))
			string_list_add(u->names, rule->functions.item[i]);
}

/* Is a variable a driver's struct: one that holds the driver core's? */
static bool is_driver(struct unseen *u, const struct graph_symbol *var)
{
	uint64_t key = (uint64_t)var->type + 1;
	const char *type = graph_string(u->g, var->type);
	struct strbuf path = STRBUF_INIT;
	uint32_t known = u64map_get(&u->types, key);

	if (!known && *type) {
		known = !strcmp(type, u->model->driver) ||
					slot_embedded(u->g, type,
						      u->model->driver, &path)
				? 1
				: 2;
		u64map_put(&u->types, key, known);
		strbuf_release(&path);
	}
	return known == 1;
}

static bool is_handed_driver(struct unseen *u, const struct graph_call *c)
{
	struct graph_arg_range args = graph_args(u->g, c);
	uint32_t i;

	for (i = 0; i < args.nr; i++) {
		const struct graph_value *v = &args.first[i].value;

		if (v->kind == VALUE_GLOBAL && v->addr &&
		    !*graph_string(u->g, v->path) &&
		    is_driver(u, graph_symbol(u->g, v->base)))
			return true;
	}
	return false;
}

static bool takes_driver(struct unseen *u, uint32_t fn)
{
	struct graph_list calls = graph_calls_to(u->g, fn);
	uint32_t i;

	for (i = 0; i < calls.nr; i++)
		if (is_handed_driver(u, graph_call(u->g, calls.first[i])))
			return true;
	return false;
}

static void callees_unseen(struct unseen *u)
{
	uint32_t i;

	for (i = 0; i < graph_nr_symbols(u->g); i++)
		if (!graph_symbol(u->g, i)->defined && takes_driver(u, i))
			string_list_add(u->names, graph_name(u->g, i));
}

void walker_unseen(struct walker *w, const struct rule *rule,
		   struct string_list *names)
{
	struct shared_model *model = walker_model(w, rule);
	struct unseen u = { .g = w->g, .model = &model->model, .names = names };

	targets_unseen(&u, rule);
	/* the same for all rules with this model */
	if (!u.model->driver || model->told_unseen)
		return;
	model->told_unseen = true;
	u64map_init(&u.types);
	callees_unseen(&u);
	u64map_release(&u.types);
}
