// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the helper puts another driver on the probe's bus
 * check-finding: unknown-bus high bad_probe -> driver_register(inner_driver)
 *
 * What is done to the one says nothing of the other.
 */
#include <linux/platform_device.h>

static void put_on_bus(struct device_driver *drv)
{
	drv->bus = &platform_bus_type;
}

static struct device_driver inner_driver = { .name = "inner" };
static struct device_driver other_driver = { .name = "other" };

static int bad_probe(struct platform_device *pdev)
{
	put_on_bus(&other_driver);
	return driver_register(&inner_driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
