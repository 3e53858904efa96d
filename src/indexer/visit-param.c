// SPDX-License-Identifier: GPL-2.0-only
/*
 * Parameters in expressions: what stands for one, what it can be compared with,
 * and whether the function ever changes it. A value counts as a parameter's
 * only where no conversion on the way can have made another one of it.
 */
#include "indexer/visit-cond.h"

CXCursor bare(struct visit *v, CXCursor expr)
{
	for (;;) {
		enum CXCursorKind kind = clang_getCursorKind(expr);
		struct kids kids;
		CXCursor inner;

		if (kind != CXCursor_ParenExpr &&
		    kind != CXCursor_UnexposedExpr)
			return expr;
		kids = kids_of(v, expr);
		inner = kids.nr == 1 ? kid(v, kids, 0) : expr;
		kids_drop(v, kids);
		if (kids.nr != 1 || !clang_isExpression(inner.kind))
			return expr;
		expr = inner;
	}
}

bool is_number(CXType type)
{
	return type.kind == CXType_Enum ||
	       (type.kind >= CXType_Bool && type.kind <= CXType_Int128 &&
		type.kind != CXType_Invalid);
}

/* Is a value of one type, below 2^31 or a pointer, the same in the other? */
static bool keeps_value(CXType from, CXType to)
{
	from = clang_getCanonicalType(from);
	to = clang_getCanonicalType(to);
	if (from.kind == CXType_Pointer || to.kind == CXType_Pointer)
		return from.kind == to.kind;
	if (!is_number(from) || !is_number(to))
		return false;
	if (to.kind == CXType_Bool)
		return from.kind == CXType_Bool;
	return clang_Type_getSizeOf(to) >= clang_Type_getSizeOf(from);
}

static bool own_param(struct visit *v, CXCursor decl, struct param_ref *ref)
{
	uint32_t index;

	if (clang_getCursorKind(decl) != CXCursor_ParmDecl)
		return false;
	index = u64map_get(&v->params, decl_key(decl));
	ref->index = index - 1;
	ref->decl = decl_key(decl);
	return index && index <= UINT8_MAX;
}

bool param_of(struct visit *v, CXCursor expr, struct param_ref *ref)
{
	CXCursor decl, init;

	*ref = (struct param_ref){ 0 };
	expr = bare(v, expr);
	if (clang_getCursorKind(expr) != CXCursor_DeclRefExpr)
		return false;
	decl = clang_getCursorReferenced(expr);
	if (own_param(v, decl, ref))
		return true;
	if (clang_getCursorKind(decl) != CXCursor_VarDecl ||
	    is_static_storage(decl))
		return false;
	init = clang_Cursor_getVarDeclInitializer(decl);
	if (clang_Cursor_isNull(init))
		return false;
	init = bare(v, init);
	ref->copy = decl_key(decl);
	return clang_getCursorKind(init) == CXCursor_DeclRefExpr &&
	       own_param(v, clang_getCursorReferenced(init), ref) &&
	       keeps_value(clang_getCursorType(init),
			   clang_getCursorType(decl));
}

/* What cannot be constant is not evaluated: that costs. */
static bool may_be_const(struct visit *v, CXCursor expr)
{
	expr = bare(v, expr);
	switch (clang_getCursorKind(expr)) {
	case CXCursor_DeclRefExpr:
		return clang_getCursorKind(clang_getCursorReferenced(expr)) ==
		       CXCursor_EnumConstantDecl;
	case CXCursor_MemberRefExpr:
	case CXCursor_ArraySubscriptExpr:
	case CXCursor_CallExpr:
	case CXCursor_StmtExpr:
		return false;
	default:
		return true;
	}
}

bool small_const(struct visit *v, CXCursor expr, uint32_t *value)
{
	long long n;

	if (!is_number(clang_getCanonicalType(clang_getCursorType(expr))) ||
	    !may_be_const(v, expr) || !const_int(expr, &n) || n < 0 ||
	    n > INT32_MAX)
		return false;
	*value = n;
	return true;
}

bool comparand(struct visit *v, CXCursor expr, uint32_t *value)
{
	long long n;

	if (!is_pointer_like(clang_getCursorType(expr)))
		return small_const(v, expr, value);
	expr = strip(v, expr);
	*value = 0;
	return clang_getCursorKind(expr) == CXCursor_IntegerLiteral &&
	       const_int(expr, &n) && !n;
}

bool passed_param(struct visit *v, CXCursor arg, uint32_t *index)
{
	CXCursor inner = bare(v, arg);
	struct param_ref ref;

	if (clang_getCursorKind(inner) != CXCursor_DeclRefExpr ||
	    !own_param(v, clang_getCursorReferenced(inner), &ref))
		return false;
	*index = ref.index;
	return keeps_value(clang_getCursorType(inner),
			   clang_getCursorType(arg));
}

void note_changed(struct visit *v, CXCursor place)
{
	CXCursor decl;

	while (clang_getCursorKind(place) == CXCursor_ParenExpr) {
		struct kids kids = kids_of(v, place);

		kids_drop(v, kids);
		if (kids.nr != 1)
			return;
		place = kid(v, kids, 0);
	}
	if (clang_getCursorKind(place) != CXCursor_DeclRefExpr)
		return;
	decl = clang_getCursorReferenced(place);
	if (clang_getCursorKind(decl) == CXCursor_ParmDecl ||
	    clang_getCursorKind(decl) == CXCursor_VarDecl)
		u64map_put(&v->changed, decl_key(decl), 1);
}

uint32_t changed_params(struct visit *v, CXCursor fn)
{
	int nr = clang_Cursor_getNumArguments(fn), i;
	uint32_t attrs = 0;

	for (i = 0; i < nr && v->changed.nr; i++)
		if (u64map_get(&v->changed,
			       decl_key(clang_Cursor_getArgument(fn, i))))
			attrs |= attr_changed(i);
	return attrs;
}
