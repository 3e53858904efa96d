// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a shutdown callback unregisters a driver one call down
 * check-finding: unknown-bus high bad_shutdown -> helper -> platform_driver_unregister(inner_driver)
 * check-probe-driver: outer_driver
 */
#include <linux/platform_device.h>

static int inner_probe(struct platform_device *pdev)
{
	return pdev->id;
}

static struct platform_driver inner_driver = {
	.driver = { .name = "inner" },
	.probe = inner_probe,
};

static void helper(void)
{
	platform_driver_unregister(&inner_driver);
}

static void bad_shutdown(struct platform_device *pdev)
{
	helper();
}

static struct platform_driver outer_driver = {
	.driver = { .name = "outer" },
	.shutdown = bad_shutdown,
};
module_platform_driver(outer_driver);
