// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a function pointer in a local variable is called
 * check-finding: same-bus medium bad_probe -> outer_setup -> platform_driver_register(inner_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int outer_setup(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}

static int bad_probe(struct platform_device *pdev)
{
	int (*setup)(struct device *dev) = outer_setup;

	return setup(&pdev->dev);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
