// SPDX-License-Identifier: GPL-2.0-only
/* Calls with their arguments, assignments of followed values, returns. */
#include <string.h>

#include "indexer/visit.h"

/* Worth a row: it names something, or at least the field it comes from. */
static bool is_followed(const struct fact_value *val)
{
	return val->kind != VALUE_NONE || val->path;
}

static bool is_null(struct visit *v, CXCursor expr)
{
	long long n;

	expr = strip(v, expr);
	return clang_getCursorKind(expr) == CXCursor_IntegerLiteral &&
	       const_int(expr, &n) && !n;
}

static void add_arg(struct visit *v, int pos, bool only,
		    struct fact_value value)
{
	struct unit_facts *f = v->facts;

	ALLOC_GROW(f->args, f->nr_args + 1, f->alloc_args);
	memset(&f->args[f->nr_args], 0, sizeof(*f->args));
	f->args[f->nr_args].pos = pos;
	f->args[f->nr_args].only = only;
	f->args[f->nr_args++].value = value;
}

/* A constant, or the caller's own. */
static void add_number(struct visit *v, int pos, CXCursor arg)
{
	struct fact_value value = { 0 };

	if (passed_param(v, arg, &value.base))
		value.kind = VALUE_PARAM;
	else if (small_const(v, arg, &value.base))
		value.kind = VALUE_INT;
	else
		return;
	add_arg(v, pos, true, value);
}

static void add_args(struct visit *v, CXCursor call, struct fact_call *fact)
{
	int nr = clang_Cursor_getNumArguments(call), i;
	CXCursor callee = clang_getCursorReferenced(call);
	CXType type = clang_getCursorType(callee);

	/* what is printed leads nowhere, and pr_fmt() puts more before it */
	if (type.kind == CXType_FunctionProto &&
	    clang_isFunctionTypeVariadic(type))
		nr = clang_Cursor_getNumArguments(callee);

	fact->first_arg = v->facts->nr_args;
	for (i = 0; i < nr && i < 256; i++) {
		CXCursor arg = clang_Cursor_getArgument(call, i);
		struct values vals = { .nr = 0 };
		uint32_t k;

		if (!is_pointer_like(clang_getCursorType(arg))) {
			add_number(v, i, arg);
			continue;
		}
		values_of(v, arg, &vals);
		for (k = 0; k < vals.nr; k++) {
			if (vals.nr == 1 && vals.v[k].kind == VALUE_NONE &&
			    is_null(v, arg))
				vals.v[k].kind = VALUE_NULL;
			if (!is_followed(&vals.v[k]))
				continue;
			add_arg(v, i, vals.nr == 1, vals.v[k]);
		}
	}
	fact->nr_args = v->facts->nr_args - fact->first_arg;
}

static void add_guards(struct visit *v, struct fact_call *fact)
{
	struct unit_facts *f = v->facts;
	uint32_t i;

	fact->first_guard = f->nr_guards;
	for (i = 0; i < v->nr_guards; i++) {
		ALLOC_GROW(f->guards, f->nr_guards + 1, f->alloc_guards);
		f->guards[f->nr_guards++] = v->guards[i];
	}
	fact->nr_guards = f->nr_guards - fact->first_guard;
}

/*
 * What the compiler itself answers: no such function exists, and the arguments
 * of these are not evaluated.
 */
static bool is_unevaluated_builtin(const char *name)
{
	static const char *const builtins[] = {
		"__builtin_constant_p",
		"__builtin_object_size",
		"__builtin_dynamic_object_size",
		"__builtin_classify_type",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(builtins); i++)
		if (!strcmp(name, builtins[i]))
			return true;
	return false;
}

/* Name of the called builtin in @name when it is one. */
static bool is_builtin(CXCursor callee, bool *unevaluated)
{
	struct cxstr name;
	bool builtin;

	if (clang_getCursorKind(callee) != CXCursor_FunctionDecl)
		return false;
	name = cxstr_init(clang_getCursorSpelling(callee));
	builtin = !strncmp(name.s, "__builtin_", strlen("__builtin_"));
	*unevaluated = builtin && is_unevaluated_builtin(name.s);
	cxstr_release(&name);
	return builtin;
}

/* The macro spelled at a call site: what stands there is not the callee. */
static uint32_t site_macro(struct visit *v, CXCursor target,
			   const struct place *place)
{
	uint32_t spelled = identifier_at(v, place);
	CXCursor ref = clang_getCursorReferenced(target);

	if (!spelled || clang_Cursor_isNull(ref) || spelled == name_of(v, ref))
		return 0;
	return spelled;
}

/*
 * The expression in the callee's place that names it: `f`, `p->f`, and below
 * the parentheses and stars of `(*p->f)`.
 */
