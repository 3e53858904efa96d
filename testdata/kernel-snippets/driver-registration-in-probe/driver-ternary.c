// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: ?: chooses which driver is registered
 * check-finding: same-bus high bad_probe -> platform_driver_register(left_driver)
 * check-finding: same-bus high bad_probe -> platform_driver_register(right_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver left_driver = {
	.driver.name = "left",
};

static struct platform_driver right_driver = {
	.driver.name = "right",
};

static int bad_probe(struct platform_device *pdev)
{
	return platform_driver_register(pdev->id ? &left_driver :
						   &right_driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
