// SPDX-License-Identifier: GPL-2.0-only
/* Constants that functions are given: see given.h. */
#include <string.h>

#include "rules/given.h"

/* How often a constant is handed on from where it first says something. */
enum { MAX_HANDED_ON = 3 };

void givens_init(struct givens *givens, const struct graph *g,
		 const uint8_t *matters)
{
	memset(givens, 0, sizeof(*givens));
	givens->g = g;
	givens->matters = matters;
	u64map_init(&givens->known);
	u64map_init(&givens->forbidding);
	ALLOC_GROW(givens->list, 1, givens->alloc);
	givens->list[givens->nr++] = (struct given_list){ 0, 0 };
}

void givens_release(struct givens *givens)
{
	free(givens->params);
	free(givens->list);
	u64map_release(&givens->known);
	u64map_release(&givens->forbidding);
	memset(givens, 0, sizeof(*givens));
}

/* ---- conditions ---- */

static bool is_false(const struct graph_cond *c, int64_t value)
{
	if (value == GIVEN_OBJECT)
		return c->kind == COND_EQ && !c->value;
	switch ((enum cond_kind)c->kind) {
	case COND_EQ:
		return value != c->value;
	case COND_NE:
		return value == c->value;
	case COND_SET:
		return !(value & c->value);
	case COND_CLEAR:
		return value & c->value;
	}
	return false;
}

static const struct given_param *param_of(const struct givens *givens,
					  uint32_t given, uint32_t param)
{
	const struct given_list *list = &givens->list[given];
	uint32_t i;

	for (i = 0; i < list->nr; i++)
		if (givens->params[list->first + i].param == param)
			return &givens->params[list->first + i];
	return NULL;
}

/* What makes a condition of a call false, or NULL when none needs to be. */
static const struct given_param *find_cause(const struct givens *givens,
					    uint32_t given, uint32_t call)
{
	struct graph_cond_range conds;
	const struct given_param *first = NULL;
	bool all_false = true;
	uint32_t i;

	if (given == NO_GIVEN)
		return NULL;
	conds = graph_conds(givens->g, graph_call(givens->g, call));
	for (i = 0; i < conds.nr; i++) {
		const struct graph_cond *c = &conds.first[i];
		const struct given_param *p = param_of(givens, given, c->param);

		all_false = all_false && p && is_false(c, p->value);
		if (!first)
			first = p;
		if (c->or_next)
			continue;
		if (all_false)
			return first;
		all_false = true;
		first = NULL;
	}
	return NULL;
}

bool givens_allow(const struct givens *givens, uint32_t given, uint32_t call)
{
	return !find_cause(givens, given, call);
}

bool givens_forbid(const struct givens *givens, uint32_t given, uint32_t call,
		   struct given_param *cause)
{
	const struct given_param *found = find_cause(givens, given, call);

	if (found)
		*cause = *found;
	return found;
}

/* ---- arguments ---- */

/* The parameter that is handed on as it came, if it is that. */
static bool is_handed_on(const struct graph *g, uint32_t caller,
			 const struct graph_arg *arg)
{
	const struct graph_symbol *sym = graph_symbol(g, caller);

	return arg->only && arg->value.kind == VALUE_PARAM &&
	       !arg->value.addr && !*graph_string(g, arg->value.path) &&
	       !sym->ambiguous && !(sym->attrs & attr_changed(arg->value.base));
}

/* The address of something that there is, and not by way of a pointer. */
static bool is_object(const struct graph *g, const struct graph_value *v)
{
	switch ((enum value_kind)v->kind) {
	case VALUE_STRING:
		return true;
	case VALUE_GLOBAL:
	case VALUE_FUNC:
		/* what is only declared may be weak, and not there */
		if (!graph_symbol(g, v->base)->defined)
			return false;
		/* fall through */
	case VALUE_LOCAL:
		return v->addr && !strpbrk(graph_string(g, v->path), "><*[");
	default:
		return false;
	}
}

