// SPDX-License-Identifier: GPL-2.0-only
/*
 * Constants that forbid a call, on graphs built by hand: top() calls low(),
 * perhaps by way of others, and low() calls aim() under conditions.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rules/given.h"

#include "walk-world.h"

#define EQ(n)                                                                  \
	{                                                                      \
		.kind = COND_EQ, .value = n                                    \
	}
#define NE(n)                                                                  \
	{                                                                      \
		.kind = COND_NE, .value = n                                    \
	}
#define SET(n)                                                                 \
	{                                                                      \
		.kind = COND_SET, .value = n                                   \
	}
#define CLEAR(n)                                                               \
	{                                                                      \
		.kind = COND_CLEAR, .value = n                                 \
	}

static void call_given(struct world *w, uint32_t caller, uint32_t callee,
		       const struct graph_arg *args, uint16_t nr_args,
		       const struct graph_cond *conds, uint8_t nr_conds)
{
	const struct graph_call c = {
		.caller = caller,
		.target = value(w, VALUE_FUNC, 1, callee, ""),
		.file = graph_add_string(w->g, "drivers/a.c"),
		.line = ++w->line,
		.macro = graph_add_string(w->g, ""),
		.nr_args = nr_args,
	};

	graph_add_call(w->g, &c, args, NULL);
	graph_add_conds(w->g, conds, nr_conds);
}

static struct graph_arg only(uint8_t pos, struct graph_value v)
{
	return (struct graph_arg){ .pos = pos, .only = true, .value = v };
}

static struct graph_arg number(struct world *w, uint8_t pos, uint32_t n)
{
	return only(pos, value(w, VALUE_INT, 0, n, ""));
}

static struct graph_arg param(struct world *w, uint8_t pos, uint32_t index)
{
	return only(pos, value(w, VALUE_PARAM, 0, index, ""));
}

/* The only call that a function makes, as an edge. */
static struct edge edge_of(const struct world *w, uint32_t fn)
{
	struct graph_call_range calls = graph_calls_from(w->g, fn);

	assert_int_equal(calls.nr, 1);
	return (struct edge){
		.caller = fn,
		.callee = calls.first->target.base,
		.call = graph_call_number(w->g, calls.first),
		.kind = EDGE_DIRECT,
	};
}

/*
 * Whether the last of some functions can make its call when control comes down
 * through all of them.
 */
static bool is_allowed(struct world *w, const uint32_t *fns, size_t nr)
{
	struct givens givens;
	uint32_t given = NO_GIVEN;
	bool ret = true;
	size_t i;

	graph_finish(w->g);
	givens_init(&givens, w->g, NULL);
	for (i = 0; i < nr; i++) {
		const struct edge e = edge_of(w, fns[i]);

		ret &= givens_allow(&givens, given, e.call);
		given = givens_enter(&givens, given, &e);
	}
	givens_release(&givens);
	graph_free(w->g);
	return ret;
}

/* ---- what a number says of a condition ---- */

