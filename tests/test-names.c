// SPDX-License-Identifier: GPL-2.0-only
/*
 * What devices and drivers are called, who adds a device on which bus, and who
 * gets to a call: the parts of a chain over two buses, on a graph by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rules/adders.h"
#include "rules/literals.h"
#include "rules/reach.h"

/*
 * add(dev) is what adds a device; foo_add(foo) puts &foo->dev on foo_bus and
 * adds it; maker() calls foo_add() with a variable and "left", and caller()
 * calls maker().
 */
struct world {
	struct graph *g;
	uint32_t add, foo_add, maker, caller, bus, foo, table, driver;
	uint32_t foo_call;
	struct resolver r;
	struct edges edges;
};

static uint32_t symbol(struct graph *g, uint8_t kind, const char *name,
		       uint32_t attrs)
{
	struct graph_symbol sym = {
		.kind = kind,
		.defined = true,
		.name = graph_add_string(g, name),
		.file = graph_add_string(g, "a.c"),
		.attrs = attrs,
	};

	return graph_add_symbol(g, &sym);
}

static struct graph_value value(struct graph *g, uint8_t kind, uint8_t addr,
				uint32_t base, const char *path)
{
	return (struct graph_value){
		.kind = kind,
		.addr = addr,
		.base = base,
		.path = graph_add_string(g, path),
	};
}

static struct graph_value literal(struct graph *g, const char *text)
{
	return value(g, VALUE_STRING, 0, graph_add_string(g, text), "");
}

static void call(struct graph *g, uint32_t caller, uint32_t callee,
		 const struct graph_value *values, uint16_t nr)
{
	struct graph_arg args[2] = { { .pos = 0 }, { .pos = 1 } };
	struct graph_call c = {
		.caller = caller,
		.target = value(g, VALUE_FUNC, 1, callee, ""),
		.line = 1,
		.nr_args = nr,
	};
	uint16_t i;

	for (i = 0; i < nr; i++)
		args[i].value = values[i];
	graph_add_call(g, &c, args, NULL);
}

static void set(struct graph *g, uint32_t fn, struct graph_value lhs,
		struct graph_value rhs, const char *slot)
{
	struct graph_assign a = {
		.func = fn,
		.lhs = lhs,
		.rhs = rhs,
		.slot = graph_add_string(g, slot),
		.index = GRAPH_NONE,
	};

	graph_add_assign(g, &a);
}

static void add_field(struct graph *g, const char *record, const char *name,
		      uint8_t kind, const char *type)
{
	struct graph_field f = {
		.record = graph_add_string(g, record),
		.name = graph_add_string(g, name),
		.kind = kind,
		.type = graph_add_string(g, type),
	};

	graph_add_field(g, &f);
}

static void add_symbols(struct world *w)
{
	w->add = symbol(w->g, SYMBOL_FUNC, "add", 0);
	w->foo_add = symbol(w->g, SYMBOL_FUNC, "foo_add", 0);
	w->maker = symbol(w->g, SYMBOL_FUNC, "maker", 0);
	w->caller = symbol(w->g, SYMBOL_FUNC, "caller", 0);
	w->bus = symbol(w->g, SYMBOL_VAR, "foo_bus", 0);
	w->foo = symbol(w->g, SYMBOL_VAR, "foo", 0);
	w->table = symbol(w->g, SYMBOL_VAR, "ids", ATTR_ARRAY);
	w->driver = symbol(w->g, SYMBOL_VAR, "driver", 0);
	add_field(w->g, "dev", "bus", FIELD_POINTER, "bus");
	add_field(w->g, "foo", "dev", FIELD_RECORD, "dev");
}

static void add_facts(struct world *w)
{
	struct graph *g = w->g;
	struct graph_value args[2];

	args[0] = value(g, VALUE_PARAM, 1, 0, ">foo.dev");
	call(g, w->foo_add, w->add, args, 1);
	set(g, w->foo_add, value(g, VALUE_PARAM, 0, 0, ">foo.dev|dev.bus"),
	    value(g, VALUE_GLOBAL, 1, w->bus, ""), "dev.bus");
	args[0] = value(g, VALUE_GLOBAL, 1, w->foo, "");
	args[1] = literal(g, "left");
	call(g, w->maker, w->foo_add, args, 2);
	call(g, w->caller, w->maker, NULL, 0);
	set(g, GRAPH_NONE, value(g, VALUE_GLOBAL, 0, w->driver, "|drv.name"),
	    literal(g, "driver-name"), "drv.name");
	set(g, GRAPH_NONE, value(g, VALUE_GLOBAL, 0, w->driver, "|drv.ids"),
	    value(g, VALUE_GLOBAL, 1, w->table, ""), "drv.ids");
	set(g, GRAPH_NONE, value(g, VALUE_GLOBAL, 0, w->driver, "|drv.bus"),
	    value(g, VALUE_GLOBAL, 1, w->bus, ""), "drv.bus");
	set(g, GRAPH_NONE, value(g, VALUE_GLOBAL, 0, w->bus, "|bus.name"),
	    literal(g, "bus-name"), "bus.name");
	set(g, GRAPH_NONE, value(g, VALUE_GLOBAL, 0, w->table, "[]|id.name"),
	    literal(g, "id-name"), "id.name");
}