static bool argument(const struct givens *givens, uint32_t given,
		     uint32_t caller, const struct graph_arg *arg,
		     int64_t *value)
{
	const struct given_param *own;

	if (!arg->only)
		return false;
	switch (arg->value.kind) {
	case VALUE_INT:
		*value = arg->value.base;
		return true;
	case VALUE_NULL:
		*value = 0;
		return true;
	case VALUE_PARAM:
		if (given == NO_GIVEN || !is_handed_on(givens->g, caller, arg))
			return false;
		own = param_of(givens, given, arg->value.base);
		if (own)
			*value = own->value;
		return own;
	default:
		*value = GIVEN_OBJECT;
		return is_object(givens->g, &arg->value);
	}
}

/* ---- what forbids something ---- */

static bool call_matters(const struct givens *givens,
			 const struct graph_call *c)
{
	return !givens->matters || c->target.kind != VALUE_FUNC ||
	       givens->matters[c->target.base];
}

static bool forbids(struct givens *givens, uint32_t fn, uint32_t param,
		    int64_t value, int depth);

static bool forbids_call(struct givens *givens, const struct graph_call *c,
			 uint32_t param, int64_t value, int depth)
{
	struct graph_cond_range conds = graph_conds(givens->g, c);
	struct graph_arg_range args = graph_args(givens->g, c);
	uint32_t i;

	for (i = 0; i < conds.nr; i++)
		if (conds.first[i].param == param &&
		    is_false(&conds.first[i], value))
			return true;
	for (i = 0; i < args.nr && depth < MAX_HANDED_ON; i++)
		if (c->target.kind == VALUE_FUNC &&
		    args.first[i].value.base == param &&
		    is_handed_on(givens->g, c->caller, &args.first[i]) &&
		    forbids(givens, c->target.base, args.first[i].pos, value,
			    depth + 1))
			return true;
	return false;
}

/* Does it make any difference in a function, or in what that hands it to? */
static bool forbids(struct givens *givens, uint32_t fn, uint32_t param,
		    int64_t value, int depth)
{
	struct graph_call_range calls = graph_calls_from(givens->g, fn);
	uint64_t key = hash64_u64((uint64_t)fn << 16 | param << 2 | depth,
				  hash64_u64(value, 0));
	uint32_t known = u64map_get(&givens->forbidding, key), i;
	bool ret = false;

	if (known)
		return known == 2;
	for (i = 0; i < calls.nr && !ret; i++)
		ret = call_matters(givens, &calls.first[i]) &&
		      forbids_call(givens, &calls.first[i], param, value,
				   depth);
	u64map_put(&givens->forbidding, key, ret ? 2 : 1);
	return ret;
}

/* The list that was put behind the others: a new one, or there already. */
static uint32_t finish(struct givens *givens, uint32_t first)
{
	uint32_t nr = givens->nr_params - first, known, i;
	uint64_t key = nr;

	if (!nr)
		return NO_GIVEN;
	for (i = first; i < first + nr; i++)
		key = hash64_u64(givens->params[i].value,
				 hash64_u64(givens->params[i].param, key));
	known = u64map_get(&givens->known, key);
	if (known) {
		givens->nr_params = first;
		return known;
	}
	u64map_put(&givens->known, key, givens->nr);
	ALLOC_GROW(givens->list, (size_t)givens->nr + 1, givens->alloc);
	givens->list[givens->nr] = (struct given_list){ first, nr };
	return givens->nr++;
}

uint32_t givens_enter(struct givens *givens, uint32_t given,
		      const struct edge *e)
{
	const struct graph_call *c = graph_call(givens->g, e->call);
	struct graph_arg_range args = graph_args(givens->g, c);
	uint32_t first = givens->nr_params, i;
	int64_t value;

	/* a callback is given what its caller has, not what stands here */
	if (e->kind == EDGE_CALLBACK)
		return NO_GIVEN;
	for (i = 0; i < args.nr; i++) {
		const struct graph_arg *arg = &args.first[i];

		if (!argument(givens, given, e->caller, arg, &value) ||
		    !forbids(givens, e->callee, arg->pos, value, 0))
			continue;
		ALLOC_GROW(givens->params, (size_t)givens->nr_params + 1,
			   givens->alloc_params);
		givens->params[givens->nr_params++] =
			(struct given_param){ arg->pos, value };
	}
	return finish(givens, first);
}
