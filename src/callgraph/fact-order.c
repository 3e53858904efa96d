// SPDX-License-Identifier: GPL-2.0-only
/*
 * The order of facts within a function: by place, and where a macro makes
 * several things happen in one place, by what they say. Strings are compared as
 * such and never their numbers, which depend on what else a unit said.
 */
#include <string.h>

#include "callgraph/fact-order.h"

static int cmp_u32(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int cmp_string(const struct unit_facts *f, uint32_t a, uint32_t b)
{
	if (a == b)
		return 0;
	return strcmp(interner_get(&f->strings, a),
		      interner_get(&f->strings, b));
}

static int cmp_symbol(const struct unit_facts *f, uint32_t a, uint32_t b)
{
	const struct fact_symbol *x = &f->symbols[a], *y = &f->symbols[b];
	int ret;

	if (a == b)
		return 0;
	ret = cmp_string(f, x->name, y->name);
	if (!ret)
		ret = cmp_string(f, x->file, y->file);
	if (!ret)
		ret = cmp_u32(x->kind, y->kind);
	return ret ? ret : cmp_u32(x->is_static, y->is_static);
}

static int cmp_base(const struct unit_facts *f, const struct fact_value *a,
		    const struct fact_value *b)
{
	switch ((enum value_kind)a->kind) {
	case VALUE_GLOBAL:
	case VALUE_FUNC:
	case VALUE_CALL:
		return cmp_symbol(f, a->base, b->base);
	case VALUE_LOCAL:
	case VALUE_STRING:
		return cmp_string(f, a->base, b->base);
	case VALUE_PARAM:
	case VALUE_INT:
		return cmp_u32(a->base, b->base);
	case VALUE_NONE:
	case VALUE_RETURN:
	case VALUE_NULL:
		break;
	}
	return 0;
}

static int cmp_value(const struct unit_facts *f, const struct fact_value *a,
		     const struct fact_value *b)
{
	int ret = cmp_u32(a->kind, b->kind);

	if (!ret)
		ret = cmp_base(f, a, b);
	if (!ret)
		ret = cmp_string(f, a->path, b->path);
	return ret ? ret : cmp_u32(a->addr, b->addr);
}

static int cmp_args(const struct unit_facts *f, const struct fact_call *a,
		    const struct fact_call *b)
{
	const struct fact_arg *x = &f->args[a->first_arg];
	const struct fact_arg *y = &f->args[b->first_arg];
	int ret = cmp_u32(a->nr_args, b->nr_args);
	uint32_t i;

	for (i = 0; !ret && i < a->nr_args; i++) {
		ret = cmp_u32(x[i].pos, y[i].pos);
		if (!ret)
			ret = cmp_value(f, &x[i].value, &y[i].value);
		if (!ret)
			ret = cmp_u32(x[i].only, y[i].only);
	}
	return ret;
}

static int cmp_guards(const struct unit_facts *f, const struct fact_call *a,
		      const struct fact_call *b)
{
	const struct fact_guard *x = &f->guards[a->first_guard];
	const struct fact_guard *y = &f->guards[b->first_guard];
	int ret = cmp_u32(a->nr_guards, b->nr_guards);
	uint32_t i;

	for (i = 0; !ret && i < a->nr_guards; i++) {
		ret = cmp_u32(x[i].line, y[i].line);
		if (!ret)
			ret = cmp_symbol(f, x[i].symbol, y[i].symbol);
		if (!ret)
			ret = cmp_u32(x[i].kind, y[i].kind);
	}
	return ret;
}

static int cmp_conds(const struct unit_facts *f, const struct fact_call *a,
		     const struct fact_call *b)
{
	const struct fact_cond *x = &f->conds[a->first_cond];
	const struct fact_cond *y = &f->conds[b->first_cond];
	int ret = cmp_u32(a->nr_conds, b->nr_conds);
	uint32_t i;

	for (i = 0; !ret && i < a->nr_conds; i++) {
		ret = cmp_u32(x[i].param, y[i].param);
		if (!ret)
			ret = cmp_u32(x[i].kind, y[i].kind);
		if (!ret)
			ret = cmp_u32(x[i].value, y[i].value);
		if (!ret)
			ret = cmp_u32(x[i].or_next, y[i].or_next);
	}
	return ret;
}

int fact_cmp_calls(const struct unit_facts *f, const struct fact_call *a,
		   const struct fact_call *b)
{
	int ret = cmp_string(f, a->file, b->file);

	if (!ret)
		ret = cmp_u32(a->line, b->line);
	if (!ret)
		ret = cmp_u32(a->col, b->col);
	if (!ret)
		ret = cmp_value(f, &a->target, &b->target);
	if (!ret)
		ret = cmp_string(f, a->macro, b->macro);
	if (!ret)
		ret = cmp_args(f, a, b);
	if (!ret)
		ret = cmp_guards(f, a, b);
	if (!ret)
		ret = cmp_conds(f, a, b);
	return ret ? ret : cmp_u32(a->result_ignored, b->result_ignored);
}

int fact_cmp_assigns(const struct unit_facts *f, const struct fact_assign *a,
		     const struct fact_assign *b)
{
	int ret = cmp_string(f, a->file, b->file);

	if (!ret)
		ret = cmp_u32(a->line, b->line);
	if (!ret)
		ret = cmp_u32(a->col, b->col);
	if (!ret)
		ret = cmp_string(f, a->slot, b->slot);
	if (!ret)
		ret = cmp_u32(a->index, b->index);
	if (!ret)
		ret = cmp_u32(a->kind, b->kind);
	if (!ret)
		ret = cmp_value(f, &a->lhs, &b->lhs);
	return ret ? ret : cmp_value(f, &a->rhs, &b->rhs);
}
