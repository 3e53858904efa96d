// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe unregisters
 * check-no-finding
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int good_probe(struct platform_device *pdev)
{
	platform_driver_unregister(&inner_driver);
	return 0;
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
