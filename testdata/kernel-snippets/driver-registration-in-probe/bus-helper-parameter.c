// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a helper puts the driver on the bus that it is given
 * check-finding: same-bus high bad_probe -> driver_register(inner_driver)
 */
#include <linux/platform_device.h>

static void put_on_bus(struct device_driver *drv, const struct bus_type *bus)
{
	drv->bus = bus;
}

static struct device_driver inner_driver = { .name = "inner" };

static int bad_probe(struct platform_device *pdev)
{
	put_on_bus(&inner_driver, &platform_bus_type);
	return driver_register(&inner_driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
