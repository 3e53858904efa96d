// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conditions on parameters under which a call is made.
 *
 * What a parameter is that its function never changes holds from one end of the
 * function to the other, so a condition once tested holds for all that can only
 * be got to by passing the test. Control also comes in by labels and cases:
 * they end what was tested before them. What an operator is only the text tells
 * (libclang 14 does not), and what the text does not tell is no condition.
 */
#include <string.h>

#include "indexer/visit.h"

/* Through parentheses and what the compiler converts by itself. */
static CXCursor bare(struct visit *v, CXCursor expr)
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

static bool is_number(CXType type)
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

/* A parameter, by its own name or by that of a local that is a copy of it. */
struct param_ref {
	uint32_t index;
	uint64_t decl, copy; /* keys; copy: of the local, or 0 */
};

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

static bool param_of(struct visit *v, CXCursor expr, struct param_ref *ref)
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

/* A number, or NULL. */
static bool comparand(struct visit *v, CXCursor expr, uint32_t *value)
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

/* ---- operators ---- */

/* The operator of two and nothing else, or "". */
static void operator_text(struct visit *v, CXCursor left, CXCursor right,
			  char op[4])
{
	char text[64], *from, *to;
	size_t len;

	op[0] = '\0';
	if (!text_between(v, left, right, text, sizeof(text)))
		return;
	from = text + strspn(text, " \t\n\\)");
	to = from + strcspn(from, " \t\n\\(");
	len = to - from;
	if (len > 3 || to[strspn(to, " \t\n\\(")])
		return;
	memcpy(op, from, len);
	op[len] = '\0';
}

/*
 * `!x`, and not `-x`: an int even when x is none, or the text says so. In what
 * __builtin_expect() is given by a macro, `!!(x)`, it can be nothing else.
 */
static bool is_not(struct visit *v, CXCursor expr, CXCursor inner,
		   bool expected)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(expr));
	CXType of = clang_getCanonicalType(clang_getCursorType(inner));
	char text[64];

	if (type.kind != CXType_Int)
		return false;
	/* and of a pointer to int, `*p` is one as well */
	if (of.kind == CXType_Pointer)
		of = clang_getCanonicalType(clang_getPointeeType(of));
	else if (!is_number(of))
		return false;
	if (of.kind != CXType_Int)
		return true;
	if (text_until(v, expr, inner, text, sizeof(text)))
		return text[0] == '!' &&
		       !text[1 + strspn(text + 1, " \t\n\\(")];
	return expected;
}

static bool is_expect(CXCursor call)
{
	struct cxstr name = cxstr_init(
		clang_getCursorSpelling(clang_getCursorReferenced(call)));
	bool ret = !strcmp(name.s, "__builtin_expect");

	cxstr_release(&name);
	return ret;
}

/*
 * An expression as a test: without what only turns it round, and its operands
 * when there are two.
 */
struct test {
	CXCursor expr, left, right;
	char op[4]; /* "" when it is none of two operands */
	bool truth; /* whether it is to be true */
};

static struct test read_test(struct visit *v, CXCursor expr, bool truth)
{
	struct test t = { .truth = truth };
	bool expected = false;

	for (;;) {
		enum CXCursorKind kind;
		struct kids kids;

		t.expr = expr = bare(v, expr);
		kind = clang_getCursorKind(expr);
		if (kind == CXCursor_CallExpr && is_expect(expr)) {
			expected = true;
			expr = clang_Cursor_getArgument(expr, 0);
			continue;
		}
		if (kind != CXCursor_UnaryOperator &&
		    kind != CXCursor_BinaryOperator)
			return t;
		kids = kids_of(v, expr);
		kids_drop(v, kids);
		if (kids.nr == 2 && kind == CXCursor_BinaryOperator) {
			t.left = kid(v, kids, 0);
			t.right = kid(v, kids, 1);
			operator_text(v, t.left, t.right, t.op);
			return t;
		}
		if (kids.nr != 1 || !is_not(v, expr, kid(v, kids, 0), expected))
			return t;
		expr = kid(v, kids, 0);
		t.truth = !t.truth;
	}
}

/* ---- the conditions in force ---- */

static void add_cond(struct visit *v, const struct param_ref *ref,
		     enum cond_kind kind, uint32_t value)
{
	ALLOC_GROW(v->conds, v->nr_conds + 1, v->alloc_conds);
	v->conds[v->nr_conds++] = (struct visit_cond){
		.cond = { .kind = kind, .param = ref->index, .value = value },
		.decl = ref->decl,
		.copy = ref->copy,
		.or_next = true,
	};
}

/* `p & MASK` */
static bool add_mask(struct visit *v, CXCursor left, CXCursor right, bool truth)
{
	struct param_ref ref;
	uint32_t mask;

	if (!(param_of(v, left, &ref) && small_const(v, right, &mask)) &&
	    !(param_of(v, right, &ref) && small_const(v, left, &mask)))
		return false;
	add_cond(v, &ref, truth ? COND_SET : COND_CLEAR, mask);
	return true;
}

/* `p == 1`, and `(p & MASK) == 0`. */
static bool add_comparison(struct visit *v, CXCursor side, CXCursor with,
			   bool equal)
{
	struct param_ref ref;
	uint32_t value;
	struct test t;

	if (param_of(v, side, &ref)) {
		if (!comparand(v, with, &value))
			return false;
		add_cond(v, &ref, equal ? COND_EQ : COND_NE, value);
		return true;
	}
	if (clang_getCursorKind(bare(v, side)) != CXCursor_BinaryOperator)
		return false;
	t = read_test(v, side, true);
	return !strcmp(t.op, "&") && small_const(v, with, &value) && !value &&
	       add_mask(v, t.left, t.right, !equal);
}

