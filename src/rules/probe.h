/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where a walk starts: the callbacks that the driver core calls with a device
 * lock held. The driver core calls the fields a rule names (bus_type.probe,
 * device_driver.probe). What a bus puts there dispatches on through a field of
 * its own driver struct (platform_probe calls platform_driver.probe), which is
 * told by that struct holding a struct device_driver. Whatever sits in such a
 * field is a callback, however it got there.
 */
#ifndef PROBEWALK_RULES_PROBE_H
#define PROBEWALK_RULES_PROBE_H

#include "rules/registrar.h"

struct probe {
	uint32_t fn; /* symbol */
	uint32_t slot; /* string of the graph: "platform_driver.probe" */
	/*
	 * The driver core's struct of the driver whose callback this is, or
	 * kind VALUE_NONE; and the object that holds the field, for its name.
	 */
	struct place driver, holder;
	uint32_t index; /* element, when the holder is one of an array's */
	uint32_t bus; /* variable, or GRAPH_NONE */
	bool indirect; /* found through another field or a pointer: less sure */
};

/* A field whose functions are callbacks. */
struct probe_slot {
	uint32_t slot; /* string of the graph */
	uint32_t bus; /* variable, or GRAPH_NONE: that of the driver */
	uint32_t by; /* function that calls it, or NONE: the rule names it */
	uint32_t nr_callbacks; /* functions that sit there */
};

struct probes {
	struct probe *list; /* ordered by function, then bus, then holder */
	uint32_t nr, alloc;
	struct probe_slot *slots; /* ordered by name, the rule's first */
	uint32_t nr_slots;
	/* functions that call a dispatch field: the driver core's own */
	uint32_t *dispatchers;
	uint32_t nr_dispatchers;
	size_t alloc_dispatchers;
};

/**
 * probes_infer() - all callbacks a rule starts from
 * @probes: filled
 * @r: resolver over the graph
 * @rule: dispatch fields, and callback fields with nothing inferred
 * @model: names of the driver model
 * @regs: registrars, for the buses of drivers, or NULL
 */
void probes_infer(struct probes *probes, struct resolver *r,
		  const struct rule *rule, const struct driver_model *model,
		  const struct registrars *regs);
void probes_release(struct probes *probes);
/* Where in the list the callbacks begin that are a function. */
uint32_t probes_first(const struct probes *probes, uint32_t fn);

#endif
