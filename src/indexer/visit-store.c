// SPDX-License-Identifier: GPL-2.0-only
/*
 * `drv = &a; drv = &b; reg(drv);` registers b only. Who reads the facts does
 * not look at the order of statements, so the first store is taken back here,
 * but only when nothing can have seen it: both stand in one block, what is
 * between them neither mentions the variable nor leaves or enters the block in
 * the middle, and no pointer to the variable is around.
 */
#include <string.h>

#include "indexer/visit.h"

struct local_store {
	uint64_t var; /* key of the declaration */
	uint32_t at; /* number of the statement in its block */
	uint32_t first, nr; /* assignments */
};

/* The local that a statement declares or assigns to, or the null cursor. */
static CXCursor stored_local(struct visit *v, CXCursor stmt)
{
	CXCursor var = clang_getNullCursor(), lhs;
	struct kids kids;

	switch (clang_getCursorKind(stmt)) {
	case CXCursor_DeclStmt:
		kids = kids_of(v, stmt);
		if (kids.nr == 1)
			var = kid(v, kids, 0);
		kids_drop(v, kids);
		break;
	case CXCursor_BinaryOperator:
		kids = kids_of(v, stmt);
		lhs = kids.nr == 2 ? strip(v, kid(v, kids, 0)) : var;
		if (clang_getCursorKind(lhs) == CXCursor_DeclRefExpr &&
		    is_assignment(stmt, kid(v, kids, 0), kid(v, kids, 1)))
			var = clang_getCursorReferenced(lhs);
		kids_drop(v, kids);
		break;
	default:
		break;
	}
	if (clang_getCursorKind(var) != CXCursor_VarDecl ||
	    !is_pointer_like(clang_getCursorType(var)) ||
	    is_static_storage(var))
		return clang_getNullCursor();
	return var;
}

/* Mentions a variable, or may leave or be entered in its middle. */
static enum search_step mention_step(struct visit *v, CXCursor cursor,
				     void *data)
{
	const uint64_t *var = data;

	(void)v;
	switch (clang_getCursorKind(cursor)) {
	case CXCursor_DeclRefExpr:
		return decl_key(clang_getCursorReferenced(cursor)) == *var
			       ? SEARCH_FOUND
			       : SEARCH_ON;
	case CXCursor_LabelStmt:
	case CXCursor_CaseStmt:
	case CXCursor_DefaultStmt:
	case CXCursor_GotoStmt:
	case CXCursor_IndirectGotoStmt:
	case CXCursor_BreakStmt:
	case CXCursor_ContinueStmt:
	case CXCursor_GCCAsmStmt:
		return SEARCH_FOUND;
	default:
		return SEARCH_ON;
	}
}

/* The right side of a store, or of a declaration: what it reads. */
static bool reads(struct visit *v, CXCursor stmt, uint64_t var)
{
	struct kids kids = kids_of(v, stmt);
	bool ret = !kids.nr ||
		   search(v, kid(v, kids, kids.nr - 1), mention_step, &var);

	kids_drop(v, kids);
	return ret;
}

static bool is_address_of(const struct fact_value *value, uint32_t local)
{
	return value->kind == VALUE_LOCAL && value->addr && !value->path &&
	       value->base == local;
}

/* Has the function taken the address of a local until now? */
static bool has_pointer_to(const struct visit *v, uint32_t local)
{
	const struct unit_facts *f = v->facts;
	uint32_t i, k;

	for (i = f->nr_assigns; i-- && f->assigns[i].func == v->func;)
		if (is_address_of(&f->assigns[i].rhs, local))
			return true;
	for (i = f->nr_calls; i-- && f->calls[i].caller == v->func;)
		for (k = 0; k < f->calls[i].nr_args; k++)
			if (is_address_of(
				    &f->args[f->calls[i].first_arg + k].value,
				    local))
				return true;
	return false;
}

/* Returns how many there were; what else the statement stores is kept. */
static uint32_t drop_assigns(struct visit *v, struct local_stores *stores,
			     const struct local_store *old, uint32_t local)
{
	struct unit_facts *f = v->facts;
	uint32_t end = old->first + old->nr, to = old->first, gone, i;

	for (i = old->first; i < end; i++) {
		const struct fact_value *lhs = &f->assigns[i].lhs;

		if (lhs->kind != VALUE_LOCAL || lhs->base != local || lhs->path)
			f->assigns[to++] = f->assigns[i];
	}
	gone = end - to;
	memmove(f->assigns + to, f->assigns + end,
		(f->nr_assigns - end) * sizeof(*f->assigns));
	f->nr_assigns -= gone;
	for (i = 0; i < stores->nr; i++)
		if (stores->list[i].first >= end)
			stores->list[i].first -= gone;
	return gone;
}

static bool is_unseen(struct visit *v, struct kids block,
		      const struct local_store *old, uint32_t at,
		      uint32_t local)
{
	uint64_t var = old->var;
	uint32_t i;

	for (i = old->at + 1; i < at; i++)
		if (search(v, kid(v, block, i), mention_step, &var))
			return false;
	return !reads(v, kid(v, block, at), var) && !has_pointer_to(v, local);
}

static struct local_store *find_store(struct local_stores *stores, uint64_t var)
{
	uint32_t i;

	for (i = 0; i < stores->nr; i++)
		if (stores->list[i].var == var)
			return &stores->list[i];
	return NULL;
}

void note_local_store(struct visit *v, struct kids block, uint32_t at,
		      uint32_t before, struct local_stores *stores)
{
	CXCursor var = stored_local(v, kid(v, block, at));
	struct local_store store = { .at = at, .first = before }, *old;
	uint32_t local;

	if (clang_Cursor_isNull(var))
		return;
	store.var = decl_key(var);
	store.nr = v->facts->nr_assigns - before;
	old = find_store(stores, store.var);
	if (old) {
		local = local_of(v, var);
		if (old->nr && is_unseen(v, block, old, at, local))
			store.first -= drop_assigns(v, stores, old, local);
		*old = store;
		return;
	}
	ALLOC_GROW(stores->list, stores->nr + 1, stores->alloc);
	stores->list[stores->nr++] = store;
}
