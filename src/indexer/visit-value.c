// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where does the value of an expression come from? A base (parameter, local,
 * variable, function, result of a call, literal) and a path of fields. What the
 * expression is made of is visit-expr.c's, what a literal says
 * visit-literal.c's.
 *
 * libclang 14 does not tell which operator a UnaryOperator or BinaryOperator
 * is; the types of the operands do for those that matter here.
 */
#include <string.h>

#include "indexer/visit.h"

static struct fact_value value(uint8_t kind, uint8_t addr, uint32_t base)
{
	return (struct fact_value){ .kind = kind, .addr = addr, .base = base };
}

static struct fact_value decl_value(struct visit *v, CXCursor ref)
{
	switch (clang_getCursorKind(ref)) {
	case CXCursor_FunctionDecl:
		return value(VALUE_FUNC, 1, symbol_of(v, ref));
	case CXCursor_ParmDecl: {
		uint32_t index = u64map_get(&v->params, (uintptr_t)ref.data[0]);

		if (index)
			return value(VALUE_PARAM, 0, index - 1);
		break;
	}
	case CXCursor_VarDecl:
		if (is_static_storage(ref))
			return value(VALUE_GLOBAL, 0, symbol_of(v, ref));
		return value(VALUE_LOCAL, 0, local_of(v, ref));
	default:
		break;
	}
	return value(VALUE_NONE, 0, 0);
}

/* One step further from @base: through a pointer, or within the object. */
static struct fact_value member_value(struct visit *v, CXCursor expr,
				      CXCursor inner, struct fact_value base)
{
	CXCursor field = clang_getCursorReferenced(expr);
	bool arrow = is_pointer_like(clang_getCursorType(inner));
	uint32_t name;

	if (clang_getCursorKind(field) != CXCursor_FieldDecl)
		return value(VALUE_NONE, 0, 0);
	name = field_name(v, field);
	if (!name) /* C11 anonymous member: its fields are the outer's own */
		return base;
	/* through the address of a place is the place itself */
	base.path = path_append(v, base.path, arrow && !base.addr ? '>' : '|',
				name);
	base.addr = 0;
	return base;
}

static struct fact_value subscript_value(struct visit *v,
					 struct fact_value base)
{
	base.path = path_append(v, base.path, '[', 0);
	base.addr = 0;
	return base;
}

/* '&x', '*p', or something that is no place; told by the types. */
static struct fact_value unary_value(struct visit *v, CXCursor expr,
				     CXCursor inner, struct fact_value base)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(expr));
	CXType inner_type = clang_getCanonicalType(clang_getCursorType(inner));

	if (type.kind == CXType_Pointer &&
	    clang_equalTypes(clang_getCanonicalType(clang_getPointeeType(type)),
			     inner_type)) {
		base.addr = 1;
		return base;
	}
	if (clang_equalTypes(type, inner_type)) /* __extension__ x, ++x */
		return base;
	if (inner_type.kind != CXType_Pointer ||
	    !clang_equalTypes(
		    clang_getCanonicalType(clang_getPointeeType(inner_type)),
		    type))
		return value(VALUE_NONE, 0, 0);
	if (is_function(type)) /* (*fp) is fp */
		return base;
	if (base.addr)
		base.addr = 0;
	else
		base.path = path_append(v, base.path, '*', 0);
	return base;
}

static struct fact_value call_value(struct visit *v, CXCursor expr)
{
	CXCursor callee = clang_getCursorReferenced(expr);

	if (clang_getCursorKind(callee) != CXCursor_FunctionDecl)
		return value(VALUE_NONE, 0, 0);
	return value(VALUE_CALL, 0, symbol_of(v, callee));
}

static struct fact_value single_value(struct visit *v, CXCursor expr)
{
	struct fact_value val;

