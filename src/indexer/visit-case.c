// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a case says of the parameter that the switch decides by: it is one of
 * the values of the case, or for default none of the others. Control that falls
 * in from the case before, or by a label, knows nothing of the kind.
 */
#include "indexer/visit-cond.h"

void switch_begin(struct visit *v, CXCursor value, struct switch_conds *old)
{
	struct param_ref ref;

	*old = v->in_switch;
	v->in_switch = (struct switch_conds){ .first = v->nr_conds };
	if (v->params.nr && param_of(v, value, &ref)) {
		v->in_switch.known = true;
		v->in_switch.param = ref.index;
		v->in_switch.decl = ref.decl;
		v->in_switch.copy = ref.copy;
	}
}

void switch_end(struct visit *v, const struct switch_conds *old)
{
	v->nr_conds = v->in_switch.first;
	v->in_switch = *old;
}

static bool is_case(CXCursor stmt)
{
	return clang_getCursorKind(stmt) == CXCursor_CaseStmt ||
	       clang_getCursorKind(stmt) == CXCursor_DefaultStmt;
}

static void add_case(struct visit *v, enum cond_kind kind, uint32_t value)
{
	const struct param_ref ref = { v->in_switch.param, v->in_switch.decl,
				       v->in_switch.copy };

	add_cond(v, &ref, kind, value);
}

/* The value of a case, and the statement behind it. */
static bool case_value(struct visit *v, CXCursor *stmt, uint32_t *value)
{
	struct kids kids = kids_of(v, *stmt);
	bool ok = kids.nr == 2 && small_const(v, kid(v, kids, 0), value);

	*stmt = kids.nr ? kid(v, kids, kids.nr - 1) : clang_getNullCursor();
	kids_drop(v, kids);
	return ok;
}

enum { MAX_CASES = 8 };

/* Default is taken when it is none of the cases. */
static void push_default(struct visit *v, struct kids block)
{
	uint32_t i, value, first = v->nr_conds;

	for (i = 0; i < block.nr; i++) {
		CXCursor stmt = kid(v, block, i);

		while (clang_getCursorKind(stmt) == CXCursor_CaseStmt &&
		       v->nr_conds - first < MAX_CASES)
			if (case_value(v, &stmt, &value)) {
				add_case(v, COND_NE, value);
				end_parts(v, v->nr_conds - 1, true);
			}
	}
}

bool push_case(struct visit *v, struct kids block, CXCursor stmt, bool falls_in)
{
	uint32_t first = v->in_switch.first, value;
	bool ok = true;

	if (!is_case(stmt))
		return false;
	v->nr_conds = first;
	if (!v->in_switch.known || falls_in)
		return true;
	if (clang_getCursorKind(stmt) == CXCursor_DefaultStmt) {
		struct kids kids = kids_of(v, stmt);
		enum CXCursorKind next =
			kids.nr ? clang_getCursorKind(kid(v, kids, 0)) : 0;

		kids_drop(v, kids);
		if (next != CXCursor_CaseStmt)
			push_default(v, block);
		return true;
	}
	while (ok && clang_getCursorKind(stmt) == CXCursor_CaseStmt) {
		ok = case_value(v, &stmt, &value);
		if (ok)
			add_case(v, COND_EQ, value);
	}
	end_parts(v, first,
		  ok && clang_getCursorKind(stmt) != CXCursor_DefaultStmt);
	return true;
}

void enter_label(struct visit *v, CXCursor stmt, CXCursor behind)
{
	if (clang_getCursorKind(stmt) == CXCursor_LabelStmt)
		end_conds(v, 0);
	/* one within a block of the switch: what was tested there was not */
	else if (!v->in_switch.at_case)
		end_conds(v, v->in_switch.first);
	v->in_switch.at_case = v->in_switch.at_case && is_case(behind);
}
