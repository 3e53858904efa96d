// SPDX-License-Identifier: GPL-2.0-only
/*
 * Initialisers: which value ends up in which field of which object.
 *
 * libclang shows the list as it is written. A designated element is a nameless
 * expression of type void whose children are the designators and then the
 * value; a positional one carries no name, so fields are counted, also through
 * braces that were left out.
 */
#include "indexer/visit.h"

/* Elements of a braced list being handed out to the fields of an object. */
struct init_list {
	struct kids kids;
	uint32_t next;
};

static void init_object(struct visit *v, struct fact_value lhs, CXType type,
			struct init_list *list, uint32_t index);

static enum CXVisitorResult collect_field(CXCursor field, CXClientData data)
{
	struct visit *v = data;

	ALLOC_GROW(v->kids, v->nr_kids + 1, v->alloc_kids);
	v->kids[v->nr_kids++] = field;
	return CXVisit_Continue;
}

static struct kids fields_of(struct visit *v, CXType record)
{
	struct kids kids = { .first = v->nr_kids };

	clang_Type_visitFields(record, collect_field, v);
	kids.nr = v->nr_kids - kids.first;
	return kids;
}

static struct fact_value step(struct visit *v, struct fact_value lhs,
			      CXCursor field)
{
	uint32_t name = field_name(v, field);

	if (name)
		lhs.path = path_append(v, lhs.path, '|', name);
	return lhs;
}

static bool is_aggregate(CXType type)
{
	type = clang_getCanonicalType(type);
	return type.kind == CXType_Record ||
	       type.kind == CXType_ConstantArray ||
	       type.kind == CXType_IncompleteArray;
}

static bool is_designated(CXCursor expr)
{
	return clang_getCursorKind(expr) == CXCursor_UnexposedExpr &&
	       clang_getCursorType(expr).kind == CXType_Void;
}

/* `.a.b[2] = value`; returns the cursor of the first field named. */
static CXCursor init_designated(struct visit *v, struct fact_value lhs,
				CXCursor expr, uint32_t index)
{
	struct kids kids = kids_of(v, expr);
	CXCursor first = clang_getNullCursor();
	long long at;
	uint32_t i;

	for (i = 0; i + 1 < kids.nr; i++) {
		CXCursor c = kid(v, kids, i);

		if (clang_getCursorKind(c) == CXCursor_MemberRef) {
			CXCursor field = clang_getCursorReferenced(c);

			if (clang_Cursor_isNull(first))
				first = field;
			lhs = step(v, lhs, field);
		} else if (const_int(c, &at)) {
			/* a range has two: the element named is its last */
			if (i == 0 ||
			    clang_getCursorKind(kid(v, kids, i - 1)) ==
				    CXCursor_MemberRef)
				lhs.path = path_append(v, lhs.path, '[', 0);
			index = at;
		}
	}
	if (kids.nr)
		visit_initialiser(v, lhs, kid(v, kids, kids.nr - 1), index);
	kids_drop(v, kids);
	return first;
}

/* The next element of @list into an object of type @type. */
static void init_next(struct visit *v, struct fact_value lhs, CXType type,
		      struct init_list *list, uint32_t index)
{
	CXCursor expr = kid(v, list->kids, list->next);
	enum CXCursorKind kind = clang_getCursorKind(strip(v, expr));
	CXType have = clang_getCanonicalType(clang_getCursorType(expr));

	if (is_aggregate(type) && kind != CXCursor_InitListExpr &&
	    kind != CXCursor_CompoundLiteralExpr &&
	    kind != CXCursor_StringLiteral && have.kind != CXType_Record) {
		init_object(v, lhs, type, list, index); /* braces left out */
		return;
	}
	list->next++;
	visit_initialiser(v, lhs, expr, index);
}

/* Position behind @field among @fields. */
static uint32_t position_after(struct visit *v, struct kids fields,
			       CXCursor field)
{
	uint32_t i;

	for (i = 0; i < fields.nr; i++)
		if (clang_equalCursors(kid(v, fields, i), field))
			return i + 1;
	return fields.nr;
}

static void init_record(struct visit *v, struct fact_value lhs, CXType type,
			struct init_list *list, uint32_t index)
{
	bool is_union = clang_getCursorKind(clang_getTypeDeclaration(type)) ==
			CXCursor_UnionDecl;
	struct kids fields = fields_of(v, type);
	uint32_t at = 0;

	while (list->next < list->kids.nr) {
		CXCursor expr = kid(v, list->kids, list->next), field;

		if (is_designated(expr)) {
			field = init_designated(v, lhs, expr, index);
			at = position_after(v, fields, field);
			list->next++;
			continue;
		}
		if (at >= fields.nr || (is_union && at))
			break;
		field = kid(v, fields, at++);
		init_next(v, step(v, lhs, field), clang_getCursorType(field),
			  list, index);
	}
	kids_drop(v, fields);
}

static void init_array(struct visit *v, struct fact_value lhs, CXType type,
		       struct init_list *list)
{
	long long size = clang_getArraySize(type);
	CXType elem = clang_getArrayElementType(type);
	struct fact_value at = lhs;
	long long i = 0, designated;

