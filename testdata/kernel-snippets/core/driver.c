// SPDX-License-Identifier: GPL-2.0-only
#include <linux/device.h>

int driver_register(struct device_driver *drv)
{
	if (!drv->bus || !drv->name)
		return -EINVAL;
	return bus_add_driver(drv);
}

void driver_unregister(struct device_driver *drv)
{
	struct bus_type *bus = (struct bus_type *)drv->bus;

	if (bus->drivers == drv)
		bus->drivers = drv->next;
}