	switch (clang_getCursorKind(expr)) {
	case CXCursor_DeclRefExpr:
		val = decl_value(v, clang_getCursorReferenced(expr));
		/* an array stands for the address of its first element */
		if (val.kind != VALUE_FUNC &&
		    is_array(clang_getCursorType(expr)))
			val.addr = 1;
		return val;
	case CXCursor_CallExpr:
		return call_value(v, expr);
	case CXCursor_StringLiteral:
		return string_value(v, expr);
	case CXCursor_CompoundLiteralExpr:
		return literal_value(v, expr);
	default:
		return value(VALUE_NONE, 0, 0);
	}
}

static void add_value(struct values *out, struct fact_value val)
{
	if (out->nr < MAX_VALUES)
		out->v[out->nr++] = val;
}

/* A step from each of the values that the expression below may have. */
static void step_values(struct visit *v, CXCursor expr, struct values *out)
{
	bool array = is_array(clang_getCursorType(expr));
	enum CXCursorKind kind = clang_getCursorKind(expr);
	struct values bases = { .nr = 0 };
	struct kids kids = kids_of(v, expr);
	CXCursor inner;
	uint32_t i;

	if (!kids.nr) { /* a field of an anonymous member, in C++ only */
		add_value(out, value(VALUE_NONE, 0, 0));
		return;
	}
	inner = kid(v, kids, kind == CXCursor_UnaryOperator ? kids.nr - 1 : 0);
	values_of(v, inner, &bases);
	for (i = 0; i < bases.nr; i++) {
		struct fact_value val = bases.v[i];

		if (kind == CXCursor_MemberRefExpr)
			val = member_value(v, expr, inner, val);
		else if (kind == CXCursor_ArraySubscriptExpr)
			val = subscript_value(v, val);
		else
			val = unary_value(v, expr, inner, val);
		if (array && kind != CXCursor_UnaryOperator)
			val.addr = 1;
		add_value(out, val);
	}
	kids_drop(v, kids);
}

static void conditional_values(struct visit *v, CXCursor expr,
			       struct values *out)
{
	struct kids kids = kids_of(v, expr);
	long long cond;

	if (kids.nr == 3 && const_int(kid(v, kids, 0), &cond)) {
		values_of(v, kid(v, kids, cond ? 1 : 2), out);
	} else if (kids.nr >= 2) {
		/* a ?: b has the common expression first */
		values_of(v, kid(v, kids, kids.nr == 3 ? 1 : 0), out);
		values_of(v, kid(v, kids, kids.nr - 1), out);
	}
	kids_drop(v, kids);
}

/* To a struct or a pointer; container_of() goes back by bytes. */
static bool points_to_element(CXType type)
{
	enum CXTypeKind kind;

	type = clang_getCanonicalType(type);
	kind = clang_getCanonicalType(clang_getPointeeType(type)).kind;
	return kind == CXType_Record || kind == CXType_Pointer;
}

/*
 * `table + i`, `ptr + i`: another element of the array, or of the one pointed
 * into. Behind a single object, `&obj + 1`, is nothing that is known.
 */
static struct fact_value element_value(struct visit *v, CXCursor ptr)
{
	struct fact_value val = place_value(v, ptr);
	const char *path = interner_get(&v->facts->strings, val.path);
	size_t len = strlen(path);

	if (val.kind == VALUE_NONE || val.kind == VALUE_FUNC)
		return value(VALUE_NONE, 0, 0);
	if (val.addr && !is_array(clang_getCursorType(strip(v, ptr))))
		return len && path[len - 1] == ']' ? val
						   : value(VALUE_NONE, 0, 0);
	val.path = path_append(v, val.path, '[', 0);
	val.addr = 1;
	return val;
}

