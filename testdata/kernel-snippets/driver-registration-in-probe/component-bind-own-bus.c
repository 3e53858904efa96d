// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the bind of a component registers on the bus of its device
 * check-finding: same-bus high bad_bind -> platform_driver_register(inner_driver)
 *
 * When this component is the last to come, its own probe is what binds, and
 * its own device is locked.
 */
#include <linux/component.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_bind(struct device *comp, struct device *master, void *data)
{
	return platform_driver_register(&inner_driver);
}

static const struct component_ops outer_ops = {
	.bind = bad_bind,
};

static int outer_add(struct device *dev)
{
	return component_add(dev, &outer_ops);
}

static int outer_probe(struct platform_device *pdev)
{
	return outer_add(&pdev->dev);
}

static struct platform_driver outer_driver = {
	.probe = outer_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
