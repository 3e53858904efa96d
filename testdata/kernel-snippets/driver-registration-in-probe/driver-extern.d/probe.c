// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the registered driver is defined in another file
 * check-finding: same-bus high bad_probe -> platform_driver_register(inner_driver)
 */
#include <linux/platform_device.h>

extern struct platform_driver inner_driver;

static int bad_probe(struct platform_device *pdev)
{
	return platform_driver_register(&inner_driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
