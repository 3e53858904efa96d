// SPDX-License-Identifier: GPL-2.0-only
/*
 * Statements: what is executed at all, and which static variables decide it.
 *
 * Operands of sizeof and typeof, branches that a constant condition cuts off
 * and statements behind a jump are no facts of this configuration.
 */
#include <string.h>

#include "indexer/visit.h"

static enum search_step call_step(struct visit *v, CXCursor cursor, void *data)
{
	(void)v;
	(void)data;
	return clang_getCursorKind(cursor) == CXCursor_CallExpr ? SEARCH_FOUND
								: SEARCH_ON;
}

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

/* Put every variable with static storage that @cond looks at in force. */
static void push_guards(struct visit *v, CXCursor cond, enum guard_kind kind)
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

static void note_first_written(struct visit *v, CXCursor expr)
{
	struct kids kids = kids_of(v, expr);

	if (kids.nr)
		note_written(v, kid(v, kids, 0));
	kids_drop(v, kids);
}

/* `flag = 1`: an '=' and nothing else stands between the two. */
static void note_plain_assignment(struct visit *v, CXCursor expr)
{
	struct kids kids = kids_of(v, expr);
	char text[64];

	if (kids.nr == 2 &&
	    text_between(v, kid(v, kids, 0), kid(v, kids, 1), text,
			 sizeof(text)) &&
	    strspn(text, " \t\n\\=") == strlen(text) &&
	    strchr(text, '=') == strrchr(text, '='))
		note_written(v, kid(v, kids, 0));
	kids_drop(v, kids);
}

