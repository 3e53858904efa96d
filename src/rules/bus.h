/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The bus of a driver, or of a device: what is stored in its bus field, by the
 * function that registers it, by a helper that this calls, by who allocated it.
 */
#ifndef PROBEWALK_RULES_BUS_H
#define PROBEWALK_RULES_BUS_H

#include "rules/registrar.h"

/**
 * assigned_bus() - the bus that a driver's struct is given
 * @fn: look at what this function stores, or GRAPH_NONE
 * @driver: the driver core's struct
 *
 * Looks in @fn and what it hands the struct to, then where the struct was
 * made, then in the initialiser of the variable that @driver is (part of), then
 * at stores to that variable anywhere.
 *
 * Return: symbol of the bus variable, or GRAPH_NONE.
 */
uint32_t assigned_bus(struct resolver *r, const struct driver_model *model,
		      uint32_t fn, const struct place *driver);

/* The same; @param gets the parameter of @fn that is the bus, if one is. */
uint32_t assigned_bus_or_param(struct resolver *r,
			       const struct driver_model *model, uint32_t fn,
			       const struct place *driver, uint8_t *param);

/* Fill ->setters of a model whose bus field is known. */
void bus_setters_find(struct driver_model *model, const struct graph *g);

/* What a call passes for a parameter that is a bus; @param as above. */
uint32_t passed_bus(struct resolver *r, const struct graph_call *c,
		    uint8_t bus_param, uint8_t *param);

#endif
