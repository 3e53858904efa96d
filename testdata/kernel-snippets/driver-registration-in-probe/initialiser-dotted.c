// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the embedded driver's fields by dotted designators
 * check-finding: cross-bus high bad_probe -> platform_driver_register(inner_driver)
 * check-probe-driver: outer_driver
 * check-bus: tee_bus_type -> platform_bus_type
 */
#include <linux/tee_drv.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_probe(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}

static struct tee_client_driver outer_driver = {
	.driver.name = "outer",
	.driver.bus = &tee_bus_type,
	.driver.probe = bad_probe,
};

static int __init outer_init(void)
{
	return driver_register(&outer_driver.driver);
}
module_init(outer_init);
