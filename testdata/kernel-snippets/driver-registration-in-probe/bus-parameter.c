// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the bus is handed to the function that registers
 * check-finding: same-bus high bad_probe -> part_register(inner_driver)
 * check-finding: cross-bus high bad_probe -> part_register(other_driver)
 * check-bus: platform_bus_type -> foo_bus
 */
#include <linux/platform_device.h>

static const struct bus_type foo_bus = { .name = "foo" };

static int __part_register(struct device_driver *drv,
			   const struct bus_type *bus)
{
	drv->bus = bus;
	return driver_register(drv);
}

static int part_register(const struct bus_type *bus, struct device_driver *drv)
{
	return __part_register(drv, bus);
}

static struct device_driver inner_driver = { .name = "inner" };
static struct device_driver other_driver = { .name = "other" };

static int bad_probe(struct platform_device *pdev)
{
	return part_register(&platform_bus_type, &inner_driver) ?:
	       part_register(&foo_bus, &other_driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
