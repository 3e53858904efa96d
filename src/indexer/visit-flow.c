// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where control goes: which statement is never left at its end, and which one
 * is never entered at its start. What cannot be told is run, so a wrong answer
 * can only go one way: a label may always be jumped to, and only constants that
 * libclang evaluates itself are believed.
 */
#include <string.h>

#include "indexer/visit.h"

/* Walk a cursor and all below it; stop when @test says so. */
struct search {
	enum search_step (*test)(struct visit *v, CXCursor cursor, void *data);
	struct visit *v;
	void *data;
	bool found;
};

static enum CXChildVisitResult search_kid(CXCursor cursor, CXCursor parent,
					  CXClientData data)
{
	struct search *s = data;

	(void)parent;
	switch (s->test(s->v, cursor, s->data)) {
	case SEARCH_FOUND:
		s->found = true;
		return CXChildVisit_Break;
	case SEARCH_SKIP:
		return CXChildVisit_Continue;
	case SEARCH_ON:
		break;
	}
	return CXChildVisit_Recurse;
}

bool search(struct visit *v, CXCursor root,
	    enum search_step (*test)(struct visit *, CXCursor, void *),
	    void *data)
{
	struct search s = { .test = test, .v = v, .data = data };

	switch (test(v, root, data)) {
	case SEARCH_FOUND:
		return true;
	case SEARCH_SKIP:
		return false;
	case SEARCH_ON:
		break;
	}
	clang_visitChildren(root, search_kid, &s);
	return s.found;
}

/* A case of a switch that is dead itself is no way in. */
static enum search_step entry_step(struct visit *v, CXCursor cursor, void *data)
{
	unsigned int *in_switch = data;
	struct kids kids;
	bool found;

	switch (clang_getCursorKind(cursor)) {
	case CXCursor_LabelStmt:
		return SEARCH_FOUND;
	case CXCursor_CaseStmt:
	case CXCursor_DefaultStmt:
		return *in_switch ? SEARCH_ON : SEARCH_FOUND;
	case CXCursor_SwitchStmt:
		kids = kids_of(v, cursor);
		++*in_switch;
		found = kids.nr && search(v, kid(v, kids, kids.nr - 1),
					  entry_step, in_switch);
		--*in_switch;
		kids_drop(v, kids);
		return found ? SEARCH_FOUND : SEARCH_SKIP;
	default:
		return SEARCH_ON;
	}
}

bool has_entry(struct visit *v, CXCursor stmt)
{
	unsigned int in_switch = 0;

	return search(v, stmt, entry_step, &in_switch);
}

static bool is_breakable(CXCursor stmt)
{
	switch (clang_getCursorKind(stmt)) {
	case CXCursor_ForStmt:
	case CXCursor_WhileStmt:
	case CXCursor_DoStmt:
	case CXCursor_SwitchStmt:
		return true;
	default:
		return false;
	}
}

static enum search_step break_step(struct visit *v, CXCursor cursor, void *data)
{
	(void)v;
	(void)data;
	if (clang_getCursorKind(cursor) == CXCursor_BreakStmt)
		return SEARCH_FOUND;
	return is_breakable(cursor) ? SEARCH_SKIP : SEARCH_ON;
}

/* Is there a break that leaves the loop or switch with this body? */
static bool breaks_out(struct visit *v, CXCursor body)
{
	return search(v, body, break_step, NULL);
}

static enum search_step continue_step(struct visit *v, CXCursor cursor,
				      void *data)
{
	(void)v;
	(void)data;
	return clang_getCursorKind(cursor) == CXCursor_ContinueStmt
		       ? SEARCH_FOUND
		       : SEARCH_ON;
}

static bool is_jump(CXCursor stmt)
{
	switch (clang_getCursorKind(stmt)) {
	case CXCursor_ReturnStmt:
	case CXCursor_GotoStmt:
	case CXCursor_BreakStmt:
	case CXCursor_ContinueStmt:
		return true;
	default:
		return false;
	}
}

/* Behind the parameters: one of them may be such a function itself. */
static bool spelled_noreturn(CXType type)
{
	static const char attr[] = "__attribute__((noreturn))";
	struct cxstr str = cxstr_init(clang_getTypeSpelling(type));
	size_t len = strlen(str.s);
	bool ret = len >= strlen(attr) &&
		   !strcmp(str.s + len - strlen(attr), attr);

	cxstr_release(&str);
	return ret;
}

/*
 * The attribute is no child that could be told from others, but it is part of
 * the function's type. A type is spelled once for each function.
 */
static bool is_noreturn(struct visit *v, CXCursor callee)
{
	CXCursor ref = clang_getCursorReferenced(callee);
	uint64_t key = decl_key(ref);
	uint32_t known = u64map_get(&v->noreturn, key);
	bool ret;

	if (known)
		return known == 2;
	ret = spelled_noreturn(clang_getCursorType(callee));
	if (key)
		u64map_put(&v->noreturn, key, ret ? 2 : 1);
	return ret;
}

