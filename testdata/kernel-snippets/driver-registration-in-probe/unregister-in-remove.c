// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: remove takes back what probe registered
 * check-finding: same-bus high bad_probe -> platform_driver_register(inner_driver)
 * check-qualifier: per-instance static
 * check-qualifier: unregister-in-remove platform_driver.remove
 * check-unregister: outer_remove
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_probe(struct platform_device *pdev)
{
	return platform_driver_register(&inner_driver);
}

static void outer_remove(struct platform_device *pdev)
{
	platform_driver_unregister(&inner_driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.remove = outer_remove,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
