// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a bus whose probe has a helper in another file
 * check-finding: same-bus high bad_attach -> mb_register(inner_driver)
 * check-bus: mb_bus_type -> mb_bus_type
 */
#include "mb.h"

static int mb_probe(struct device *dev)
{
	struct mb_driver *drv =
		container_of(dev->driver, struct mb_driver, driver);

	return mb_do_attach(dev, drv);
}

static struct bus_type mb_bus_type = {
	.name = "mb",
	.probe = mb_probe,
};

int mb_register(struct mb_driver *drv)
{
	drv->driver.bus = &mb_bus_type;
	return driver_register(&drv->driver);
}
