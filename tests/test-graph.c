// SPDX-License-Identifier: GPL-2.0-only
/*
 * A graph put together by hand: what belongs together stands together, whatever
 * the order in which it was told.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "callgraph/graph.h"

/* ---- a graph from tables, in any order ---- */

struct sym {
	const char *name, *file;
	enum symbol_kind kind;
	bool is_static;
};

static const struct sym syms[] = {
	{ "probe", "b.c", SYMBOL_FUNC, true },
	{ "probe", "a.c", SYMBOL_FUNC, true },
	{ "init", "a.c", SYMBOL_FUNC, false },
	{ "register", "core.c", SYMBOL_FUNC, false },
	{ "drv", "a.c", SYMBOL_VAR, true },
	{ "init2", "a.c", SYMBOL_FUNC, false },
	{ "platform_driver_probe_long_name_b", "", SYMBOL_FUNC, false },
	{ "platform_driver_probe_long_name_a", "", SYMBOL_FUNC, false },
	{ "", "a.c", SYMBOL_VAR, true },
};
enum { PROBE_B, PROBE_A, INIT, REGISTER, DRV, INIT2, LONG_B, LONG_A, NAMELESS };
#define NR_SYMS ARRAY_SIZE(syms)

struct call {
	uint32_t caller, line;
	enum value_kind kind;
	uint32_t target;
	const char *path, *macro;
	int arg, guard; /* a symbol, or -1 */
};

static const struct call calls[] = {
	{ INIT, 20, VALUE_FUNC, REGISTER, "", "", DRV, -1 },
	{ INIT, 3, VALUE_PARAM, 0, ">bus_type.probe", "", -1, DRV },
	{ INIT, 3, VALUE_PARAM, 0, ">bus_type.match", "", -1, -1 },
	{ PROBE_A, 9, VALUE_FUNC, REGISTER, "", "module_driver", DRV, DRV },
	{ PROBE_A, 9, VALUE_FUNC, REGISTER, "", "a_driver", DRV, DRV },
	{ PROBE_B, 1, VALUE_GLOBAL, DRV, "|ops.fn[]", "", PROBE_A, -1 },
	{ PROBE_B, 1, VALUE_GLOBAL, DRV, "|ops.fn[]", "", PROBE_B, -1 },
	{ INIT2, 20, VALUE_FUNC, LONG_A, "", "", -1, -1 },
};
#define NR_CALLS ARRAY_SIZE(calls)

struct assign {
	uint32_t func, line;
	const char *file, *path;
	uint32_t rhs;
};

static const struct assign assigns[] = {
	{ GRAPH_NONE, 7, "b.c", "|driver.probe", PROBE_B },
	{ GRAPH_NONE, 7, "a.c", "|driver.remove", PROBE_A },
	{ GRAPH_NONE, 7, "a.c", "|driver.probe", PROBE_A },
	{ INIT, 90, "a.c", "|driver.probe", PROBE_B },
	{ INIT, 12, "a.c", "|driver.probe", PROBE_B },
};
#define NR_ASSIGNS ARRAY_SIZE(assigns)

/* Element @i of @nr in one of several orders. */
static size_t turned(size_t i, size_t nr, int order)
{
	switch (order) {
	case 0:
		return i;
	case 1:
		return nr - 1 - i;
	default:
		return (i + nr / 2) % nr;
	}
}

static void add_symbols(struct graph *g, uint32_t *number, int order)
{
	size_t i;

	for (i = 0; i < NR_SYMS; i++) {
		size_t at = turned(i, NR_SYMS, order);
		const struct sym *s = &syms[at];
		struct graph_symbol sym = {
			.kind = s->kind,
			.is_static = s->is_static,
			.defined = *s->file,
			.name = graph_add_string(g, s->name),
			.file = graph_add_string(g, s->file),
			.line = at,
		};

		number[at] = graph_add_symbol(g, &sym);
	}
}

