// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a registrar is called through a local function pointer
 * check-finding: same-bus medium bad_probe -> add(inner_driver)
 *
 * The callee is reported as it is spelled at the site.
 */
#include <linux/i2c.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int add_platform(struct platform_driver *drv)
{
	return platform_driver_register(drv);
}

static int bad_probe(struct platform_device *pdev)
{
	int (*add)(struct platform_driver *drv) = add_platform;

	return add(&inner_driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
