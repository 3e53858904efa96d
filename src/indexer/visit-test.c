// SPDX-License-Identifier: GPL-2.0-only
/*
 * An expression as a test. What an operator is only the text tells (libclang 14
 * does not), and what the text does not tell is taken for no operator at all.
 */
#include <string.h>

#include "indexer/visit-cond.h"

void operator_text(struct visit *v, CXCursor left, CXCursor right, char op[4])
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

struct test read_test(struct visit *v, CXCursor expr, bool truth)
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