static void test_numbers(void **state)
{
	static const struct {
		uint32_t number;
		struct graph_cond cond;
		bool allowed;
	} rows[] = {
		{ 1, EQ(1), true },
		{ 2, EQ(1), false },
		{ 0, EQ(0), true },
		{ 1, NE(1), false },
		{ 2, NE(1), true },
		{ 0, NE(0), false },
		{ 3, SET(1), true },
		{ 2, SET(1), false },
		{ 2, SET(3), true },
		{ 0, SET(3), false },
		{ 2, CLEAR(1), true },
		{ 3, CLEAR(1), false },
		{ 0, CLEAR(3), true },
		{ 4, CLEAR(6), false },
		{ INT32_MAX, NE(INT32_MAX), false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct world w = new_world();
		uint32_t fns[] = { fn(&w, "top"), fn(&w, "low") };
		const struct graph_arg arg = number(&w, 0, rows[i].number);

		call_given(&w, fns[0], fns[1], &arg, 1, NULL, 0);
		call_given(&w, fns[1], fn(&w, "aim"), NULL, 0, &rows[i].cond,
			   1);
		if (is_allowed(&w, fns, 2) != rows[i].allowed)
			fail_msg("row %zu: %u", i, rows[i].number);
	}
}

/* ---- which arguments are constant ---- */

enum argument {
	ARG_NULL,
	ARG_STRING,
	ARG_FUNCTION,
	ARG_VARIABLE, /* its address */
	ARG_DECLARED, /* of a variable that is defined nowhere */
	ARG_LOCAL,
	ARG_FIELD, /* of a local variable */
	ARG_POINTED_TO, /* what a local variable points to */
	ARG_ELEMENT,
	ARG_CONTENT, /* of a variable */
	ARG_ONE_OF, /* 0 or something else */
	ARG_PARAM, /* of top(), of which nothing is known */
	ARG_UNKNOWN,
};

static struct graph_arg make_arg(struct world *w, enum argument kind)
{
	const struct graph_symbol declared = {
		.kind = SYMBOL_VAR,
		.name = graph_add_string(w->g, "declared"),
	};
	uint32_t name = graph_add_string(w->g, "x");
	struct graph_arg arg = number(w, 0, 0);

	switch (kind) {
	case ARG_NULL:
		return only(0, value(w, VALUE_NULL, 0, 0, ""));
	case ARG_STRING:
		return only(0, value(w, VALUE_STRING, 0, name, ""));
	case ARG_FUNCTION:
		return only(0, value(w, VALUE_FUNC, 1, fn(w, "f"), ""));
	case ARG_VARIABLE:
		return only(0, value(w, VALUE_GLOBAL, 1, var(w, "v"), ""));
	case ARG_DECLARED:
		return only(0, value(w, VALUE_GLOBAL, 1,
				     graph_add_symbol(w->g, &declared), ""));
	case ARG_LOCAL:
		return only(0, value(w, VALUE_LOCAL, 1, name, ""));
	case ARG_FIELD:
		return only(0, value(w, VALUE_LOCAL, 1, name, "|rec.field"));
	case ARG_POINTED_TO:
		return only(0, value(w, VALUE_LOCAL, 1, name, ">rec.field"));
	case ARG_ELEMENT:
		return only(0, value(w, VALUE_LOCAL, 1, name, "[]"));
	case ARG_CONTENT:
		return only(0, value(w, VALUE_GLOBAL, 0, var(w, "v"), ""));
	case ARG_ONE_OF:
		arg.only = false;
		return arg;
	case ARG_PARAM:
		return param(w, 0, 0);
	case ARG_UNKNOWN:
		break;
	}
	return only(0, value(w, VALUE_NONE, 0, 0, ""));
}

static void test_arguments(void **state)
{
	static const struct {
		enum argument arg;
		bool null, object; /* may `if (!p)`, `if (p)` be true? */
	} rows[] = {
		{ ARG_NULL, true, false },     { ARG_STRING, false, true },
		{ ARG_FUNCTION, false, true }, { ARG_VARIABLE, false, true },
		{ ARG_DECLARED, true, true },  { ARG_LOCAL, false, true },
		{ ARG_FIELD, false, true },    { ARG_POINTED_TO, true, true },
		{ ARG_ELEMENT, true, true },   { ARG_CONTENT, true, true },
		{ ARG_ONE_OF, true, true },    { ARG_PARAM, true, true },
		{ ARG_UNKNOWN, true, true },
	};
	static const struct graph_cond conds[] = { EQ(0), NE(0) };
	size_t i, k;

	(void)state;
	for (i = 0; i < 2 * ARRAY_SIZE(rows); i++) {
		struct world w = new_world();
		uint32_t fns[] = { fn(&w, "top"), fn(&w, "low") };
		const struct graph_arg arg = make_arg(&w, rows[i / 2].arg);

		k = i % 2;
		call_given(&w, fns[0], fns[1], &arg, 1, NULL, 0);
		call_given(&w, fns[1], fn(&w, "aim"), NULL, 0, &conds[k], 1);
		if (is_allowed(&w, fns, 2) !=
		    (k ? rows[i / 2].object : rows[i / 2].null))
			fail_msg("row %zu, %s", i / 2, k ? "p" : "!p");
	}
}

/* ---- several conditions ---- */

static void test_several(void **state)
{
	/* what low() is given for its first two parameters, 9: nothing known */
	static const struct {
		uint32_t first, second;
		struct graph_cond conds[3]; /* the last one: NE, if any */
		bool allowed;
	} rows[] = {
		/* all have to hold */
		{ 1, 0, { EQ(1), { 0, COND_EQ, 1, false } }, true },
		{ 1, 1, { EQ(1), { 0, COND_EQ, 1, false } }, false },
		{ 2, 9, { EQ(1), { 0, COND_EQ, 1, false } }, false },
		/* one of them has to */
		{ 2, 0, { { 1, COND_EQ, 0, true }, EQ(2) }, true },
		{ 3, 0, { { 1, COND_EQ, 0, true }, EQ(2) }, false },
		{ 3,
		  9,
		  { { 1, COND_EQ, 0, true }, { 0, COND_EQ, 1, false } },
		  true },
		{ 3,
		  1,
		  { { 1, COND_EQ, 0, true }, { 0, COND_EQ, 1, false } },
		  false },
		/* and what comes behind these is another one */
		{ 2, 9, { { 1, COND_EQ, 0, true }, EQ(2), NE(2) }, false },
		{ 2, 9, { { 1, COND_EQ, 0, true }, EQ(2), NE(1) }, true },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct world w = new_world();
		uint32_t fns[] = { fn(&w, "top"), fn(&w, "low") };
		const struct graph_arg args[] = {
			number(&w, 0, rows[i].first),
			number(&w, 1, rows[i].second),
		};
		uint8_t nr = rows[i].conds[2].kind == COND_NE ? 3 : 2;

		call_given(&w, fns[0], fns[1], args,
			   rows[i].second == 9 ? 1 : 2, NULL, 0);
		call_given(&w, fns[1], fn(&w, "aim"), NULL, 0, rows[i].conds,
			   nr);
		if (is_allowed(&w, fns, 2) != rows[i].allowed)
			fail_msg("row %zu", i);
	}
}

/* ---- handed on ---- */

enum middle {
	HAND_ON,
	HAND_ON_CHANGED, /* it may change its parameter */
	HAND_ON_OTHER, /* its second parameter */
	HAND_ON_PART, /* what its parameter points to */
	HAND_ON_AMBIGUOUS, /* it has two bodies */
};

static uint32_t add_middle(struct world *w, enum middle kind, const char *name)
{
	const struct graph_symbol sym = {
		.kind = SYMBOL_FUNC,
		.defined = true,
		.ambiguous = kind == HAND_ON_AMBIGUOUS,
		.name = graph_add_string(w->g, name),
		.file = graph_add_string(w->g, "drivers/a.c"),
		.attrs = kind == HAND_ON_CHANGED ? attr_changed(0) : 0,
	};

	return graph_add_symbol(w->g, &sym);
}

static void test_handed_on(void **state)
{
	static const struct {
		enum middle how;
		size_t nr; /* functions between the two */
		bool allowed;
	} rows[] = {
		{ HAND_ON, 1, false },
		{ HAND_ON, 3, false },
		/* further than it is looked */
		{ HAND_ON, 4, true },
		{ HAND_ON_CHANGED, 1, true },
		{ HAND_ON_OTHER, 1, true },
		{ HAND_ON_PART, 1, true },
		{ HAND_ON_AMBIGUOUS, 1, true },
	};
	static const struct graph_cond cond = EQ(1);
	size_t i, k;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct world w = new_world();
		uint32_t fns[6] = { fn(&w, "top") };
		struct graph_arg arg = number(&w, 0, 2);
		size_t nr = rows[i].nr + 2;

		for (k = 1; k + 1 < nr; k++)
			fns[k] = add_middle(&w, rows[i].how, "middle");
		fns[nr - 1] = fn(&w, "low");
		for (k = 0; k + 1 < nr; k++) {
			call_given(&w, fns[k], fns[k + 1], &arg, 1, NULL, 0);
			arg = param(&w, 0, rows[i].how == HAND_ON_OTHER);
			if (rows[i].how == HAND_ON_PART)
				arg.value.path =
					graph_add_string(w.g, ">rec.field");
		}
		call_given(&w, fns[nr - 1], fn(&w, "aim"), NULL, 0, &cond, 1);
		if (is_allowed(&w, fns, nr) != rows[i].allowed)
			fail_msg("row %zu", i);
	}
}

