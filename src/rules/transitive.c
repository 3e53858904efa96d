// SPDX-License-Identifier: GPL-2.0-only
/* Chains over two buses: see transitive.h. */
#include <string.h>

#include "rules/bus-adders.h"
#include "rules/literals.h"
#include "rules/modules.h"
#include "rules/transitive.h"

struct joiner {
	struct analysis *a;
	const struct adders *adders;
	struct bus_adders *buses;
	struct modules *modules;
};

struct joiner *joiner_new(struct analysis *a)
{
	struct joiner *j = xcalloc(1, sizeof(*j));

	j->a = a;
	j->adders = a->adders;
	j->modules = edges_modules(a->edges);
	return j;
}

void joiner_free(struct joiner *j)
{
	struct bus_adders *b;

	if (!j)
		return;
	while ((b = j->buses)) {
		j->buses = b->next;
		bus_adders_free(b);
	}
	free(j);
}

void join_release(struct join *join)
{
	free(join->edges);
	memset(join, 0, sizeof(*join));
}

const char *join_match_name(enum join_match match)
{
	switch (match) {
	case JOIN_NONE:
		break;
	case JOIN_NAME:
		return "name";
	case JOIN_ONLY_ADDER:
		return "only-adder";
	case JOIN_BUS:
		return "bus";
	}
	return "none";
}

static struct bus_adders *bus_adders(struct joiner *j, uint32_t bus)
{
	struct bus_adders *b;

	for (b = j->buses; b; b = b->next)
		if (b->bus == bus)
			return b;
	b = bus_adders_new(j->a, j->adders, bus);
	b->next = j->buses;
	j->buses = b;
	return b;
}

/* ---- callbacks that reach them ---- */

static const struct probe *probe_of(const struct analysis *a, uint32_t fn)
{
	uint32_t lo = 0, hi = a->probes->nr;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (a->probes->list[mid].fn < fn)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < a->probes->nr && a->probes->list[lo].fn == fn
		       ? &a->probes->list[lo]
		       : NULL;
}

static bool is_test(const struct analysis *a, uint32_t fn)
{
	const struct graph_symbol *sym = graph_symbol(a->g, fn);

	return rule_file_matches(&a->rule->except_tests,
				 graph_string(a->g, sym->file));
}

/* A function as a callback on @bus, or NULL. */
static const struct probe *probe_on(const struct analysis *a, uint32_t fn,
				    uint32_t bus)
{
	const struct probe *p = probe_of(a, fn);

	if (!p || is_test(a, fn))
		return NULL;
	for (; p < a->probes->list + a->probes->nr && p->fn == fn; p++)
		if (p->bus == bus)
			return p;
	return NULL;
}

static bool is_reached_on(const struct analysis *a, const struct bus_adders *b,
			  uint32_t bus)
{
	uint32_t i;

	for (i = 0; i < b->reach.nr; i++)
		if (probe_on(a, b->reach.list[i].fn, bus))
			return true;
	return false;
}

static enum confidence join_confidence(const struct analysis *a,
				       const struct join *join)
{
	const struct edge **list = xcalloc(join->nr_edges + 1, sizeof(*list));
	struct trace trace = { list, join->nr_edges };
	enum confidence c;
	uint32_t i;

	for (i = 0; i < join->nr_edges; i++)
		list[i] = &join->edges[i];
	c = trace_confidence(a->g, &trace);
	if (c > CONFIDENCE_MEDIUM &&
	    (join->probe->indirect ||
	     graph_symbol(a->g, join->probe->fn)->ambiguous))
		c = CONFIDENCE_MEDIUM;
	free(list);
	return c;
}

static void set_least(enum confidence *c, enum confidence most)
{
	if (*c > most)
		*c = most;
}

/* ---- by name ---- */

/* From a callback on @bus to a call that names a device, and on to the adder.
 */
static bool chain_through(struct joiner *j, struct bus_adders *b,
			  const struct naming *n, uint32_t bus,
			  struct join *join)
{
	struct reach to;
	uint32_t i;

