// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the registered driver is a static local variable
 * check-finding: same-bus high bad_probe -> platform_driver_register(local_driver)
 */
#include <linux/platform_device.h>

static int bad_probe(struct platform_device *pdev)
{
	static struct platform_driver local_driver = {
		.driver.name = "local",
	};

	return platform_driver_register(&local_driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