static bool add_literal(struct visit *v, const struct test *t)
{
	struct param_ref ref;
	bool equal;

	if (!t->op[0]) {
		if (!param_of(v, t->expr, &ref))
			return false;
		add_cond(v, &ref, t->truth ? COND_NE : COND_EQ, 0);
		return true;
	}
	if (!strcmp(t->op, "&"))
		return add_mask(v, t->left, t->right, t->truth);
	if (strcmp(t->op, "==") && strcmp(t->op, "!="))
		return false;
	equal = (t->op[0] == '=') == t->truth;
	return add_comparison(v, t->left, t->right, equal) ||
	       add_comparison(v, t->right, t->left, equal);
}

/* Both parts hold: `a && b` is true, or `a || b` is not. */
static bool is_both(const struct test *t)
{
	return !strcmp(t->op, t->truth ? "&&" : "||");
}

static bool is_either(const struct test *t)
{
	return !strcmp(t->op, t->truth ? "||" : "&&");
}

/* One condition of several parts; false when some part is none. */
static bool add_parts(struct visit *v, CXCursor expr, bool truth)
{
	struct test t = read_test(v, expr, truth);

	if (is_either(&t))
		return add_parts(v, t.left, t.truth) &&
		       add_parts(v, t.right, t.truth);
	return add_literal(v, &t);
}

/* What was added since @first is one condition, if it is one at all. */
static void end_parts(struct visit *v, uint32_t first, bool ok)
{
	if (!ok)
		v->nr_conds = first;
	else if (v->nr_conds > first)
		v->conds[v->nr_conds - 1].or_next = false;
}

void push_cond(struct visit *v, CXCursor expr, bool truth)
{
	uint32_t first = v->nr_conds;
	struct test t;

	if (!v->params.nr)
		return;
	t = read_test(v, expr, truth);
	if (is_both(&t)) {
		push_cond(v, t.left, t.truth);
		push_cond(v, t.right, t.truth);
		return;
	}
	end_parts(v, first, add_parts(v, t.expr, t.truth));
}

void push_left_cond(struct visit *v, CXCursor left, CXCursor right)
{
	char op[4];

	if (!v->params.nr)
		return;
	operator_text(v, left, right, op);
	if (!strcmp(op, "&&") || !strcmp(op, "||"))
		push_cond(v, left, op[0] == '&');
}

void push_exit_cond(struct visit *v, CXCursor stmt)
{
	struct kids kids = kids_of(v, stmt);
	bool truth = false, ok = false;

	if (v->params.nr && kids.nr == 2) {
		ok = ends_in_jump(v, kid(v, kids, 1));
	} else if (v->params.nr && kids.nr == 3) {
		/* the other branch goes on, and may be jumped into */
		truth = ends_in_jump(v, kid(v, kids, 2));
		ok = truth != ends_in_jump(v, kid(v, kids, 1)) &&
		     !has_entry(v, kid(v, kids, truth ? 1 : 2));
	}
	if (ok)
		push_cond(v, kid(v, kids, 0), truth);
	kids_drop(v, kids);
}

void end_conds(struct visit *v, uint32_t from)
{
	for (; from < v->nr_conds; from++)
		v->conds[from].over = true;
}

/* ---- switch ---- */

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

/* ---- of calls ---- */

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

void add_conds(struct visit *v, struct fact_call *fact)
{
	struct unit_facts *f = v->facts;
	uint32_t i;

	fact->first_cond = f->nr_conds;
	for (i = 0; i < v->nr_conds; i++) {
		const struct visit_cond *c = &v->conds[i];

		if (c->over)
			continue;
		ALLOC_GROW(f->conds, f->nr_conds + 1, f->alloc_conds);
		ALLOC_GROW(v->sources, v->nr_sources + 1, v->alloc_sources);
		f->conds[f->nr_conds] = c->cond;
		f->conds[f->nr_conds++].or_next = c->or_next;
		v->sources[v->nr_sources++] = *c;
	}
	fact->nr_conds = f->nr_conds - fact->first_cond;
}

static bool is_changed(const struct visit *v, const struct visit_cond *c)
{
	return u64map_get(&v->changed, c->decl) ||
	       (c->copy && u64map_get(&v->changed, c->copy));
}

/* Those of a call that hold to the end; returns how many. */
static uint32_t keep_conds(struct visit *v, const struct visit_cond *sources,
			   uint32_t from, uint32_t nr, uint32_t to)
{
	struct fact_cond *conds = v->facts->conds;
	uint32_t kept = to, i, first = to;
	bool ok = true;

	for (i = 0; i < nr; i++) {
		bool ends = !sources[i].or_next;

		ok &= !is_changed(v, &sources[i]);
		conds[kept++] = conds[from + i];
		if (!ends)
			continue;
		if (!ok)
			kept = first;
		first = kept;
		ok = true;
	}
	return kept - to;
}

void keep_unchanged_conds(struct visit *v, uint32_t first_call)
{
	struct unit_facts *f = v->facts;
	uint32_t i, to, base;

	if (v->nr_sources) {
		base = to = f->nr_conds - v->nr_sources;
		for (i = first_call; i < f->nr_calls; i++) {
			struct fact_call *c = &f->calls[i];

			c->nr_conds = keep_conds(
				v, v->sources + (c->first_cond - base),
				c->first_cond, c->nr_conds, to);
			c->first_cond = to;
			to += c->nr_conds;
		}
		f->nr_conds = to;
	}
	v->nr_sources = 0;
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