static CXCursor callee_expr(struct visit *v, CXCursor expr)
{
	struct kids kids;

	for (;;) {
		expr = strip(v, expr);
		if (clang_getCursorKind(expr) != CXCursor_UnaryOperator)
			return expr;
		kids = kids_of(v, expr);
		if (kids.nr)
			expr = kid(v, kids, 0);
		kids_drop(v, kids);
		if (!kids.nr)
			return expr;
	}
}

static void add_call(struct visit *v, CXCursor call, CXCursor callee,
		     const struct fact_value *target, bool ignored)
{
	struct fact_call fact = { .caller = v->func, .target = *target };
	CXCursor named = callee_expr(v, callee);
	struct place place = place_of(v, named);
	struct unit_facts *f = v->facts;

	fact.file = place.path;
	fact.line = place.line;
	fact.col = place.col;
	fact.macro = site_macro(v, named, &place);
	fact.result_ignored = ignored;
	add_args(v, call, &fact);
	add_guards(v, &fact);
	add_conds(v, &fact);
	ALLOC_GROW(f->calls, f->nr_calls + 1, f->alloc_calls);
	f->calls[f->nr_calls++] = fact;
}

void visit_call(struct visit *v, CXCursor call, bool ignored)
{
	struct kids kids = kids_of(v, call);
	bool unevaluated = false;
	struct values targets = { .nr = 0 };
	uint32_t i;

	if (!kids.nr)
		return;
	if (is_builtin(clang_getCursorReferenced(call), &unevaluated)) {
		for (i = 1; i < kids.nr && !unevaluated; i++)
			visit_stmt(v, kid(v, kids, i));
		kids_drop(v, kids);
		return;
	}
	if (is_compiler_aid(v, clang_getCursorReferenced(call))) {
		kids_drop(v, kids);
		return;
	}
	values_of(v, kid(v, kids, 0), &targets);
	for (i = 0; i < targets.nr && v->func != FACT_NONE; i++)
		add_call(v, call, kid(v, kids, 0), &targets.v[i], ignored);
	for (i = 0; i < kids.nr; i++)
		visit_stmt(v, kid(v, kids, i));
	kids_drop(v, kids);
}

/* `cleanup(f)` in the printed declaration: f as a string, or 0. */
static uint32_t printed_cleanup(struct visit *v, CXCursor var)
{
	struct cxstr text = print_decl(var);
	const char *from = strstr(text.s, "cleanup(");
	uint32_t name = 0;

	if (from) {
		from += strlen("cleanup(");
		name = interner_add(&v->facts->strings, from,
				    strcspn(from, ")"));
	}
	cxstr_release(&text);
	return name;
}

/*
 * The call is stated where the variable is declared: the reader finds the
 * attribute there. A function of the main file may be static, which is known at
 * the end of the unit. A header's is known by its name, or the facts would
 * depend on whether the header came precompiled.
 */
static void add_cleanup(struct visit *v, CXCursor var, uint32_t name)
{
	struct unit_facts *f = v->facts;
	struct place place = place_of(v, var);
	uint32_t spelled = identifier_at(v, &place);
	struct fact_call fact = {
		.caller = v->func,
		.target = { .kind = VALUE_FUNC, .addr = 1, .base = v->func },
		.file = place.path,
		.line = place.line,
		.col = place.col,
		.macro = spelled == name_of(v, var) ? 0 : spelled,
		.first_arg = f->nr_args,
		.nr_args = 1,
		.result_ignored = true,
	};

	add_arg(v, 0, true,
		(struct fact_value){ .kind = VALUE_LOCAL,
				     .addr = 1,
				     .base = local_of(v, var) });
	add_guards(v, &fact);
	/* run when the scope is left: from wherever */
	fact.first_cond = f->nr_conds;
	if (place.path != v->main_path) {
		fact.target.base = function_named(v, name, false);
	} else {
		ALLOC_GROW(v->cleanups, v->nr_cleanups + 1, v->alloc_cleanups);
		v->cleanups[v->nr_cleanups++] =
			(struct cleanup){ f->nr_calls, name };
	}
	ALLOC_GROW(f->calls, f->nr_calls + 1, f->alloc_calls);
	f->calls[f->nr_calls++] = fact;
}

void visit_cleanup(struct visit *v, CXCursor var)
{
	uint32_t name;

	if (v->func == FACT_NONE || !clang_Cursor_hasAttrs(var))
		return;
	name = printed_cleanup(v, var);
	if (name)
		add_cleanup(v, var, name);
}

static bool is_defined_here(const struct visit *v, uint32_t name)
{
	const struct unit_facts *f = v->facts;
	uint32_t i;

	for (i = 0; i < f->nr_defs; i++) {
		const struct fact_symbol *s = &f->symbols[f->defs[i].symbol];

		if (s->kind == SYMBOL_FUNC && !s->is_static &&
		    s->name == name && f->defs[i].file == v->main_path)
			return true;
	}
	return false;
}