/* container_of() keeps its argument in a variable: what that is told there. */
static CXCursor container_argument(struct visit *v, CXCursor ptr)
{
	CXCursor expr = strip(v, ptr), var, init;
	struct place at, declared;

	if (clang_getCursorKind(expr) != CXCursor_DeclRefExpr)
		return ptr;
	var = clang_getCursorReferenced(expr);
	if (clang_getCursorKind(var) != CXCursor_VarDecl ||
	    is_static_storage(var))
		return ptr;
	init = clang_Cursor_getVarDeclInitializer(var);
	at = place_of(v, ptr);
	declared = place_of(v, var);
	if (clang_Cursor_isNull(init) || at.file != declared.file ||
	    at.offset != declared.offset)
		return ptr;
	return init;
}

/* `(void *)p - offsetof(struct rec, a.b)`; false when it is none. */
static bool container_of(struct visit *v, CXCursor left, CXCursor right,
			 struct fact_value *out)
{
	struct kids kids = kids_of(v, right);
	bool found = false;
	uint32_t i;

	/* from the innermost field outwards */
	for (i = kids.nr; i--;) {
		CXCursor field = kid(v, kids, i);
		uint32_t name;

		if (clang_getCursorKind(field) != CXCursor_MemberRef)
			break;
		name = field_name(v, clang_getCursorReferenced(field));
		if (!found)
			*out = place_value(v, container_argument(v, left));
		if (name)
			*out = path_container(v, *out, name);
		found = true;
	}
	kids_drop(v, kids);
	return found;
}

/* `2 + p`: like a comma, by the types. */
static bool is_sum(struct visit *v, CXCursor left, CXCursor right)
{
	char text[64];

	return text_between(v, left, right, text, sizeof(text)) &&
	       strchr(text, '+') && !strchr(text, ',');
}

/* `a = b` has the value of b, `a, b` that of b. */
static void binary_values(struct visit *v, CXCursor expr, struct values *out)
{
	CXType type = clang_getCursorType(expr);
	struct kids kids = kids_of(v, expr);
	struct fact_value none = { 0 };
	CXCursor left, right;

	if (kids.nr != 2 || !is_pointer_like(type)) {
		add_value(out, none);
		kids_drop(v, kids);
		return;
	}
	left = kid(v, kids, 0);
	right = kid(v, kids, 1);
	kids_drop(v, kids);
	if (!is_pointer_like(clang_getCursorType(right))) {
		if (points_to_element(type))
			none = element_value(v, left);
		else
			container_of(v, left, right, &none);
		add_value(out, none);
	} else if (is_pointer_like(clang_getCursorType(left)) ||
		   !is_sum(v, left, right))
		values_of(v, right, out);
	else
		add_value(out, points_to_element(type) ? element_value(v, right)
						       : none);
}

void values_of(struct visit *v, CXCursor expr, struct values *out)
{
	struct kids kids;

	expr = strip(v, expr);
	switch (clang_getCursorKind(expr)) {
	case CXCursor_ConditionalOperator:
		conditional_values(v, expr, out);
		return;
	case CXCursor_BinaryOperator:
		binary_values(v, expr, out);
		return;
	case CXCursor_MemberRefExpr:
	case CXCursor_ArraySubscriptExpr:
	case CXCursor_UnaryOperator:
		step_values(v, expr, out);
		return;
	case CXCursor_UnexposedExpr:
		/* a ?: b: the common expression, three that stand for it */
		kids = kids_of(v, expr);
		kids_drop(v, kids);
		if (kids.nr == 4) {
			conditional_values(v, expr, out);
			return;
		}
		break;
	case CXCursor_InitListExpr: /* a scalar in braces */
		kids = kids_of(v, expr);
		if (kids.nr == 1)
			values_of(v, kid(v, kids, 0), out);
		kids_drop(v, kids);
		return;
	default:
		break;
	}
	add_value(out, single_value(v, expr));
}

struct fact_value place_value(struct visit *v, CXCursor expr)
{
	struct values vals = { .nr = 0 };

	values_of(v, expr, &vals);
	return vals.nr ? vals.v[0] : value(VALUE_NONE, 0, 0);
}