	reach_init(&to);
	reach_add(&to, j->a->g, n->call);
	reach_spread(&to, j->a->g, j->a->edges, j->a->barrier);
	for (i = 0; i < to.nr && !join->probe; i++)
		join->probe = probe_on(j->a, to.list[i].fn, bus);
	if (join->probe) {
		reach_trace(&to, join->probe->fn, &join->edges,
			    &join->nr_edges);
		join->call = n->call;
		if (n->callee != GRAPH_NONE) {
			join->edges = xrealloc(join->edges,
					       (join->nr_edges + 1) *
						       sizeof(*join->edges));
			join->edges[join->nr_edges++] = n->edge;
			join->call = reach_trace(&b->reach, n->callee,
						 &join->edges, &join->nr_edges);
		}
	}
	reach_release(&to);
	return join->probe;
}

static bool join_by_name(struct joiner *j, struct bus_adders *b,
			 const struct literals *names, uint32_t bus,
			 struct join *join)
{
	uint32_t i;

	for (i = 0; i < b->nr_namings; i++) {
		const struct naming *n = &b->namings[i];

		if (!literals_has(names, n->name) ||
		    !chain_through(j, b, n, bus, join))
			continue;
		join->match = JOIN_NAME;
		join->name = n->name;
		join->confidence = join_confidence(j->a, join);
		return true;
	}
	return false;
}

/* ---- by bus ---- */

/* What a name on the way says against a join: it is another one. */
static bool is_named_otherwise(const struct bus_adders *b,
			       const struct join *join,
			       const struct literals *names)
{
	uint32_t i, k;

	for (i = 0; names->nr && i < b->nr_namings; i++) {
		if (b->namings[i].call == join->call)
			return true;
		for (k = 0; k < join->nr_edges; k++)
			if (b->namings[i].call == join->edges[k].call)
				return true;
	}
	return false;
}

static uint32_t modules_of(const struct joiner *j, uint32_t symbol)
{
	const struct graph_symbol *sym = graph_symbol(j->a->g, symbol);

	return modules_at(j->modules, sym->file,
			  sym->kind == SYMBOL_FUNC ? symbol : GRAPH_NONE);
}

static bool same_driver(const struct joiner *j, uint32_t x, uint32_t y)
{
	const struct graph *g = j->a->g;

	return graph_symbol(g, x)->file == graph_symbol(g, y)->file ||
	       modules_meet(j->modules, modules_of(j, x), modules_of(j, y)) !=
		       MODULES_NONE;
}

/*
 * Its address is all that a variable holds: EXPORT_SYMBOL() makes one, and so
 * do initcalls, which nobody else calls.
 */
static bool is_exported(const struct graph *g, uint32_t fn)
{
	struct graph_list uses = graph_assigns_of(g, fn);
	uint32_t i;

	if (graph_symbol(g, fn)->attrs & ATTR_INIT)
		return false;
	for (i = 0; i < uses.nr; i++) {
		const struct graph_assign *a = graph_assign(g, uses.first[i]);

		if (a->func == GRAPH_NONE && a->lhs.kind == VALUE_GLOBAL &&
		    !a->lhs.path)
			return true;
	}
	return false;
}

/* Is a function in the module of a variable, and in no other? */
static bool is_in_module(const struct joiner *j, uint32_t fn, uint32_t var)
{
	const struct graph *g = j->a->g;
	uint32_t own = modules_of(j, fn);

	if (graph_symbol(g, fn)->file == graph_symbol(g, var)->file)
		return true;
	return own != MODULES_NONE &&
	       modules_meet(j->modules, own, modules_of(j, var)) == own;
}

static bool is_below(const struct graph *g, uint32_t fn, uint32_t var)
{
	const char *file = graph_string(g, graph_symbol(g, var)->file);
	const char *other = graph_string(g, graph_symbol(g, fn)->file);
	const char *end = strrchr(file, '/');
	size_t len = end ? end - file + 1 : 0;

	return !strncmp(other, file, len) && strchr(other + len, '/');
}

