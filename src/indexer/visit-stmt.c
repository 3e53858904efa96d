// SPDX-License-Identifier: GPL-2.0-only
/*
 * Statements: what is executed at all, and which static variables decide it.
 *
 * Operands of sizeof and typeof, branches that a constant condition cuts off
 * and statements behind a jump are no facts of this configuration.
 */
#include <string.h>

#include "indexer/visit.h"

static void visit_conditional(struct visit *v, CXCursor expr, bool sole);
static void visit_binary_stmt(struct visit *v, CXCursor expr, bool sole);

static enum search_step call_step(struct visit *v, CXCursor cursor, void *data)
{
	(void)v;
	(void)data;
	return clang_getCursorKind(cursor) == CXCursor_CallExpr ? SEARCH_FOUND
								: SEARCH_ON;
}

static void visit_kids(struct visit *v, CXCursor cursor)
{
	struct kids kids = kids_of(v, cursor);
	uint32_t i;

	for (i = 0; i < kids.nr; i++)
		visit_stmt(v, kid(v, kids, i));
	kids_drop(v, kids);
}

/* A statement of its own: a call's result goes nowhere. */
static void visit_sole(struct visit *v, CXCursor stmt)
{
	struct kids kids;

	switch (clang_getCursorKind(stmt)) {
	case CXCursor_CallExpr:
		visit_call(v, stmt, true);
		break;
	case CXCursor_ConditionalOperator:
		visit_conditional(v, stmt, true);
		break;
	case CXCursor_BinaryOperator:
		visit_binary_stmt(v, stmt, true);
		break;
	case CXCursor_StmtExpr:
		visit_kids(v, stmt);
		break;
	case CXCursor_CStyleCastExpr:
		if (clang_getCanonicalType(clang_getCursorType(stmt)).kind !=
		    CXType_Void) {
			visit_stmt(v, stmt);
			break;
		}
		/* fall through */
	case CXCursor_ParenExpr:
		kids = kids_of(v, stmt);
		if (kids.nr)
			visit_sole(v, kid(v, kids, kids.nr - 1));
		kids_drop(v, kids);
		break;
	default:
		visit_stmt(v, stmt);
	}
}

static void visit_as(struct visit *v, CXCursor stmt, bool sole)
{
	if (sole)
		visit_sole(v, stmt);
	else
		visit_stmt(v, stmt);
}

/*
 * The statements of a block, but not those that control never gets to: behind a
 * jump, and in a switch (@sw) before the first case that is taken. The last one
 * may be the value of a statement expression (@last_used).
 */
static void visit_block(struct visit *v, CXCursor block,
			const struct switch_value *sw, bool last_used)
{
	struct kids kids = kids_of(v, block);
	struct local_stores stores = { 0 };
	uint32_t guards = v->nr_guards, conds = v->nr_conds;
	bool dead = sw;
	uint32_t i, before;

	for (i = 0; i < kids.nr; i++) {
		CXCursor stmt = kid(v, kids, i);

		if (dead &&
		    !(sw ? switch_enters(v, sw, stmt) : has_entry(v, stmt)))
			continue;
		if (sw)
			v->in_switch.at_case = push_case(v, kids, stmt, !dead);
		dead = ends_in_jump(v, stmt);
		before = v->facts->nr_assigns;
		visit_as(v, stmt, !last_used || i + 1 < kids.nr);
		note_local_store(v, kids, i, before, &stores);
		push_early_exit(v, stmt);
	}
	v->nr_guards = guards;
	v->nr_conds = conds;
	free(stores.list);
	kids_drop(v, kids);
}

