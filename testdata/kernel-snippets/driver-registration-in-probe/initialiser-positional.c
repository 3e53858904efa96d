// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a driver whose initialiser names no field
 * check-finding: same-bus high bad_probe -> platform_driver_register(inner_driver)
 * check-probe-driver: outer_driver
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
	bad_probe, NULL, NULL, { "outer" },
};
module_platform_driver(outer_driver);
