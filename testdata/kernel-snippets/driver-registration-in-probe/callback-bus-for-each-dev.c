// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: bus_for_each_dev() runs a callback that registers
 * check-finding: same-bus high bad_probe -> look_at_device -> platform_driver_register(inner_driver)
 *
 * The callback runs before bus_for_each_dev() returns, under the same locks.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int look_at_device(struct device *dev, void *data)
{
	if (dev->driver)
		return 0;
	return platform_driver_register(&inner_driver);
}

static int bad_probe(struct platform_device *pdev)
{
	return bus_for_each_dev(&platform_bus_type, NULL, pdev, look_at_device);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
