// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a static helper has the name of another module's function
 * check-no-finding
 *
 * foo_setup() of lib.c registers and is external; the probe calls a static
 * function of its own file with that name.
 */
#include <linux/platform_device.h>

static int foo_setup(struct device *dev)
{
	return dev_name(dev) ? 0 : -EINVAL;
}

static int good_probe(struct platform_device *pdev)
{
	return foo_setup(&pdev->dev);
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
