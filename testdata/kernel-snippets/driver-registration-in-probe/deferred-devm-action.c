// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a devm action registers
 * check-no-finding
 *
 * It runs when the device is let go, not now.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static void fall_back(void *data)
{
	platform_driver_register(&inner_driver);
}

static int good_probe(struct platform_device *pdev)
{
	return devm_add_action(&pdev->dev, fall_back, pdev);
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
