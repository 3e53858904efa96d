/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who registers drivers. From the functions a rule names (driver_register) the
 * registrars are inferred: a function that passes its own parameter, or a field
 * of what it points to, on to a registrar is one itself. A call that passes
 * something else is a site: it says which driver.
 *
 * The same inference, from driver_unregister, finds where drivers go.
 */
#ifndef PROBEWALK_RULES_REGISTRAR_H
#define PROBEWALK_RULES_REGISTRAR_H

#include "rules/edges.h"
#include "rules/resolve.h"
#include "rules/rule.h"

#define NO_BUS_PARAM UINT8_MAX

/* One way in which a function registers what it is given. */
struct registrar {
	uint32_t fn; /* symbol */
	uint8_t param; /* index of the parameter */
	/* From the parameter to the driver core's own struct. */
	uint32_t path;
	uint8_t addr;
	uint32_t bus; /* variable that it sets as the driver's bus, or NONE */
	/* Which of its parameters is the bus, or NO_BUS_PARAM. */
	uint8_t bus_param;
	uint32_t via; /* registrar it calls, or NONE for the first */
	bool indirect; /* calls it through a pointer */
};

/* A call that names a driver. */
struct site {
	uint32_t call; /* number of the call */
	uint32_t registrar;
	struct place arg; /* argument as it stands at the call */
	struct place driver; /* the driver core's struct, resolved */
	uint32_t bus; /* variable, or GRAPH_NONE */
	bool indirect; /* a function pointer lies between it and the core */
};

/*
 * What the driver model calls things, told from a rule's dispatch fields: with
 * "bus_type.probe" and "device_driver.probe" the bus is the field of struct
 * device_driver that points to a struct bus_type.
 */
struct driver_model {
	char *driver; /* "device_driver" */
	char *bus; /* "bus_type" */
	char *bus_field; /* "device_driver.bus", NULL when there is none */
	/* symbol + 1 of functions that set it, and of who calls these, for
	 * bus.c */
	struct u64map setters;
};

void driver_model_init(struct driver_model *model, const struct graph *g,
		       const struct rule *rule);
void driver_model_release(struct driver_model *model);

struct registrars {
	struct registrar *list;
	uint32_t nr, alloc;
	struct site *sites; /* ordered by call */
	uint32_t nr_sites, alloc_sites;
	struct u64map known; /* hash of (fn, param, path, addr) -> number + 1 */
	struct u64map known_sites; /* hash of (call, driver) -> 1 */
};

/**
 * registrars_infer() - all registrars and sites
 * @regs: filled
 * @r: resolver over the graph
 * @edges: calls through pointers
 * @functions: names of the first registrars, which take the driver core's
 *	       struct as their first argument
 * @model: what the bus field is called
 */
void registrars_infer(struct registrars *regs, struct resolver *r,
		      const struct edges *edges,
		      const struct string_list *functions,
		      const struct driver_model *model);
void registrars_release(struct registrars *regs);

#endif
