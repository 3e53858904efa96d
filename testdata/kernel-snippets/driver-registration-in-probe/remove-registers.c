// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: remove and shutdown register
 * check-no-finding
 *
 * Odd, and under the same lock, but another rule's business.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int good_probe(struct platform_device *pdev)
{
	return 0;
}

static void odd_remove(struct platform_device *pdev)
{
	platform_driver_register(&inner_driver);
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.remove = odd_remove,
	.shutdown = odd_remove,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