/* ---- what is kept ---- */

struct kept {
	struct world w;
	uint32_t top, other, low, aim;
	struct givens givens;
};

/* Two functions hand 2 to low(), which calls aim() when it is given 1. */
static void make_kept(struct kept *k, bool matters)
{
	static const struct graph_cond cond = EQ(1);
	static uint8_t by_symbol[8];
	struct graph_arg arg;

	k->w = new_world();
	k->top = fn(&k->w, "top");
	k->other = fn(&k->w, "other");
	k->low = fn(&k->w, "low");
	k->aim = fn(&k->w, "aim");
	arg = number(&k->w, 0, 2);
	call_given(&k->w, k->top, k->low, &arg, 1, NULL, 0);
	call_given(&k->w, k->other, k->low, &arg, 1, NULL, 0);
	call_given(&k->w, k->low, k->aim, NULL, 0, &cond, 1);
	graph_finish(k->w.g);
	by_symbol[k->aim] = matters;
	givens_init(&k->givens, k->w.g, by_symbol);
}

static void release_kept(struct kept *k)
{
	givens_release(&k->givens);
	graph_free(k->w.g);
}

/* The same constants are the same number, by whatever way they come. */
static void test_same_number(void **state)
{
	struct edge one, two;
	struct kept k;
	uint32_t given;

	(void)state;
	make_kept(&k, true);
	one = edge_of(&k.w, k.top);
	two = edge_of(&k.w, k.other);
	given = givens_enter(&k.givens, NO_GIVEN, &one);
	assert_int_not_equal(given, NO_GIVEN);
	assert_int_equal(givens_enter(&k.givens, NO_GIVEN, &two), given);
	/* the callee's own call, which hands over nothing */
	one = edge_of(&k.w, k.low);
	assert_false(givens_allow(&k.givens, given, one.call));
	assert_true(givens_allow(&k.givens, NO_GIVEN, one.call));
	assert_int_equal(givens_enter(&k.givens, given, &one), NO_GIVEN);
	release_kept(&k);
}