static bool call_ends(struct visit *v, CXCursor call)
{
	struct kids kids;
	bool ret;

	if (clang_getCanonicalType(clang_getCursorType(call)).kind !=
	    CXType_Void)
		return false;
	kids = kids_of(v, call);
	ret = kids.nr && is_noreturn(v, kid(v, kids, 0));
	kids_drop(v, kids);
	return ret;
}

/* `if (!IS_ENABLED(CONFIG_FOO)) return 0;` with the answer known. */
static bool if_ends(struct visit *v, CXCursor stmt)
{
	struct kids kids = kids_of(v, stmt);
	bool ret = false;
	long long cond;

	if (kids.nr >= 2 && const_int(kid(v, kids, 0), &cond)) {
		if (cond)
			ret = ends_in_jump(v, kid(v, kids, 1));
		else if (kids.nr == 3)
			ret = ends_in_jump(v, kid(v, kids, 2));
	} else if (kids.nr == 3) {
		ret = ends_in_jump(v, kid(v, kids, 1)) &&
		      ends_in_jump(v, kid(v, kids, 2));
	}
	kids_drop(v, kids);
	return ret;
}

/* A jump anywhere in the block, and no label behind it. */
static bool block_ends(struct visit *v, CXCursor block)
{
	struct kids kids = kids_of(v, block);
	bool ret = false;
	uint32_t i;

	for (i = 0; i < kids.nr; i++) {
		CXCursor stmt = kid(v, kids, i);

		if (ret)
			ret = !has_entry(v, stmt);
		/* the costly question is asked for the last one only */
		if (!ret && i + 1 == kids.nr)
			ret = ends_in_jump(v, stmt);
		else if (!ret)
			ret = is_jump(stmt) ||
			      (clang_getCursorKind(stmt) == CXCursor_CallExpr &&
			       call_ends(v, stmt));
	}
	kids_drop(v, kids);
	return ret;
}

/* Also round once: `do { return x; } while (0)`. */
static bool do_ends(struct visit *v, CXCursor stmt)
{
	struct kids kids = kids_of(v, stmt);
	bool ret = false;
	long long cond;

	if (kids.nr == 2 && !breaks_out(v, kid(v, kids, 0))) {
		ret = const_int(kid(v, kids, 1), &cond) && cond;
		if (!ret && !search(v, kid(v, kids, 0), continue_step, NULL))
			ret = ends_in_jump(v, kid(v, kids, 0));
	}
	kids_drop(v, kids);
	return ret;
}

static bool while_ends(struct visit *v, CXCursor stmt)
{
	struct kids kids = kids_of(v, stmt);
	long long cond;
	bool ret = kids.nr == 2 && const_int(kid(v, kids, 0), &cond) && cond &&
		   !breaks_out(v, kid(v, kids, 1));

	kids_drop(v, kids);
	return ret;
}

/*
 * A part of a for that is left out is no child, and which one it was only the
 * text tells: `for (;;)` has a body only, `for (i = 0;; i++)` has three
 * children as well as `for (; i < n; i++)`.
 */
static bool text_has_no_condition(struct visit *v, CXCursor stmt,
				  CXCursor behind)
{
	char text[256], *at;
	int depth = 0;

	if (!text_until(v, stmt, behind, text, sizeof(text)) ||
	    strncmp(text, "for", 3) || strpbrk(text, "\"'/#"))
		return false;
	for (at = text + 3; *at; at++) {
		if (strchr("({[", *at))
			depth++;
		else if (strchr(")}]", *at))
			depth--;
		else if (*at == ';' && depth == 1)
			return at[1 + strspn(at + 1, " \t\n\\")] == ';';
	}
	return false;
}

static bool for_ends(struct visit *v, CXCursor stmt)
{
	struct kids kids = kids_of(v, stmt);
	bool ret = false;

	if (kids.nr)
		ret = kids.nr == 1 ||
		      (kids.nr < 4 &&
		       text_has_no_condition(v, stmt,
					     kid(v, kids, kids.nr - 1)));
	ret = ret && !breaks_out(v, kid(v, kids, kids.nr - 1));
	kids_drop(v, kids);
	return ret;
}

