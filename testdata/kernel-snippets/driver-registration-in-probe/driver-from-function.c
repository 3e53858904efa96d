// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a function gives the driver to register
 * check-finding: same-bus high bad_probe -> platform_driver_register(inner_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static struct platform_driver *pick_driver(void)
{
	return &inner_driver;
}

static int bad_probe(struct platform_device *pdev)
{
	return platform_driver_register(pick_driver());
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
