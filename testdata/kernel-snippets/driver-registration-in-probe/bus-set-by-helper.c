// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a helper puts the driver on its bus before it is registered
 * check-finding: same-bus high bad_probe -> driver_register(inner_driver)
 * check-bus: platform_bus_type -> platform_bus_type
 */
#include <linux/platform_device.h>

static void put_on_bus(struct device_driver *drv, const char *name)
{
	drv->name = name;
	drv->bus = &platform_bus_type;
}

static struct platform_driver inner_driver;

static int bad_probe(struct platform_device *pdev)
{
	put_on_bus(&inner_driver.driver, "inner");
	return driver_register(&inner_driver.driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