/*
 * Does a function stand with a variable? What is below the variable's directory
 * is of its subsystem, whatever the module: a bus in drivers/tee, a driver that
 * adds its devices in drivers/tee/optee. What is merely beside it is not: many
 * a directory collects drivers that have nothing to do with each other.
 */
static bool is_beside(const struct joiner *j, uint32_t fn, uint32_t var)
{
	return graph_symbol(j->a->g, var)->defined &&
	       (is_in_module(j, fn, var) || is_below(j->a->g, fn, var));
}

/*
 * Could a device on the bus be added by something that is not indexed? Not when
 * those that add them stand with the bus itself, and none of what leads there
 * is exported. Otherwise "nothing else adds any" holds for what was indexed
 * only, and a verdict must not get stronger because less was.
 */
static bool is_closed(const struct joiner *j, const struct bus_adders *b)
{
	const struct analysis *a = j->a;
	const struct registrars *regs = &j->adders->regs;
	uint32_t i;

	/* a function for everybody that puts what it is given on the bus */
	for (i = 0; i < regs->nr; i++)
		if (regs->list[i].bus == b->bus &&
		    is_exported(a->g, regs->list[i].fn))
			return false;
	for (i = 0; i < b->nr_calls; i++)
		if (!is_beside(j, graph_call(a->g, b->calls[i])->caller,
			       b->bus))
			return false;
	for (i = 0; i < b->reach.nr; i++)
		if (is_exported(a->g, b->reach.list[i].fn))
			return false;
	return true;
}

/*
 * How sure one is that a device on the bus was added from @join's callback:
 * high when nothing but callbacks on that bus add any, medium when it is one
 * driver that adds them all and this its one callback on that bus.
 */
static enum confidence adder_confidence(const struct joiner *j,
					const struct bus_adders *b,
					const struct join *join, uint32_t bus)
{
	const struct analysis *a = j->a;
	bool all = true, one_driver = true;
	uint32_t i, nr = 0;

	if (!is_closed(j, b))
		return CONFIDENCE_LOW;
	for (i = 0; i < b->reach.nr; i++) {
		const struct reach_node *node = &b->reach.list[i];
		bool on_bus;

		if ((!node->is_root && !probe_of(a, node->fn)) ||
		    is_test(a, node->fn))
			continue;
		on_bus = probe_on(a, node->fn, bus);
		nr += on_bus;
		all &= on_bus;
		one_driver &= same_driver(j, node->fn, join->probe->fn);
	}
	if (all)
		return CONFIDENCE_HIGH;
	return one_driver && nr == 1 ? CONFIDENCE_MEDIUM : CONFIDENCE_LOW;
}

static bool join_by_bus(struct joiner *j, struct bus_adders *b,
			const struct literals *names, uint32_t bus,
			struct join *join)
{
	enum confidence sure;
	uint32_t i;

	for (i = 0; i < b->reach.nr && !join->probe; i++)
		join->probe = probe_on(j->a, b->reach.list[i].fn, bus);
	if (!join->probe)
		return false;
	sure = adder_confidence(j, b, join, bus);
	join->call = reach_trace(&b->reach, join->probe->fn, &join->edges,
				 &join->nr_edges);
	if (is_named_otherwise(b, join, names))
		return false;
	join->match = sure == CONFIDENCE_LOW ? JOIN_BUS : JOIN_ONLY_ADDER;
	join->confidence = join_confidence(j->a, join);
	set_least(&join->confidence, sure);
	return true;
}

bool joiner_find(struct joiner *j, const struct probe *probe, uint32_t bus,
		 struct join *join)
{
	struct bus_adders *b = bus_adders(j, probe->bus);
	struct literals names = { 0 };
	bool found;

	memset(join, 0, sizeof(*join));
	if (!is_reached_on(j->a, b, bus))
		return false;
	bus_adders_name(j->a, b);
	literals_of_driver(&names, j->a->r, &probe->driver);
	found = join_by_name(j, b, &names, bus, join);
	if (!found)
		found = join_by_bus(j, b, &names, bus, join);
	if (found && join->confidence < j->a->least)
		found = false;
	if (!found)
		join_release(join);
	literals_release(&names);
	return found;
}
