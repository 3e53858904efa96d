// SPDX-License-Identifier: GPL-2.0-only
/* What adds devices on one bus: see bus-adders.h. */
#include <string.h>

#include "rules/bus-adders.h"
#include "rules/literals.h"

struct find_namings {
	struct analysis *a;
	struct bus_adders *b;
};

static void add_namings(struct find_namings *f, const struct edge *e,
			uint32_t callee)
{
	const struct graph_call *c = graph_call(f->a->g, e->call);
	struct bus_adders *b = f->b;
	struct literals names = { 0 };
	uint32_t i;

	literals_of_call(&names, f->a->r, c);
	for (i = 0; i < names.nr; i++) {
		ALLOC_GROW(b->namings, (size_t)b->nr_namings + 1,
			   b->alloc_namings);
		b->namings[b->nr_namings++] = (struct naming){
			.name = names.list[i],
			.call = e->call,
			.callee = callee,
			.edge = *e,
		};
	}
	literals_release(&names);
}

static int naming_edge(const struct edge *e, void *data)
{
	struct find_namings *f = data;

	if (e->reach != REACH_TREE && reach_find(&f->b->reach, e->callee) &&
	    !f->a->barrier[e->callee])
		add_namings(f, e, e->callee);
	return 0;
}

void bus_adders_name(struct analysis *a, struct bus_adders *b)
{
	struct find_namings f = { a, b };
	uint32_t i;

	if (b->named)
		return;
	b->named = true;
	for (i = 0; i < b->nr_calls; i++) {
		const struct edge last = { .callee = GRAPH_NONE,
					   .call = b->calls[i] };

		add_namings(&f, &last, GRAPH_NONE);
	}
	for (i = 0; i < b->reach.nr; i++)
		edges_from(a->edges, a->g, b->reach.list[i].fn, naming_edge,
			   &f);
}

static void add_adder(struct analysis *a, struct bus_adders *b, uint32_t call)
{
	ALLOC_GROW(b->calls, (size_t)b->nr_calls + 1, b->alloc_calls);
	b->calls[b->nr_calls++] = call;
	reach_add(&b->reach, a->g, call);
}

struct bus_adders *bus_adders_new(struct analysis *a,
				  const struct adders *adders, uint32_t bus)
{
	struct bus_adders *b = xcalloc(1, sizeof(*b));
	uint32_t i;

	b->bus = bus;
	reach_init(&b->reach);
	for (i = 0; i < adders->regs.nr_sites; i++)
		if (adders->site_bus[i] == bus)
			add_adder(a, b, adders->regs.sites[i].call);
	reach_spread(&b->reach, a->g, a->edges, a->barrier);
	return b;
}

void bus_adders_free(struct bus_adders *b)
{
	reach_release(&b->reach);
	free(b->calls);
	free(b->namings);
	free(b);
}