static void world_init(struct world *w)
{
	w->g = graph_new();
	add_symbols(w);
	add_facts(w);
	graph_finish(w->g);
	w->foo_call = graph_calls_to(w->g, w->foo_add).first[0];
	resolver_init(&w->r, w->g);
	edges_infer(&w->edges, w->g, CONFIDENCE_MEDIUM);
}

static void world_release(struct world *w)
{
	edges_release(&w->edges);
	resolver_release(&w->r);
	graph_free(w->g);
}

static bool has(const struct world *w, const struct literals *l,
		const char *text)
{
	return literals_has(l, graph_find_string(w->g, text));
}

static void test_literals(void **state)
{
	struct literals all = { 0 }, tables = { 0 }, args = { 0 };
	struct place driver = { .kind = VALUE_GLOBAL };
	struct world w;

	(void)state;
	world_init(&w);
	driver.base = w.driver;
	literals_of_driver(&all, &w.r, &driver);
	assert_int_equal(all.nr, 2);
	assert_true(has(&w, &all, "driver-name") && has(&w, &all, "id-name"));
	/* a bus is no table, so its name is none of the driver's */
	assert_false(has(&w, &all, "bus-name"));
	literals_of_tables(&tables, &w.r, &driver);
	assert_int_equal(tables.nr, 1);
	assert_true(has(&w, &tables, "id-name"));
	literals_of_call(&args, &w.r, graph_call(w.g, w.foo_call));
	assert_int_equal(args.nr, 1);
	assert_true(has(&w, &args, "left"));
	literals_release(&all);
	literals_release(&tables);
	literals_release(&args);
	world_release(&w);
}

static void test_adders(void **state)
{
	char *names[] = { "add" };
	struct string_list functions = { names, 1 };
	struct driver_model drivers = { .bus = "bus" };
	struct adders adders;
	struct world w;

	(void)state;
	world_init(&w);
	adders_infer(&adders, &w.r, &w.edges, &functions, &drivers);
	assert_string_equal(adders.model.driver, "dev");
	assert_string_equal(adders.model.bus_field, "dev.bus");
	/* foo_add() hands its parameter on: the site is the call of it */
	assert_int_equal(adders.regs.nr_sites, 1);
	assert_int_equal(adders.regs.sites[0].call, w.foo_call);
	assert_int_equal(adders.site_bus[0], w.bus);
	adders_release(&adders);
	world_release(&w);
}

static void test_reach(void **state)
{
	struct edge *way = NULL;
	struct reach r;
	uint8_t *barrier;
	struct world w;
	uint32_t nr = 0;

	(void)state;
	world_init(&w);
	barrier = xcalloc(graph_nr_symbols(w.g), 1);
	reach_init(&r);
	reach_add(&r, w.g, w.foo_call);
	reach_spread(&r, w.g, &w.edges, barrier);
	assert_int_equal(r.nr, 2);
	assert_false(reach_find(&r, w.maker)->is_root);
	assert_true(reach_find(&r, w.caller)->is_root);
	assert_null(reach_find(&r, w.add));
	assert_int_equal(reach_trace(&r, w.caller, &way, &nr), w.foo_call);
	assert_int_equal(nr, 1);
	assert_int_equal(way[0].callee, w.maker);
	free(way);
	reach_release(&r);
	/* a barrier is reached and not gone through */
	barrier[w.maker] = 1;
	reach_init(&r);
	reach_add(&r, w.g, w.foo_call);
	reach_spread(&r, w.g, &w.edges, barrier);
	assert_int_equal(r.nr, 1);
	reach_release(&r);
	free(barrier);
	world_release(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_literals),
		cmocka_unit_test(test_adders),
		cmocka_unit_test(test_reach),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
