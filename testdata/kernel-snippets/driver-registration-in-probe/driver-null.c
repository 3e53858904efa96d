// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: no driver is registered
 * check-no-finding
 */
#include <linux/platform_device.h>

static int good_probe(struct platform_device *pdev)
{
	return platform_driver_register(NULL);
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
