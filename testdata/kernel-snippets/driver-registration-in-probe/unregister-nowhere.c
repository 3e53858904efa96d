// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: nothing takes back what probe registered
 * check-finding: same-bus high bad_probe -> platform_driver_register(inner_driver)
 * check-unregister: none
 *
 * The unregistration in remove is of another driver.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static struct platform_driver other_driver = {
	.driver.name = "other",
};

static int bad_probe(struct platform_device *pdev)
{
	return platform_driver_register(&inner_driver);
}

static void outer_remove(struct platform_device *pdev)
{
	platform_driver_unregister(&other_driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.remove = outer_remove,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