	at.path = path_append(v, lhs.path, '[', 0);
	while (list->next < list->kids.nr && (size < 0 || i < size)) {
		CXCursor expr = kid(v, list->kids, list->next);

		if (is_designated(expr)) {
			struct kids kids = kids_of(v, expr);

			/* elements that follow go on from there */
			if (kids.nr && const_int(kid(v, kids, 0), &designated))
				i = designated;
			kids_drop(v, kids);
			init_designated(v, lhs, expr, i);
			list->next++;
		} else {
			init_next(v, at, elem, list, i);
		}
		i++;
	}
}

static void init_object(struct visit *v, struct fact_value lhs, CXType type,
			struct init_list *list, uint32_t index)
{
	uint32_t before = list->next;

	type = clang_getCanonicalType(type);
	if (type.kind == CXType_Record)
		init_record(v, lhs, type, list, index);
	else
		init_array(v, lhs, type, list);
	if (list->next == before) /* an empty struct: no endless loop */
		list->next++;
}

static bool is_array_type(CXType type)
{
	enum CXTypeKind kind = clang_getCanonicalType(type).kind;

	return kind == CXType_ConstantArray || kind == CXType_IncompleteArray;
}

/* `char name[8] = { "x" }` says what it says without the braces. */
static bool is_braced_string(struct visit *v, CXType type, struct kids kids)
{
	CXType elem = clang_getCanonicalType(clang_getArrayElementType(type));

	if (kids.nr != 1 || clang_getCursorKind(strip(v, kid(v, kids, 0))) !=
				    CXCursor_StringLiteral)
		return false;
	/* inside of other braces the list has no type */
	return type.kind == CXType_Void ||
	       (is_array_type(type) && elem.kind != CXType_Pointer &&
		!is_aggregate(elem));
}

void visit_initialiser(struct visit *v, struct fact_value lhs, CXCursor init,
		       uint32_t index)
{
	struct values vals = { .nr = 0 };
	struct place place;
	struct kids kids;
	CXType type;
	uint32_t i;
	bool by_address;

	type = clang_getCanonicalType(clang_getCursorType(init));
	by_address = type.kind == CXType_Pointer;
	init = strip(v, init);
	type = clang_getCanonicalType(clang_getCursorType(init));
	switch (clang_getCursorKind(init)) {
	case CXCursor_CompoundLiteralExpr:
		if (by_address && is_array_type(type)) /* an array of its own */
			break;
		kids = kids_of(v, init);
		if (kids.nr)
			visit_initialiser(v, lhs, kid(v, kids, kids.nr - 1),
					  index);
		kids_drop(v, kids);
		return;
	case CXCursor_InitListExpr:
		kids = kids_of(v, init);
		if (is_braced_string(v, type, kids)) {
			visit_initialiser(v, lhs, kid(v, kids, 0), index);
			kids_drop(v, kids);
			return;
		}
		if (is_aggregate(type)) {
			struct init_list list = { kids, 0 };

			if (kids.nr)
				init_object(v, lhs, type, &list, index);
			kids_drop(v, kids);
			return;
		}
		kids_drop(v, kids);
		break;
	default:
		break;
	}
	if (!is_pointer_like(type) && type.kind != CXType_Record)
		return;
	place = place_of(v, init);
	values_of(v, init, &vals);
	for (i = 0; i < vals.nr; i++)
		add_assign(v, ASSIGN_INIT, lhs, vals.v[i], index, &place);
}

void add_var_def(struct visit *v, CXCursor var, uint32_t symbol)
{
	CXType type = clang_getCursorType(var);
	uint32_t record = type_record(v, type);
	struct unit_facts *f = v->facts;
	struct fact_def def = { .symbol = symbol, .type = record };
	struct place place;

	if (!record)
		return;
	place = place_of(v, var);
	def.file = place.path;
	def.line = place.line;
	def.col = place.col;
	if (is_array_type(type))
		def.attrs |= ATTR_ARRAY;
	if (clang_getCursorKind(var) == CXCursor_VarDecl &&
	    clang_getCursorLinkage(var) == CXLinkage_NoLinkage)
		def.attrs |= ATTR_FUNCTION_LOCAL;
	ALLOC_GROW(f->defs, f->nr_defs + 1, f->alloc_defs);
	f->defs[f->nr_defs++] = def;
}

void visit_var(struct visit *v, CXCursor var)
{
	CXCursor init = clang_Cursor_getVarDeclInitializer(var);
	struct fact_value lhs = { 0 };

	if (is_static_storage(var)) {
		lhs.kind = VALUE_GLOBAL;
		lhs.base = symbol_of(v, var);
		if (!clang_Cursor_isNull(init) ||
		    clang_Cursor_getStorageClass(var) != CX_SC_Extern)
			add_var_def(v, var, lhs.base);
	} else {
		lhs.kind = VALUE_LOCAL;
		lhs.base = local_of(v, var);
	}
	if (!clang_Cursor_isNull(init))
		visit_initialiser(v, lhs, init, FACT_NONE);
}