static void visit_switch(struct visit *v, CXCursor stmt)
{
	struct kids kids = kids_of(v, stmt);
	struct switch_conds outer;
	struct switch_value sw;

	if (kids.nr == 2) {
		visit_stmt(v, kid(v, kids, 0));
		switch_begin(v, kid(v, kids, 0), &outer);
		sw = switch_value_of(v, kid(v, kids, 0), kid(v, kids, 1));
		if (clang_getCursorKind(kid(v, kids, 1)) ==
		    CXCursor_CompoundStmt)
			visit_block(v, kid(v, kids, 1), &sw, false);
		else
			visit_sole(v, kid(v, kids, 1));
		switch_end(v, &outer);
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
	uint32_t guards = v->nr_guards, conds = v->nr_conds;
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
		for (i = 1; i < kids.nr; i++) {
			push_cond(v, kid(v, kids, 0), i == 1);
			visit_sole(v, kid(v, kids, i));
			v->nr_conds = conds;
		}
	}
	v->nr_guards = guards;
	kids_drop(v, kids);
}

/* The last child is the body. */
static void visit_loop(struct visit *v, CXCursor stmt)
{
	/* with all of its parts, a for's second is the condition */
	bool steps = clang_getCursorKind(stmt) == CXCursor_ForStmt;
	struct kids kids = kids_of(v, stmt);
	bool dead = body_never_runs(v, stmt, kids);
	uint32_t i, conds = v->nr_conds;

	steps = steps && kids.nr == 4;
	for (i = 0; i < kids.nr; i++) {
		if (i + 1 < kids.nr)
			visit_as(v, kid(v, kids, i), steps && i != 1);
		else if (dead)
			visit_dead(v, kid(v, kids, i));
		else {
			if (clang_getCursorKind(stmt) == CXCursor_WhileStmt)
				push_cond(v, kid(v, kids, 0), true);
			visit_sole(v, kid(v, kids, i));
			v->nr_conds = conds;
		}
	}
	kids_drop(v, kids);
}

static void visit_conditional(struct visit *v, CXCursor expr, bool sole)
{
	struct kids kids = kids_of(v, expr);
	uint32_t guards = v->nr_guards, conds = v->nr_conds;
	long long cond;

	if (kids.nr == 3 && const_int(kid(v, kids, 0), &cond)) {
		visit_stmt(v, kid(v, kids, 0));
		visit_as(v, kid(v, kids, cond ? 1 : 2), sole);
	} else if (kids.nr == 3) {
		visit_stmt(v, kid(v, kids, 0));
		push_guards(v, kid(v, kids, 0), GUARD_IF);
		push_cond(v, kid(v, kids, 0), true);
		visit_as(v, kid(v, kids, 1), sole);
		v->nr_conds = conds;
		push_cond(v, kid(v, kids, 0), false);
		visit_as(v, kid(v, kids, 2), sole);
		v->nr_conds = conds;
	}
	v->nr_guards = guards;
	kids_drop(v, kids);
}

/* Operators of two that matter for what is run, and whether it is looked at. */
enum operator{ OPERATOR_OTHER, OPERATOR_LOGICAL, OPERATOR_COMMA };

static enum operator operator_of(struct visit *v, CXCursor left, CXCursor right)
{
	char text[64];

	if (!text_between(v, left, right, text, sizeof(text)))
		return OPERATOR_OTHER;
	if (strstr(text, "&&") || strstr(text, "||"))
		return OPERATOR_LOGICAL;
	/* and nothing else: there may be one in a comment */
	if (strchr(text, ',') && strspn(text, " \t\n\\(),") == strlen(text))
		return OPERATOR_COMMA;
	return OPERATOR_OTHER;
}

/* The right side of && and || is run when the left side lets it. */
static void visit_with_call(struct visit *v, CXCursor left, CXCursor right,
			    bool sole)
{
	enum operator op = operator_of(v, left, right);
	uint32_t guards = v->nr_guards, conds = v->nr_conds;

	visit_as(v, left, op == OPERATOR_COMMA);
	if (op == OPERATOR_LOGICAL) {
		push_guards(v, left, GUARD_IF);
		push_left_cond(v, left, right);
	}
	visit_as(v, right, sole && op != OPERATOR_OTHER);
	v->nr_guards = guards;
	v->nr_conds = conds;
}

