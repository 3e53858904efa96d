// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the bus of the registered driver is set just before
 * check-finding: cross-bus high bad_probe -> driver_register(inner_driver)
 * check-bus: platform_bus_type -> tee_bus_type
 */
#include <linux/tee_drv.h>
#include <linux/platform_device.h>

static struct tee_client_driver inner_driver;

static int bad_probe(struct platform_device *pdev)
{
	inner_driver.driver.name = "inner";
	inner_driver.driver.bus = &tee_bus_type;
	return driver_register(&inner_driver.driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
