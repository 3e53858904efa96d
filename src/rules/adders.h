/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who adds devices, and on which bus. From the functions that a rule names as
 * nested (device_add) the adders are inferred as registrars are; a site is the
 * call that names the device. Its bus is what is stored in it on the way, or
 * else what every device of its type is given: all struct spi_device are made
 * by one function and added by another.
 */
#ifndef PROBEWALK_RULES_ADDERS_H
#define PROBEWALK_RULES_ADDERS_H

#include "rules/registrar.h"

struct adders {
	struct driver_model model; /* of devices: "device", "device.bus" */
	struct registrars regs;
	struct u64map buses; /* record string + 1 -> bus + 1; 0 of several */
	/* by site: the bus that its device is added on, or GRAPH_NONE */
	uint32_t *site_bus;
};

/**
 * adders_infer() - everything that adds a device
 * @functions: the first adders
 * @drivers: names of the driver model
 */
void adders_infer(struct adders *adders, struct resolver *r,
		  const struct edges *edges,
		  const struct string_list *functions,
		  const struct driver_model *drivers);
void adders_release(struct adders *adders);

#endif