static bool has_call(struct visit *v, CXCursor expr)
{
	return search(v, expr, call_step, NULL);
}

static void visit_operands(struct visit *v, CXCursor expr, bool sole)
{
	struct kids kids = kids_of(v, expr);
	CXCursor left, right;
	long long n, whole;

	if (kids.nr != 2) {
		kids_drop(v, kids);
		return;
	}
	left = kid(v, kids, 0);
	right = kid(v, kids, 1);
	kids_drop(v, kids);
	if (has_call(v, right)) {
		/*
		 * A call on the right of a constant left side, and the whole
		 * is a constant as well: `0 && f()`, never run.
		 */
		if (const_int(left, &n) && const_int(expr, &whole))
			visit_stmt(v, left);
		else
			visit_with_call(v, left, right, sole);
	} else if (clang_getCursorKind(left) == CXCursor_CallExpr) {
		visit_with_call(v, left, right, sole);
	} else {
		visit_stmt(v, left);
		/* its fields went to the left side: see visit_binary() */
		if (clang_getCursorKind(strip(v, right)) ==
		    CXCursor_CompoundLiteralExpr)
			visit_kids(v, strip(v, right));
		else
			visit_stmt(v, right);
	}
}

static void visit_binary_stmt(struct visit *v, CXCursor expr, bool sole)
{
	note_plain_assignment(v, expr);
	visit_binary(v, expr);
	visit_operands(v, expr, sole);
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

/* Labels and cases hold statements; the last child is one. */
static void visit_with_body(struct visit *v, CXCursor stmt)
{
	struct kids kids = kids_of(v, stmt);
	uint32_t i;

	if (kids.nr)
		enter_label(v, stmt, kid(v, kids, kids.nr - 1));
	for (i = 0; i < kids.nr; i++) {
		if (i + 1 == kids.nr)
			visit_sole(v, kid(v, kids, i));
		else
			visit_stmt(v, kid(v, kids, i));
	}
	kids_drop(v, kids);
}

/* Its value is that of the last statement. */
static void visit_stmt_expr(struct visit *v, CXCursor expr)
{
	struct kids kids = kids_of(v, expr);

	if (kids.nr)
		visit_block(v, kid(v, kids, 0), NULL, true);
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

/* What it writes stands there as it is, what it reads below a conversion. */
static void visit_asm(struct visit *v, CXCursor stmt)
{
	struct kids kids = kids_of(v, stmt);
	uint32_t i;

	for (i = 0; i < kids.nr; i++) {
		note_changed(v, kid(v, kids, i));
		visit_stmt(v, kid(v, kids, i));
	}
	kids_drop(v, kids);
}

void visit_stmt(struct visit *v, CXCursor stmt)
{

	switch (clang_getCursorKind(stmt)) {
	case CXCursor_DeclRefExpr:
	case CXCursor_IntegerLiteral:
	case CXCursor_StringLiteral:
	case CXCursor_CharacterLiteral:
	case CXCursor_TypeRef:
	case CXCursor_UnaryExpr: /* sizeof, _Alignof: not evaluated */
		break;
	case CXCursor_CompoundStmt:
		visit_block(v, stmt, NULL, false);
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
		visit_conditional(v, stmt, false);
		break;
	case CXCursor_StmtExpr:
		visit_stmt_expr(v, stmt);
		break;
	case CXCursor_DeclStmt:
		visit_decl_stmt(v, stmt);
		break;
	case CXCursor_CallExpr:
		visit_call(v, stmt, false);
		break;
	case CXCursor_GCCAsmStmt:
		visit_asm(v, stmt);
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
		visit_binary_stmt(v, stmt, false);
		break;
	case CXCursor_ReturnStmt:
		visit_return(v, stmt);
		visit_kids(v, stmt);
		break;
	case CXCursor_CStyleCastExpr:
		visit_cast(v, stmt);
		break;
	case CXCursor_CompoundLiteralExpr:
		visit_literal(v, stmt);
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
