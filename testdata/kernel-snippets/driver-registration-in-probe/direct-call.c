// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe registers a driver itself
 * check-finding: same-bus high bad_probe -> platform_driver_register(inner_driver)
 * check-probe-driver: outer_driver
 * check-bus: platform_bus_type -> platform_bus_type
 *
 * The smallest case there is.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_probe(struct platform_device *pdev)
{
	return platform_driver_register(&inner_driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
