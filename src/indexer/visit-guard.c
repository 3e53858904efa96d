// SPDX-License-Identifier: GPL-2.0-only
/*
 * Static variables whose test decides whether a call is made, and those that
 * the function writes: a once-flag is both.
 */
#include <string.h>

#include "indexer/visit.h"

static void push_guard(struct visit *v, enum guard_kind kind, uint32_t symbol,
		       uint32_t line)
{
	ALLOC_GROW(v->guards, v->nr_guards + 1, v->alloc_guards);
	v->guards[v->nr_guards++] = (struct fact_guard){
		.kind = kind,
		.symbol = symbol,
		.line = line,
	};
}

struct guard_search {
	enum guard_kind kind;
	uint32_t line;
};

static enum search_step guard_step(struct visit *v, CXCursor cursor, void *data)
{
	struct guard_search *gs = data;
	CXCursor ref;

	if (clang_getCursorKind(cursor) != CXCursor_DeclRefExpr)
		return SEARCH_ON;
	ref = clang_getCursorReferenced(cursor);
	if (clang_getCursorKind(ref) == CXCursor_VarDecl &&
	    is_static_storage(ref))
		push_guard(v, gs->kind, symbol_of(v, ref), gs->line);
	return SEARCH_ON;
}

void push_guards(struct visit *v, CXCursor cond, enum guard_kind kind)
{
	struct guard_search gs = { kind, place_of(v, cond).line };

	search(v, cond, guard_step, &gs);
}

/* @expr is a variable with static storage: the function writes it. */
static void note_written(struct visit *v, CXCursor expr)
{
	CXCursor ref;

	expr = strip(v, expr);
	if (clang_getCursorKind(expr) != CXCursor_DeclRefExpr)
		return;
	ref = clang_getCursorReferenced(expr);
	if (clang_getCursorKind(ref) == CXCursor_VarDecl &&
	    is_static_storage(ref))
		u64map_put(&v->written, symbol_of(v, ref), 1);
}

void note_first_written(struct visit *v, CXCursor expr)
{
	struct kids kids = kids_of(v, expr);

	if (kids.nr) {
		note_written(v, kid(v, kids, 0));
		note_changed(v, kid(v, kids, 0));
	}
	kids_drop(v, kids);
}

/* `flag = 1`: an '=' and nothing else stands between the two. */
void note_plain_assignment(struct visit *v, CXCursor expr)
{
	struct kids kids = kids_of(v, expr);
	char text[64];

	/* a variable that is read stands below a conversion */
	if (kids.nr == 2)
		note_changed(v, kid(v, kids, 0));
	if (kids.nr == 2 &&
	    text_between(v, kid(v, kids, 0), kid(v, kids, 1), text,
			 sizeof(text)) &&
	    strspn(text, " \t\n\\=") == strlen(text) &&
	    strchr(text, '=') == strrchr(text, '='))
		note_written(v, kid(v, kids, 0));
	kids_drop(v, kids);
}

/* `flag++`: the operator stands before or behind the operand. */
void note_step(struct visit *v, CXCursor expr)
{
	struct kids kids = kids_of(v, expr);
	struct cxstr type, inner;

	if (kids.nr == 1) {
		note_changed(v, kid(v, kids, 0));
		/* unlike `!flag` and `-flag` it reads no value: no cast */
		CXCursor operand = kid(v, kids, 0);

		type = cxstr_init(
			clang_getTypeSpelling(clang_getCursorType(expr)));
		inner = cxstr_init(
			clang_getTypeSpelling(clang_getCursorType(operand)));
		if (clang_getCursorKind(operand) == CXCursor_DeclRefExpr &&
		    !strcmp(type.s, inner.s))
			note_written(v, operand);
		cxstr_release(&type);
		cxstr_release(&inner);
	}
	kids_drop(v, kids);
}

void push_early_exit(struct visit *v, CXCursor stmt)
{
	struct kids kids;

	if (clang_getCursorKind(stmt) != CXCursor_IfStmt)
		return;
	kids = kids_of(v, stmt);
	if (kids.nr == 2 && ends_in_jump(v, kid(v, kids, 1)))
		push_guards(v, kid(v, kids, 0), GUARD_EARLY_EXIT);
	kids_drop(v, kids);
	push_exit_cond(v, stmt);
}