static void add_call(struct graph *g, const uint32_t *number,
		     const struct call *c)
{
	struct graph_call call = {
		.caller = number[c->caller],
		.target = { .kind = c->kind,
			    .base = c->kind == VALUE_PARAM ? c->target
							   : number[c->target],
			    .path = graph_add_string(g, c->path) },
		.file = graph_add_string(g, syms[c->caller].file),
		.line = c->line,
		.macro = graph_add_string(g, c->macro),
		.nr_args = c->arg >= 0,
	};
	struct graph_arg arg = { .value = { .kind = VALUE_FUNC, .addr = 1 } };
	struct graph_guard guard = { .kind = GUARD_IF, .line = 1 };

	if (c->arg >= 0) {
		arg.value.base = number[c->arg];
		if (syms[c->arg].kind == SYMBOL_VAR)
			arg.value.kind = VALUE_GLOBAL;
	}
	if (c->guard >= 0)
		guard.symbol = number[c->guard];
	graph_add_call(g, &call, &arg, c->guard >= 0 ? &guard : NULL);
}

static void add_assign(struct graph *g, const uint32_t *number,
		       const struct assign *a)
{
	struct graph_assign assign = {
		.func = a->func == GRAPH_NONE ? GRAPH_NONE : number[a->func],
		.lhs = { .kind = VALUE_GLOBAL,
			 .base = number[DRV],
			 .path = graph_add_string(g, a->path) },
		.rhs = { .kind = VALUE_FUNC,
			 .addr = 1,
			 .base = number[a->rhs] },
		.slot = graph_add_string(g, a->path + 1),
		.index = GRAPH_NONE,
		.file = graph_add_string(g, a->file),
		.line = a->line,
	};

	graph_add_assign(g, &assign);
}

static void add_fields(struct graph *g, int order)
{
	static const struct {
		const char *record, *name;
		enum field_kind kind;
	} fields[] = {
		{ "driver", "remove", FIELD_FUNC },
		{ "driver", "probe", FIELD_FUNC },
		{ "drive", "probe", FIELD_RECORD },
		/* another variant of the record: the smaller kind stays */
		{ "driver", "probe", FIELD_POINTER },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(fields); i++) {
		size_t at = turned(i, ARRAY_SIZE(fields), order);
		struct graph_field field = {
			.record = graph_add_string(g, fields[at].record),
			.name = graph_add_string(g, fields[at].name),
			.kind = fields[at].kind,
		};

		graph_add_field(g, &field);
	}
}

static struct graph *make(int order)
{
	struct graph *g = graph_new();
	uint32_t number[NR_SYMS];
	size_t i;

	graph_set_config(g, "x86");
	graph_set_config(g, "arm64");
	add_symbols(g, number, order);
	for (i = 0; i < NR_CALLS; i++)
		add_call(g, number, &calls[turned(i, NR_CALLS, order)]);
	for (i = 0; i < NR_ASSIGNS; i++)
		add_assign(g, number, &assigns[turned(i, NR_ASSIGNS, order)]);
	add_fields(g, order);
	graph_finish(g);
	return g;
}

/* Number of a symbol of the tables in a finished graph. */
static uint32_t find(const struct graph *g, size_t sym)
{
	uint32_t i;

	for (i = 0; i < graph_nr_symbols(g); i++) {
		if (graph_symbol(g, i)->line == sym)
			return i;
	}
	fail_msg("symbol %zu is not in the graph", sym);
	return GRAPH_NONE;
}

/* ---- tests ---- */

