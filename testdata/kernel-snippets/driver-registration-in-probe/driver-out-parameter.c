// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a function gives the driver through a pointer
 * check-finding: same-bus high bad_probe -> platform_driver_register(drv)
 *
 * Which driver it is cannot be told; that one is registered can.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int pick_driver(struct platform_driver **drv)
{
	*drv = &inner_driver;
	return 0;
}

static int bad_probe(struct platform_device *pdev)
{
	struct platform_driver *drv;

	if (pick_driver(&drv))
		return -ENODEV;
	return platform_driver_register(drv);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