/* A callback has other arguments than the call that it is found at. */
static void test_callback(void **state)
{
	struct edge e;
	struct kept k;

	(void)state;
	make_kept(&k, true);
	e = edge_of(&k.w, k.top);
	e.kind = EDGE_CALLBACK;
	assert_int_equal(givens_enter(&k.givens, NO_GIVEN, &e), NO_GIVEN);
	e.kind = EDGE_POINTER;
	assert_int_not_equal(givens_enter(&k.givens, NO_GIVEN, &e), NO_GIVEN);
	release_kept(&k);
}

/* What only forbids calls that nobody asks about is not kept. */
static void test_matters(void **state)
{
	struct edge e;
	struct kept k;

	(void)state;
	make_kept(&k, false);
	e = edge_of(&k.w, k.top);
	assert_int_equal(givens_enter(&k.givens, NO_GIVEN, &e), NO_GIVEN);
	release_kept(&k);
}

/* Nor is a constant for a parameter that no condition is about. */
static void test_untested(void **state)
{
	static const struct graph_cond cond = EQ(1);
	struct world w = new_world();
	uint32_t top = fn(&w, "top"), middle = fn(&w, "middle");
	uint32_t low = fn(&w, "low");
	const struct graph_arg two = number(&w, 1, 2), on = param(&w, 0, 0);
	struct givens givens;
	struct edge e;

	(void)state;
	call_given(&w, top, middle, &two, 1, NULL, 0);
	call_given(&w, middle, low, &on, 1, &cond, 1);
	call_given(&w, low, fn(&w, "aim"), NULL, 0, &cond, 1);
	graph_finish(w.g);
	givens_init(&givens, w.g, NULL);
	e = edge_of(&w, top);
	assert_int_equal(givens_enter(&givens, NO_GIVEN, &e), NO_GIVEN);
	givens_release(&givens);
	graph_free(w.g);
}

/* An address is not 0. Whether it is another number is not known. */
static void test_address(void **state)
{
	static const struct graph_cond cond = EQ(1);
	struct world w = new_world();
	uint32_t fns[] = { fn(&w, "top"), fn(&w, "low") };
	const struct graph_arg arg = make_arg(&w, ARG_STRING);

	(void)state;
	call_given(&w, fns[0], fns[1], &arg, 1, NULL, 0);
	call_given(&w, fns[1], fn(&w, "aim"), NULL, 0, &cond, 1);
	assert_true(is_allowed(&w, fns, 2));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_arguments),
		cmocka_unit_test(test_address),
		cmocka_unit_test(test_several),
		cmocka_unit_test(test_handed_on),
		cmocka_unit_test(test_same_number),
		cmocka_unit_test(test_callback),
		cmocka_unit_test(test_matters),
		cmocka_unit_test(test_untested),
	};

	return cmocka_run_group_tests_name("given", tests, NULL, NULL);
}
