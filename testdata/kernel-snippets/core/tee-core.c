// SPDX-License-Identifier: GPL-2.0-only
/* A bus without a probe of its own: the embedded driver's is called. */
#include <linux/tee_drv.h>

static int tee_client_device_match(struct device *dev,
				   const struct device_driver *drv)
{
	const u32 *id = to_tee_client_driver(drv)->id_table;

	return id && *id == to_tee_client_device(dev)->id;
}

const struct bus_type tee_bus_type = {
	.name = "tee",
	.match = tee_client_device_match,
};