/* Every value has its case, and none of them falls out or breaks. */
static bool switch_ends(struct visit *v, CXCursor stmt)
{
	struct kids kids = kids_of(v, stmt);
	struct kids body;
	bool ret = false;
	uint32_t i;

	if (kids.nr == 2 &&
	    clang_getCursorKind(kid(v, kids, 1)) == CXCursor_CompoundStmt) {
		body = kids_of(v, kid(v, kids, 1));
		for (i = 0; i < body.nr && !ret; i++)
			ret = clang_getCursorKind(kid(v, body, i)) ==
			      CXCursor_DefaultStmt;
		kids_drop(v, body);
		ret = ret && ends_in_jump(v, kid(v, kids, 1)) &&
		      !breaks_out(v, kid(v, kids, 1));
	}
	kids_drop(v, kids);
	return ret;
}

static bool last_ends(struct visit *v, CXCursor stmt)
{
	struct kids kids = kids_of(v, stmt);
	bool ret = kids.nr && ends_in_jump(v, kid(v, kids, kids.nr - 1));

	kids_drop(v, kids);
	return ret;
}

bool ends_in_jump(struct visit *v, CXCursor stmt)
{
	switch (clang_getCursorKind(stmt)) {
	case CXCursor_CallExpr:
		return call_ends(v, stmt);
	case CXCursor_IfStmt:
		return if_ends(v, stmt);
	case CXCursor_CompoundStmt:
		return block_ends(v, stmt);
	case CXCursor_DoStmt:
		return do_ends(v, stmt);
	case CXCursor_WhileStmt:
		return while_ends(v, stmt);
	case CXCursor_ForStmt:
		return for_ends(v, stmt);
	case CXCursor_SwitchStmt:
		return switch_ends(v, stmt);
	case CXCursor_LabelStmt:
	case CXCursor_CaseStmt:
	case CXCursor_DefaultStmt:
		return last_ends(v, stmt);
	default:
		return is_jump(stmt);
	}
}

/* `0` and nothing else: an initialisation or a step is never that. */
static bool is_literal_zero(struct visit *v, CXCursor expr)
{
	long long n;

	expr = strip(v, expr);
	return clang_getCursorKind(expr) == CXCursor_IntegerLiteral &&
	       const_int(expr, &n) && !n;
}

bool body_never_runs(struct visit *v, CXCursor loop, struct kids kids)
{
	bool is_for = clang_getCursorKind(loop) == CXCursor_ForStmt;
	long long cond;
	uint32_t i;

	if (!is_for || kids.nr == 4)
		return kids.nr >= 2 &&
		       const_int(kid(v, kids, is_for ? 1 : 0), &cond) && !cond;
	for (i = 0; i + 1 < kids.nr; i++)
		if (is_literal_zero(v, kid(v, kids, i)))
			return true;
	return false;
}

/* ---- switch ---- */

/* One label of `case 1: case 2: default: x`; @stmt goes on to the next. */
static bool next_label(struct visit *v, CXCursor *stmt,
		       struct case_label *label)
{
	enum CXCursorKind kind = clang_getCursorKind(*stmt);
	struct kids kids;

	if (kind != CXCursor_CaseStmt && kind != CXCursor_DefaultStmt)
		return false;
	kids = kids_of(v, *stmt);
	*label = (struct case_label){ .is_default = kind != CXCursor_CaseStmt };
	if (!label->is_default)
		label->known =
			kids.nr >= 2 &&
			const_int(kid(v, kids, 0), &label->first) &&
			const_int(kid(v, kids, kids.nr - 2), &label->last) &&
			label->first >= 0;
	*stmt = kids.nr ? kid(v, kids, kids.nr - 1) : clang_getNullCursor();
	kids_drop(v, kids);
	return kids.nr;
}

static bool label_taken(const struct switch_value *sw,
			const struct case_label *label)
{
	if (label->is_default)
		return !sw->has_case;
	return label->first <= sw->value && sw->value <= label->last;
}

struct switch_value switch_value_of(struct visit *v, CXCursor cond,
				    CXCursor body)
{
	struct switch_value sw = { .known = false };
	struct kids kids;
	uint32_t i;

	/* negative ones depend on a type that the cases may not have */
	if (!const_int(cond, &sw.value) || sw.value < 0)
		return sw;
	sw.known = true;
	kids = kids_of(v, body);
	for (i = 0; i < kids.nr; i++) {
		CXCursor stmt = kid(v, kids, i);
		struct case_label label;

		while (next_label(v, &stmt, &label)) {
			sw.known &= label.is_default || label.known;
			sw.has_case |= !label.is_default &&
				       label_taken(&sw, &label);
		}
		/* a case within a block of the switch: not looked through */
		if (!clang_Cursor_isNull(stmt))
			sw.known &= !has_entry(v, stmt);
	}
	kids_drop(v, kids);
	return sw;
}

bool switch_enters(struct visit *v, const struct switch_value *sw,
		   CXCursor stmt)
{
	struct case_label label;

	if (!sw->known)
		return has_entry(v, stmt);
	while (next_label(v, &stmt, &label))
		if (label_taken(sw, &label))
			return true;
	return false;
}
