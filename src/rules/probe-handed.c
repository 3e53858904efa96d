// SPDX-License-Identifier: GPL-2.0-only
/*
 * The bus of callbacks that stand in no driver. A component's .bind stands in a
 * struct that a probe hands to component_add(), and runs once the last of all
 * components is there (try_to_bring_up_aggregate_device() in
 * drivers/base/component.c). When this one is the last, the device that is
 * locked by then is its own, on the bus of the probe that handed the struct
 * over.
 */
#include "rules/probe-handed.h"

/* Helpers between the probe and the call; real ones are one or two deep. */
enum { MAX_DEPTH = 3, MAX_CALLERS = 32 };

/* Instead of a bus: there is more than one. */
enum { NO_BUS = 0, MANY_BUSES = UINT32_MAX };

struct handed {
	const struct graph *g;
	struct u64map buses; /* probe -> its bus, plus 1, or MANY_BUSES */
	uint32_t bus; /* found, in the same way */
};

static void join_bus(uint32_t *bus, uint32_t other)
{
	if (*bus == NO_BUS)
		*bus = other;
	else if (*bus != other)
		*bus = MANY_BUSES;
}

static void learn_buses(struct handed *h, const struct probes *probes)
{
	uint32_t i;

	for (i = 0; i < probes->nr; i++) {
		const struct probe *p = &probes->list[i];
		uint32_t bus = u64map_get(&h->buses, p->fn);

		if (p->bus == GRAPH_NONE)
			continue;
		join_bus(&bus, p->bus + 1);
		u64map_put(&h->buses, p->fn, bus);
	}
}

/* The buses of the probes that a function is part of. */
static void take_function(struct handed *h, uint32_t fn, int depth)
{
	uint32_t bus = u64map_get(&h->buses, fn), i;
	struct graph_list calls;

	if (bus != NO_BUS) {
		join_bus(&h->bus, bus);
		return;
	}
	calls = graph_calls_to(h->g, fn);
	/* who else there may be is not known */
	if (calls.nr && (depth == MAX_DEPTH || calls.nr > MAX_CALLERS)) {
		h->bus = MANY_BUSES;
		return;
	}
	for (i = 0; i < calls.nr && h->bus != MANY_BUSES; i++)
		take_function(h, graph_call(h->g, calls.first[i])->caller,
			      depth + 1);
}

static uint32_t handing_bus(struct handed *h, uint32_t object)
{
	struct graph_list calls = graph_calls_passing(h->g, object);
	uint32_t i;

	h->bus = NO_BUS;
	for (i = 0; i < calls.nr && h->bus != MANY_BUSES; i++)
		take_function(h, graph_call(h->g, calls.first[i])->caller, 0);
	return h->bus == NO_BUS || h->bus == MANY_BUSES ? GRAPH_NONE
							: h->bus - 1;
}

void probes_find_handed(struct probes *probes, const struct graph *g,
			const struct string_list *callbacks)
{
	struct handed h = { .g = g };
	uint32_t i;

	u64map_init(&h.buses);
	learn_buses(&h, probes);
	for (i = 0; i < probes->nr; i++) {
		struct probe *p = &probes->list[i];

		if (p->bus == GRAPH_NONE && p->driver.kind == VALUE_NONE &&
		    p->holder.kind == VALUE_GLOBAL &&
		    string_list_has(callbacks, graph_string(g, p->slot)))
			p->bus = handing_bus(&h, p->holder.base);
	}
	u64map_release(&h.buses);
}