void resolve_cleanups(struct visit *v)
{
	uint32_t i;

	for (i = 0; i < v->nr_cleanups; i++) {
		const struct cleanup *c = &v->cleanups[i];

		v->facts->calls[c->call].target.base =
			function_named(v, c->name, is_defined_here(v, c->name));
	}
}

void add_assign(struct visit *v, enum assign_kind kind, struct fact_value lhs,
		struct fact_value rhs, uint32_t index,
		const struct place *place)
{
	struct unit_facts *f = v->facts;
	struct fact_assign fact = {
		.func = v->func,
		.kind = kind,
		.lhs = lhs,
		.rhs = rhs,
		.index = index,
		.slot = path_slot(v, lhs.path),
		.file = place->path,
		.line = place->line,
		.col = place->col,
	};

	/* neither a variable nor a field: nothing could ever find it */
	if (lhs.kind == VALUE_NONE && !fact.slot)
		return;
	if (!is_followed(&rhs))
		return;
	ALLOC_GROW(f->assigns, f->nr_assigns + 1, f->alloc_assigns);
	f->assigns[f->nr_assigns++] = fact;
}

/*
 * Both sides pointers and a pointer as result: `a = b`, since no arithmetic
 * takes two (the comma's left side would have to be an unused pointer). The
 * same for a struct on both sides.
 */
bool is_assignment(CXCursor expr, CXCursor lhs, CXCursor rhs)
{
	CXType type = clang_getCanonicalType(clang_getCursorType(expr));

	if (type.kind == CXType_Record)
		return true;
	return type.kind == CXType_Pointer &&
	       is_pointer_like(clang_getCursorType(lhs)) &&
	       is_pointer_like(clang_getCursorType(rhs));
}

/*
 * `p = &drv->probe; *p = f;` is a store into the field, when p was told before
 * in the same function.
 */
static void add_store_through(struct visit *v, struct fact_value lhs,
			      struct fact_value rhs, const struct place *place)
{
	struct unit_facts *f = v->facts;
	uint32_t i;

	if (lhs.kind != VALUE_LOCAL ||
	    strcmp(interner_get(&f->strings, lhs.path), "*"))
		return;
	for (i = f->nr_assigns; i-- && f->assigns[i].func == v->func;) {
		struct fact_assign a = f->assigns[i];

		if (a.lhs.kind != VALUE_LOCAL || a.lhs.base != lhs.base ||
		    a.lhs.path || !a.rhs.addr || !path_slot(v, a.rhs.path))
			continue;
		a.rhs.addr = 0;
		add_assign(v, ASSIGN_STORE, a.rhs, rhs, FACT_NONE, place);
	}
}

void visit_binary(struct visit *v, CXCursor expr)
{
	struct kids kids = kids_of(v, expr);
	struct values vals = { .nr = 0 };
	struct fact_value lhs;
	struct place place;
	CXCursor rhs;
	uint32_t i;

	if (kids.nr == 2 &&
	    is_assignment(expr, kid(v, kids, 0), kid(v, kids, 1))) {
		rhs = strip(v, kid(v, kids, 1));
		lhs = place_value(v, kid(v, kids, 0));
		place = place_of(v, kid(v, kids, 0));
		/* also WRITE_ONCE() and smp_store_mb(): *(volatile T *)&x = */
		if (lhs.kind == VALUE_GLOBAL && !lhs.path)
			u64map_put(&v->written, lhs.base, 1);
		if (clang_getCursorKind(rhs) == CXCursor_CompoundLiteralExpr) {
			visit_initialiser(v, lhs, rhs, FACT_NONE);
		} else if (!lhs.addr) {
			values_of(v, rhs, &vals);
			for (i = 0; i < vals.nr; i++) {
				add_store_through(v, lhs, vals.v[i], &place);
				add_assign(v, ASSIGN_STORE, lhs, vals.v[i],
					   FACT_NONE, &place);
			}
		}
	}
	kids_drop(v, kids);
}

void visit_return(struct visit *v, CXCursor stmt)
{
	struct kids kids = kids_of(v, stmt);
	struct fact_value lhs = { .kind = VALUE_RETURN };
	struct values vals = { .nr = 0 };
	struct place place;
	uint32_t i;

	if (kids.nr && is_pointer_like(clang_getCursorType(kid(v, kids, 0)))) {
		place = place_of(v, stmt);
		values_of(v, kid(v, kids, 0), &vals);
		for (i = 0; i < vals.nr; i++)
			add_assign(v, ASSIGN_RETURN, lhs, vals.v[i], FACT_NONE,
				   &place);
	}
	kids_drop(v, kids);
}
