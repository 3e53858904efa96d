// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the bus is set through a local pointer to the driver's struct
 * check-finding: same-bus high bad_probe -> part_register(inner_driver)
 * check-bus: platform_bus_type -> platform_bus_type
 */
#include <linux/platform_device.h>

struct part_driver {
	int (*attach)(struct device *dev);
	struct device_driver driver;
};

static int part_register(struct part_driver *drv)
{
	struct device_driver *driver = &drv->driver;

	driver->bus = &platform_bus_type;
	return driver_register(driver);
}

static struct part_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_probe(struct platform_device *pdev)
{
	return part_register(&inner_driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
