// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the body of while (0) is dead
 * check-no-finding
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int good_probe(struct platform_device *pdev)
{
	while (0)
		platform_driver_register(&inner_driver);
	return 0;
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
