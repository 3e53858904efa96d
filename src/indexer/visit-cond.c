// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conditions on parameters under which a call is made.
 *
 * What a parameter is that its function never changes holds from one end of the
 * function to the other, so a condition once tested holds for all that can only
 * be got to by passing the test. Control also comes in by labels and cases:
 * they end what was tested before them. What cannot be read for certain is no
 * condition.
 */
#include <string.h>

#include "indexer/visit-cond.h"

void add_cond(struct visit *v, const struct param_ref *ref, enum cond_kind kind,
	      uint32_t value)
{
	ALLOC_GROW(v->conds, v->nr_conds + 1, v->alloc_conds);
	v->conds[v->nr_conds++] = (struct visit_cond){
		.cond = { .kind = kind, .param = ref->index, .value = value },
		.decl = ref->decl,
		.copy = ref->copy,
		.or_next = true,
	};
}

/* `p & MASK` */
static bool add_mask(struct visit *v, CXCursor left, CXCursor right, bool truth)
{
	struct param_ref ref;
	uint32_t mask;

	if (!(param_of(v, left, &ref) && small_const(v, right, &mask)) &&
	    !(param_of(v, right, &ref) && small_const(v, left, &mask)))
		return false;
	add_cond(v, &ref, truth ? COND_SET : COND_CLEAR, mask);
	return true;
}

/* `p == 1`, and `(p & MASK) == 0`. */
static bool add_comparison(struct visit *v, CXCursor side, CXCursor with,
			   bool equal)
{
	struct param_ref ref;
	uint32_t value;
	struct test t;

	if (param_of(v, side, &ref)) {
		if (!comparand(v, with, &value))
			return false;
		add_cond(v, &ref, equal ? COND_EQ : COND_NE, value);
		return true;
	}
	if (clang_getCursorKind(bare(v, side)) != CXCursor_BinaryOperator)
		return false;
	t = read_test(v, side, true);
	return !strcmp(t.op, "&") && small_const(v, with, &value) && !value &&
	       add_mask(v, t.left, t.right, !equal);
}

static bool add_literal(struct visit *v, const struct test *t)
{
	struct param_ref ref;
	bool equal;

	if (!t->op[0]) {
		if (!param_of(v, t->expr, &ref))
			return false;
		add_cond(v, &ref, t->truth ? COND_NE : COND_EQ, 0);
		return true;
	}
	if (!strcmp(t->op, "&"))
		return add_mask(v, t->left, t->right, t->truth);
	if (strcmp(t->op, "==") && strcmp(t->op, "!="))
		return false;
	equal = (t->op[0] == '=') == t->truth;
	return add_comparison(v, t->left, t->right, equal) ||
	       add_comparison(v, t->right, t->left, equal);
}

/* Both parts hold: `a && b` is true, or `a || b` is not. */
static bool is_both(const struct test *t)
{
	return !strcmp(t->op, t->truth ? "&&" : "||");
}

static bool is_either(const struct test *t)
{
	return !strcmp(t->op, t->truth ? "||" : "&&");
}

/* One condition of several parts; false when some part is none. */
static bool add_parts(struct visit *v, CXCursor expr, bool truth)
{
	struct test t = read_test(v, expr, truth);

	if (is_either(&t))
		return add_parts(v, t.left, t.truth) &&
		       add_parts(v, t.right, t.truth);
	return add_literal(v, &t);
}

void end_parts(struct visit *v, uint32_t first, bool ok)
{
	if (!ok)
		v->nr_conds = first;
	else if (v->nr_conds > first)
		v->conds[v->nr_conds - 1].or_next = false;
}

void push_cond(struct visit *v, CXCursor expr, bool truth)
{
	uint32_t first = v->nr_conds;
	struct test t;

	if (!v->params.nr)
		return;
	t = read_test(v, expr, truth);
	if (is_both(&t)) {
		push_cond(v, t.left, t.truth);
		push_cond(v, t.right, t.truth);
		return;
	}
	end_parts(v, first, add_parts(v, t.expr, t.truth));
}

void push_left_cond(struct visit *v, CXCursor left, CXCursor right)
{
	char op[4];

	if (!v->params.nr)
		return;
	operator_text(v, left, right, op);
	if (!strcmp(op, "&&") || !strcmp(op, "||"))
		push_cond(v, left, op[0] == '&');
}

void push_exit_cond(struct visit *v, CXCursor stmt)
{
	struct kids kids = kids_of(v, stmt);
	bool truth = false, ok = false;

	if (v->params.nr && kids.nr == 2) {
		ok = ends_in_jump(v, kid(v, kids, 1));
	} else if (v->params.nr && kids.nr == 3) {
		/* the other branch goes on, and may be jumped into */
		truth = ends_in_jump(v, kid(v, kids, 2));
		ok = truth != ends_in_jump(v, kid(v, kids, 1)) &&
		     !has_entry(v, kid(v, kids, truth ? 1 : 2));
	}
	if (ok)
		push_cond(v, kid(v, kids, 0), truth);
	kids_drop(v, kids);
}

void end_conds(struct visit *v, uint32_t from)
{
	for (; from < v->nr_conds; from++)
		v->conds[from].over = true;
}

/* ---- of calls ---- */

void add_conds(struct visit *v, struct fact_call *fact)
{
	struct unit_facts *f = v->facts;
	uint32_t i;

	fact->first_cond = f->nr_conds;
	for (i = 0; i < v->nr_conds; i++) {
		const struct visit_cond *c = &v->conds[i];

		if (c->over)
			continue;
		ALLOC_GROW(f->conds, f->nr_conds + 1, f->alloc_conds);
		ALLOC_GROW(v->sources, v->nr_sources + 1, v->alloc_sources);
		f->conds[f->nr_conds] = c->cond;
		f->conds[f->nr_conds++].or_next = c->or_next;
		v->sources[v->nr_sources++] = *c;
	}
	fact->nr_conds = f->nr_conds - fact->first_cond;
}

static bool is_changed(const struct visit *v, const struct visit_cond *c)
{
	return u64map_get(&v->changed, c->decl) ||
	       (c->copy && u64map_get(&v->changed, c->copy));
}

/* Those of a call that hold to the end; returns how many. */
static uint32_t keep_conds(struct visit *v, const struct visit_cond *sources,
			   uint32_t from, uint32_t nr, uint32_t to)
{
	struct fact_cond *conds = v->facts->conds;
	uint32_t kept = to, i, first = to;
	bool ok = true;

	for (i = 0; i < nr; i++) {
		bool ends = !sources[i].or_next;

		ok &= !is_changed(v, &sources[i]);
		conds[kept++] = conds[from + i];
		if (!ends)
			continue;
		if (!ok)
			kept = first;
		first = kept;
		ok = true;
	}
	return kept - to;
}

void keep_unchanged_conds(struct visit *v, uint32_t first_call)
{
	struct unit_facts *f = v->facts;
	uint32_t i, to, base;

	if (v->nr_sources) {
		base = to = f->nr_conds - v->nr_sources;
		for (i = first_call; i < f->nr_calls; i++) {
			struct fact_call *c = &f->calls[i];

			c->nr_conds = keep_conds(
				v, v->sources + (c->first_cond - base),
				c->first_cond, c->nr_conds, to);
			c->first_cond = to;
			to += c->nr_conds;
		}
		f->nr_conds = to;
	}
	v->nr_sources = 0;
}