/* What a function does stands together, and nothing is lost. */
static void test_grouped(void **state)
{
	uint32_t i, k, nr_calls, nr_assigns;
	int order;

	(void)state;
	for (order = 0; order < 3; order++) {
		struct graph *g = make(order);

		nr_calls = nr_assigns = 0;
		for (i = 0; i < graph_nr_symbols(g); i++) {
			struct graph_call_range c = graph_calls_from(g, i);
			struct graph_assign_range a = graph_assigns_in(g, i);

			for (k = 0; k < c.nr; k++)
				assert_int_equal(c.first[k].caller, i);
			for (k = 0; k < a.nr; k++)
				assert_int_equal(a.first[k].func, i);
			nr_calls += c.nr;
			nr_assigns += a.nr;
		}
		assert_int_equal(nr_calls, NR_CALLS);
		assert_int_equal(graph_nr_calls(g), NR_CALLS);
		/* three are at file scope */
		assert_int_equal(nr_assigns, NR_ASSIGNS - 3);
		assert_int_equal(graph_nr_assigns(g), NR_ASSIGNS);
		graph_free(g);
	}
}

static void test_numbers_stay(void **state)
{
	struct graph *g = make(0);
	size_t i;

	(void)state;
	assert_int_equal(graph_nr_symbols(g), NR_SYMS);
	for (i = 0; i < NR_SYMS; i++)
		assert_int_equal(graph_symbol(g, i)->line, i);
	assert_string_equal(graph_config(g), "arm64");
	graph_free(g);
}

static void test_symbol_lookup(void **state)
{
	static const struct {
		const char *name;
		uint32_t nr;
	} named[] = {
		{ "probe", 2 },	 { "init", 1 }, { "drv", 1 },
		{ "nobody", 0 }, { "a.c", 0 },	{ "", 1 },
	};
	struct graph *g = make(0);
	struct graph_list list;
	uint32_t k;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(named); i++) {
		list = graph_symbols_named(g, named[i].name);
		assert_int_equal(list.nr, named[i].nr);
		for (k = 0; k < list.nr; k++)
			assert_string_equal(graph_name(g, list.first[k]),
					    named[i].name);
	}
	assert_int_equal(graph_find_symbol(g, SYMBOL_FUNC, "init"),
			 find(g, INIT));
	assert_int_equal(graph_find_symbol(g, SYMBOL_VAR, "init"), GRAPH_NONE);
	/* static ones are not found by name alone */
	assert_int_equal(graph_find_symbol(g, SYMBOL_FUNC, "probe"),
			 GRAPH_NONE);
	assert_int_equal(graph_find_symbol(g, SYMBOL_FUNC, "nobody"),
			 GRAPH_NONE);
	graph_free(g);
}

static void test_calls_from(void **state)
{
	static const struct {
		size_t caller;
		uint32_t nr;
	} from[] = {
		{ INIT, 3 }, { PROBE_A, 2 }, { PROBE_B, 2 },
		{ DRV, 0 },  { INIT2, 1 },   { REGISTER, 0 },
	};
	struct graph *g = make(0);
	struct graph_call_range r;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(from); i++)
		assert_int_equal(
			graph_calls_from(g, find(g, from[i].caller)).nr,
			from[i].nr);
	/* in the order in which they were added */
	r = graph_calls_from(g, find(g, INIT));
	assert_int_equal(r.first[0].line, 20);
	assert_string_equal(graph_string(g, r.first[1].target.path),
			    ">bus_type.probe");
	assert_string_equal(graph_string(g, r.first[2].target.path),
			    ">bus_type.match");
	assert_ptr_equal(graph_call(g, graph_call_number(g, r.first)), r.first);
	assert_int_equal(graph_calls_from(g, GRAPH_NONE).nr, 0);
	graph_free(g);
}

static void test_args_and_guards(void **state)
{
	struct graph *g = make(1);
	struct graph_call_range r = graph_calls_from(g, find(g, PROBE_A));

	(void)state;
	assert_int_equal(graph_args(g, r.first).nr, 1);
	assert_int_equal(graph_args(g, r.first).first->value.base,
			 find(g, DRV));
	assert_int_equal(graph_guards(g, r.first).nr, 1);
	assert_int_equal(graph_guards(g, r.first).first->symbol, find(g, DRV));
	r = graph_calls_from(g, find(g, INIT));
	assert_int_equal(graph_args(g, r.first).nr, 0);
	assert_int_equal(graph_guards(g, r.first).nr, 0);
	graph_free(g);
}

