// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a pointer to one driver is overwritten before it is used
 * check-finding: same-bus high bad_probe -> platform_driver_register(second_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver first_driver = {
	.driver.name = "first",
};

static struct platform_driver second_driver = {
	.driver.name = "second",
};

static int bad_probe(struct platform_device *pdev)
{
	struct platform_driver *drv = &first_driver;

	drv = &second_driver;
	return platform_driver_register(drv);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
