/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What adds devices on one bus, who gets there, and what the devices are called
 * on the way.
 */
#ifndef PROBEWALK_RULES_BUS_ADDERS_H
#define PROBEWALK_RULES_BUS_ADDERS_H

#include "rules/adders.h"
#include "rules/analysis.h"
#include "rules/reach.h"

/* A call on the way to an adder that says what the device is called. */
struct naming {
	uint32_t name; /* string */
	uint32_t call;
	uint32_t callee; /* way on, or NONE: the call adds the device itself */
	struct edge edge;
};

/* Everything that adds devices on one bus. */
struct bus_adders {
	struct bus_adders *next;
	uint32_t bus;
	struct reach reach;
	uint32_t *calls; /* that add one */
	uint32_t nr_calls;
	size_t alloc_calls;
	bool named; /* namings were looked for */
	struct naming *namings; /* in the order of the distance to the adder */
	uint32_t nr_namings;
	size_t alloc_namings;
};

/* With all that reaches one of those calls. */
struct bus_adders *bus_adders_new(struct analysis *a,
				  const struct adders *adders, uint32_t bus);
void bus_adders_free(struct bus_adders *b);
/* Find the namings, if that was not done before. */
void bus_adders_name(struct analysis *a, struct bus_adders *b);

#endif