/* Every list, with how many it must hold; all must be ascending. */
static void test_lists(void **state)
{
	struct graph *g = make(2);
	const struct {
		const char *name;
		struct graph_list list;
		uint32_t nr;
	} lists[] = {
		{ "calls to", graph_calls_to(g, find(g, REGISTER)), 3 },
		{ "calls to another", graph_calls_to(g, find(g, LONG_A)), 1 },
		{ "calls to none", graph_calls_to(g, find(g, INIT)), 0 },
		{ "calls to GRAPH_NONE", graph_calls_to(g, GRAPH_NONE), 0 },
		{ "calls through",
		  graph_calls_through(g,
				      graph_find_string(g, "bus_type.probe")),
		  1 },
		{ "calls through an array",
		  graph_calls_through(g, graph_find_string(g, "ops.fn")), 2 },
		{ "calls through no slot", graph_calls_through(g, 0), 0 },
		{ "passing a variable", graph_calls_passing(g, find(g, DRV)),
		  3 },
		{ "passing a function",
		  graph_calls_passing(g, find(g, PROBE_B)), 1 },
		{ "to a slot",
		  graph_assigns_to_slot(g,
					graph_find_string(g, "driver.probe")),
		  4 },
		{ "to an unknown slot", graph_assigns_to_slot(g, UINT32_MAX),
		  0 },
		{ "to a variable", graph_assigns_to_global(g, find(g, DRV)),
		  5 },
		{ "of a function", graph_assigns_of(g, find(g, PROBE_B)), 3 },
		{ "of a variable", graph_assigns_of(g, find(g, DRV)), 0 },
	};
	size_t i;
	uint32_t k;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(lists); i++) {
		if (lists[i].list.nr != lists[i].nr)
			fail_msg("%s: %u instead of %u", lists[i].name,
				 lists[i].list.nr, lists[i].nr);
		for (k = 1; k < lists[i].list.nr; k++)
			assert_true(lists[i].list.first[k - 1] <
				    lists[i].list.first[k]);
	}
	graph_free(g);
}

static void test_indirect(void **state)
{
	struct graph *g = make(1);
	struct graph_list list = graph_indirect_calls(g);
	uint32_t i;

	(void)state;
	assert_int_equal(list.nr, 4);
	for (i = 0; i < list.nr; i++)
		assert_int_not_equal(graph_call(g, list.first[i])->target.kind,
				     VALUE_FUNC);
	graph_free(g);
}

static void test_assigns_in(void **state)
{
	struct graph *g = make(0);
	struct graph_assign_range r = graph_assigns_in(g, find(g, INIT));

	(void)state;
	assert_int_equal(r.nr, 2);
	assert_int_equal(r.first[0].line, 90);
	assert_int_equal(r.first[1].line, 12);
	assert_int_equal(graph_assigns_in(g, find(g, DRV)).nr, 0);
	/* those at file scope are nobody's */
	assert_int_equal(graph_assigns_in(g, GRAPH_NONE).nr, 0);
	graph_free(g);
}

static void test_fields(void **state)
{
	struct graph *g = make(1);
	struct graph_field_range r;

	(void)state;
	r = graph_fields(g, graph_find_string(g, "driver"));
	assert_int_equal(r.nr, 2);
	assert_string_equal(graph_string(g, r.first[0].name), "probe");
	assert_int_equal(r.first[0].kind, FIELD_POINTER);
	assert_string_equal(graph_string(g, r.first[1].name), "remove");
	assert_int_equal(graph_fields(g, graph_find_string(g, "drive")).nr, 1);
	assert_int_equal(graph_fields(g, UINT32_MAX).nr, 0);
	graph_free(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_grouped),
		cmocka_unit_test(test_numbers_stay),
		cmocka_unit_test(test_symbol_lookup),
		cmocka_unit_test(test_calls_from),
		cmocka_unit_test(test_args_and_guards),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_indirect),
		cmocka_unit_test(test_assigns_in),
		cmocka_unit_test(test_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
