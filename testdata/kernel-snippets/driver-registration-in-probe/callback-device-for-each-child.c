// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: device_for_each_child() runs a callback that registers
 * check-finding: same-bus high bad_probe -> enable_child -> platform_driver_register(inner_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int enable_child(struct device *dev, void *data)
{
	return platform_driver_register(&inner_driver);
}

static int bad_probe(struct platform_device *pdev)
{
	device_for_each_child(&pdev->dev, NULL, enable_child);
	return 0;
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
