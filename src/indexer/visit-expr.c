// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an expression is made of: its children, its type, its constant value,
 * and the expression that stands for it when parentheses, casts, _Generic and
 * statement expressions are taken off. libclang shows several of these only as
 * nameless nodes, which are told apart by their children.
 */
#include "indexer/visit.h"

static enum CXChildVisitResult collect(CXCursor cursor, CXCursor parent,
				       CXClientData data)
{
	struct visit *v = data;

	(void)parent;
	ALLOC_GROW(v->kids, v->nr_kids + 1, v->alloc_kids);
	v->kids[v->nr_kids++] = cursor;
	return CXChildVisit_Continue;
}

struct kids kids_of(struct visit *v, CXCursor cursor)
{
	struct kids kids = { .first = v->nr_kids };

	clang_visitChildren(cursor, collect, v);
	kids.nr = v->nr_kids - kids.first;
	return kids;
}

void kids_drop(struct visit *v, struct kids kids)
{
	v->nr_kids = kids.first;
}

bool const_int(CXCursor expr, long long *value)
{
	CXEvalResult res = clang_Cursor_Evaluate(expr);
	bool ok;

	if (!res)
		return false;
	ok = clang_EvalResult_getKind(res) == CXEval_Int;
	if (ok)
		*value = clang_EvalResult_getAsLongLong(res);
	clang_EvalResult_dispose(res);
	return ok;
}

bool is_array(CXType type)
{
	type = clang_getCanonicalType(type);
	return type.kind == CXType_ConstantArray ||
	       type.kind == CXType_IncompleteArray ||
	       type.kind == CXType_VariableArray;
}

bool is_function(CXType type)
{
	type = clang_getCanonicalType(type);
	return type.kind == CXType_FunctionProto ||
	       type.kind == CXType_FunctionNoProto;
}

bool is_pointer_like(CXType type)
{
	type = clang_getCanonicalType(type);
	return type.kind == CXType_Pointer || is_array(type) ||
	       is_function(type);
}

/* Last child of a cursor, or the null cursor. */
static CXCursor last_kid(struct visit *v, CXCursor cursor)
{
	struct kids kids = kids_of(v, cursor);
	CXCursor last = kids.nr ? kid(v, kids, kids.nr - 1)
				: clang_getNullCursor();

	kids_drop(v, kids);
	return last;
}

/* The association of a _Generic that is evaluated, or the null cursor. */
static CXCursor generic_choice(struct visit *v, CXCursor expr)
{
	CXType want = clang_getCanonicalType(clang_getCursorType(expr));
	struct kids kids = kids_of(v, expr);
	CXCursor chosen = clang_getNullCursor();
	uint32_t i;

	/* the first is the controlling expression, which is not evaluated */
	for (i = 1; i < kids.nr && clang_Cursor_isNull(chosen); i++) {
		CXCursor c = kid(v, kids, i);

		if (clang_isExpression(clang_getCursorKind(c)) &&
		    clang_equalTypes(
			    clang_getCanonicalType(clang_getCursorType(c)),
			    want))
			chosen = c;
	}
	kids_drop(v, kids);
	return chosen;
}

bool choose_expr(struct visit *v, CXCursor expr, CXCursor *chosen)
{
	struct kids kids = kids_of(v, expr);
	long long cond;
	bool ok = false;

	/* type void: `[0 ... 3] = x` in an initialiser looks the same */
	if (kids.nr == 3 && clang_getCursorType(expr).kind != CXType_Void &&
	    clang_isExpression(kid(v, kids, 0).kind) &&
	    clang_isExpression(kid(v, kids, 1).kind) &&
	    clang_isExpression(kid(v, kids, 2).kind) &&
	    const_int(kid(v, kids, 0), &cond)) {
		*chosen = kid(v, kids, cond ? 1 : 2);
		ok = true;
	}
	kids_drop(v, kids);
	return ok;
}

/* The value of a statement expression is that of its last statement. */
static CXCursor statement_value(struct visit *v, CXCursor expr)
{
	CXCursor body = last_kid(v, expr);

	if (clang_getCursorKind(body) != CXCursor_CompoundStmt)
		return clang_getNullCursor();
	return last_kid(v, body);
}

/* Through parentheses, casts and what else does not change the place. */
CXCursor strip(struct visit *v, CXCursor expr)
{
	for (;;) {
		enum CXCursorKind kind = clang_getCursorKind(expr);
		CXCursor inner = clang_getNullCursor();
		struct kids kids;

		if (kind == CXCursor_ParenExpr ||
		    kind == CXCursor_CStyleCastExpr) {
			/* a cast's type may hold typeof(expr) before it */
			inner = last_kid(v, expr);
		} else if (kind == CXCursor_StmtExpr) {
			inner = statement_value(v, expr);
		} else if (kind == CXCursor_GenericSelectionExpr) {
			inner = generic_choice(v, expr);
		} else if (kind == CXCursor_UnexposedExpr) {
			kids = kids_of(v, expr);
			if (kids.nr == 1)
				inner = kid(v, kids, 0);
			kids_drop(v, kids);
			if (clang_Cursor_isNull(inner) &&
			    !choose_expr(v, expr, &inner))
				return expr;
		}
		if (clang_Cursor_isNull(inner) ||
		    !clang_isExpression(clang_getCursorKind(inner)))
			return expr;
		expr = inner;
	}
}
