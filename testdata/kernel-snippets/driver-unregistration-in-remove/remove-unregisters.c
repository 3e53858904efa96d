// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a remove callback unregisters a driver of its bus
 * check-finding: same-bus high bad_remove -> platform_driver_unregister(inner_driver)
 * check-probe-driver: outer_driver
 * check-bus: platform_bus_type -> platform_bus_type
 *
 * The bus of what is unregistered is that of the registration.
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

static int bad_probe(struct platform_device *pdev)
{
	return platform_driver_register(&inner_driver);
}

static void bad_remove(struct platform_device *pdev)
{
	platform_driver_unregister(&inner_driver);
}

static struct platform_driver outer_driver = {
	.driver = { .name = "outer" },
	.probe = bad_probe,
	.remove = bad_remove,
};
module_platform_driver(outer_driver);
