// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: two modules each have a function of the same name
 * check-finding: same-bus high bad_probe -> part_setup -> platform_driver_register(inner_driver)
 * check-known-to-fail: functions are linked by name within a configuration, whatever module they are in
 *
 * Not linked together in one image, but legal in two modules, where
 * part_setup() is not exported from either.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

int part_setup(struct device *dev);

int part_setup(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}

static int bad_probe(struct platform_device *pdev)
{
	return part_setup(&pdev->dev);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