/* `flag++`: the operator stands before or behind the operand. */
static void note_step(struct visit *v, CXCursor expr)
{
	struct kids kids = kids_of(v, expr);
	struct cxstr type, inner;

	if (kids.nr == 1) {
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

/* A statement of its own: a call's result goes nowhere. */
static void visit_sole(struct visit *v, CXCursor stmt)
{
	if (clang_getCursorKind(stmt) == CXCursor_CallExpr)
		visit_call(v, stmt, true);
	else
		visit_stmt(v, stmt);
}

/* An earlier `if (flag) return;` guards what follows in the block. */
static void push_early_exit(struct visit *v, CXCursor stmt)
{
	struct kids kids;

	if (clang_getCursorKind(stmt) != CXCursor_IfStmt)
		return;
	kids = kids_of(v, stmt);
	if (kids.nr == 2 && ends_in_jump(v, kid(v, kids, 1)))
		push_guards(v, kid(v, kids, 0), GUARD_EARLY_EXIT);
	kids_drop(v, kids);
}

/*
 * The statements of a block, but not those that control never gets to: behind a
 * jump, and in a switch (@sw) before the first case that is taken.
 */
static void visit_block(struct visit *v, CXCursor block,
			const struct switch_value *sw)
{
	struct kids kids = kids_of(v, block);
	struct local_stores stores = { 0 };
	uint32_t guards = v->nr_guards;
	bool dead = sw;
	uint32_t i, before;

	for (i = 0; i < kids.nr; i++) {
		CXCursor stmt = kid(v, kids, i);

		if (dead &&
		    !(sw ? switch_enters(v, sw, stmt) : has_entry(v, stmt)))
			continue;
		dead = ends_in_jump(v, stmt);
		before = v->facts->nr_assigns;
		visit_sole(v, stmt);
		note_local_store(v, kids, i, before, &stores);
		push_early_exit(v, stmt);
	}
	v->nr_guards = guards;
	free(stores.list);
	kids_drop(v, kids);
}

static void visit_switch(struct visit *v, CXCursor stmt)
{
	struct kids kids = kids_of(v, stmt);
	struct switch_value sw;

	if (kids.nr == 2) {
		visit_stmt(v, kid(v, kids, 0));
		sw = switch_value_of(v, kid(v, kids, 0), kid(v, kids, 1));
		if (clang_getCursorKind(kid(v, kids, 1)) ==
		    CXCursor_CompoundStmt)
			visit_block(v, kid(v, kids, 1), &sw);
		else
			visit_sole(v, kid(v, kids, 1));
	}
	kids_drop(v, kids);
}

/* A branch a constant condition cuts off, unless a goto leads into it. */
static void visit_dead(struct visit *v, CXCursor stmt)
{
	if (has_entry(v, stmt))
		visit_sole(v, stmt);
}

static void visit_if(struct visit *v, CXCursor stmt)
{
	struct kids kids = kids_of(v, stmt);
	uint32_t guards = v->nr_guards;
	long long cond;
	uint32_t i;

	if (kids.nr && const_int(kid(v, kids, 0), &cond)) {
		visit_stmt(v, kid(v, kids, 0));
		for (i = 1; i < kids.nr; i++) {
			if ((i == 1) == !!cond)
				visit_sole(v, kid(v, kids, i));
			else
				visit_dead(v, kid(v, kids, i));
		}
	} else if (kids.nr) {
		visit_stmt(v, kid(v, kids, 0));
		push_guards(v, kid(v, kids, 0), GUARD_IF);
		for (i = 1; i < kids.nr; i++)
			visit_sole(v, kid(v, kids, i));
	}
	v->nr_guards = guards;
	kids_drop(v, kids);
}

/* The last child is the body. */
static void visit_loop(struct visit *v, CXCursor stmt)
{
	struct kids kids = kids_of(v, stmt);
	bool dead = body_never_runs(v, stmt, kids);
	uint32_t i;

	for (i = 0; i < kids.nr; i++) {
		if (i + 1 < kids.nr)
			visit_stmt(v, kid(v, kids, i));
		else if (dead)
			visit_dead(v, kid(v, kids, i));
		else
			visit_sole(v, kid(v, kids, i));
	}
	kids_drop(v, kids);
}

static void visit_conditional(struct visit *v, CXCursor expr)
{
	struct kids kids = kids_of(v, expr);
	uint32_t guards = v->nr_guards;
	long long cond;

	if (kids.nr == 3 && const_int(kid(v, kids, 0), &cond)) {
		visit_stmt(v, kid(v, kids, 0));
		visit_stmt(v, kid(v, kids, cond ? 1 : 2));
	} else if (kids.nr == 3) {
		visit_stmt(v, kid(v, kids, 0));
		push_guards(v, kid(v, kids, 0), GUARD_IF);
		visit_stmt(v, kid(v, kids, 1));
		visit_stmt(v, kid(v, kids, 2));
	}
	v->nr_guards = guards;
	kids_drop(v, kids);
}

/* The right side of && and || is run when the left side lets it. */
static bool is_logical(struct visit *v, CXCursor left, CXCursor right)
{
	char text[64];

	return text_between(v, left, right, text, sizeof(text)) &&
	       (strstr(text, "&&") || strstr(text, "||"));
}

static void visit_operands(struct visit *v, CXCursor expr)
{
	struct kids kids = kids_of(v, expr);
	uint32_t guards = v->nr_guards;
	long long left, whole;

	if (kids.nr == 2 && search(v, kid(v, kids, 1), call_step, NULL)) {
		/*
		 * A call on the right of a constant left side, and the whole
		 * is a constant as well: `0 && f()`, never run.
		 */
		if (const_int(kid(v, kids, 0), &left) &&
		    const_int(expr, &whole)) {
			visit_stmt(v, kid(v, kids, 0));
			kids_drop(v, kids);
			return;
		}
		visit_stmt(v, kid(v, kids, 0));
		if (is_logical(v, kid(v, kids, 0), kid(v, kids, 1)))
			push_guards(v, kid(v, kids, 0), GUARD_IF);
		visit_stmt(v, kid(v, kids, 1));
		v->nr_guards = guards;
	} else if (kids.nr == 2) {
		visit_stmt(v, kid(v, kids, 0));
		/* its fields went to the left side: see visit_binary() */
		if (clang_getCursorKind(strip(v, kid(v, kids, 1))) ==
		    CXCursor_CompoundLiteralExpr)
			visit_kids(v, strip(v, kid(v, kids, 1)));
		else
			visit_stmt(v, kid(v, kids, 1));
	}
	kids_drop(v, kids);
}

static void visit_decl_stmt(struct visit *v, CXCursor stmt)
{
	struct kids kids = kids_of(v, stmt);
	uint32_t i;

	for (i = 0; i < kids.nr; i++) {
		CXCursor decl = kid(v, kids, i), init;

		if (clang_getCursorKind(decl) != CXCursor_VarDecl)
			continue;
		visit_var(v, decl);
		/* a typeof in the type is a child as well: only this one runs
		 */
		init = clang_Cursor_getVarDeclInitializer(decl);
		if (!clang_Cursor_isNull(init) && !is_static_storage(decl))
			visit_stmt(v, init);
		visit_cleanup(v, decl);
	}
	kids_drop(v, kids);
}

void visit_kids(struct visit *v, CXCursor cursor)
{
	struct kids kids = kids_of(v, cursor);
	uint32_t i;

	for (i = 0; i < kids.nr; i++)
		visit_stmt(v, kid(v, kids, i));
	kids_drop(v, kids);
}

/* Labels and cases hold statements; the last child is one. */
static void visit_with_body(struct visit *v, CXCursor stmt)
{
	struct kids kids = kids_of(v, stmt);
	uint32_t i;

	for (i = 0; i < kids.nr; i++) {
		if (i + 1 == kids.nr)
			visit_sole(v, kid(v, kids, i));
		else
			visit_stmt(v, kid(v, kids, i));
	}
	kids_drop(v, kids);
}

static void visit_nameless(struct visit *v, CXCursor expr)
{
	CXCursor chosen;

	if (choose_expr(v, expr, &chosen))
		visit_stmt(v, chosen);
	else
		visit_kids(v, expr);
}

/* Only the operand of a cast runs, never a typeof in its type. */
static void visit_cast(struct visit *v, CXCursor expr)
{
	struct kids kids = kids_of(v, expr);

	if (kids.nr)
		visit_stmt(v, kid(v, kids, kids.nr - 1));
	kids_drop(v, kids);
}

/*
 * Which association is meant shows in the type of the whole only: of several
 * that have it, each may be the one that runs.
 */
static void visit_generic(struct visit *v, CXCursor expr)
{
	CXType want = clang_getCanonicalType(clang_getCursorType(expr));
	struct kids kids = kids_of(v, expr);
	uint32_t i;

	for (i = 1; i < kids.nr; i++) {
		CXCursor c = kid(v, kids, i);

		if (clang_isExpression(clang_getCursorKind(c)) &&
		    clang_equalTypes(
			    clang_getCanonicalType(clang_getCursorType(c)),
			    want))
			visit_stmt(v, c);
	}
	kids_drop(v, kids);
}

void visit_stmt(struct visit *v, CXCursor stmt)
{
	static const struct fact_value nowhere;

	switch (clang_getCursorKind(stmt)) {
	case CXCursor_DeclRefExpr:
	case CXCursor_IntegerLiteral:
	case CXCursor_StringLiteral:
	case CXCursor_CharacterLiteral:
	case CXCursor_TypeRef:
	case CXCursor_UnaryExpr: /* sizeof, _Alignof: not evaluated */
		break;
	case CXCursor_CompoundStmt:
		visit_block(v, stmt, NULL);
		break;
	case CXCursor_IfStmt:
		visit_if(v, stmt);
		break;
	case CXCursor_WhileStmt:
	case CXCursor_ForStmt:
		visit_loop(v, stmt);
		break;
	case CXCursor_SwitchStmt:
		visit_switch(v, stmt);
		break;
	case CXCursor_LabelStmt:
	case CXCursor_CaseStmt:
	case CXCursor_DefaultStmt:
		visit_with_body(v, stmt);
		break;
	case CXCursor_ConditionalOperator:
		visit_conditional(v, stmt);
		break;
	case CXCursor_DeclStmt:
		visit_decl_stmt(v, stmt);
		break;
	case CXCursor_CallExpr:
		visit_call(v, stmt, false);
		break;
	case CXCursor_UnaryOperator:
		note_step(v, stmt);
		visit_kids(v, stmt);
		break;
	case CXCursor_CompoundAssignOperator:
		note_first_written(v, stmt);
		visit_kids(v, stmt);
		break;
	case CXCursor_BinaryOperator:
		note_plain_assignment(v, stmt);
		visit_binary(v, stmt);
		visit_operands(v, stmt);
		break;
	case CXCursor_ReturnStmt:
		visit_return(v, stmt);
		visit_kids(v, stmt);
		break;
	case CXCursor_CStyleCastExpr:
		visit_cast(v, stmt);
		break;
	case CXCursor_CompoundLiteralExpr:
		visit_initialiser(v, nowhere, stmt, FACT_NONE);
		visit_kids(v, stmt);
		break;
	case CXCursor_GenericSelectionExpr:
		visit_generic(v, stmt);
		break;
	case CXCursor_UnexposedExpr:
		visit_nameless(v, stmt);
		break;
	default:
		visit_kids(v, stmt);
	}
}
