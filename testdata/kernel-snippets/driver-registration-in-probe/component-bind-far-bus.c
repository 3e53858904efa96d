// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: of two buses a component is of, one is too far away to be seen
 * check-finding: unknown-bus high bad_bind -> platform_driver_register(inner_driver)
 *
 * What was not looked at to its end is not known: that only the near one hands
 * the struct over would be a guess.
 */
#include <linux/component.h>
#include <linux/i2c.h>
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

static int outer_link(struct device *dev)
{
	return outer_add(dev);
}

static int outer_power(struct device *dev)
{
	return outer_link(dev);
}

static int outer_clock(struct device *dev)
{
	return outer_power(dev);
}

static int outer_setup(struct device *dev)
{
	return outer_clock(dev);
}

static int by_i2c(struct i2c_client *client)
{
	return outer_add(&client->dev);
}

static struct i2c_driver i2c_outer_driver = {
	.probe = by_i2c,
	.driver.name = "outer-i2c",
};
module_i2c_driver(i2c_outer_driver);

static int by_platform(struct platform_device *pdev)
{
	return outer_setup(&pdev->dev);
}

static struct platform_driver platform_outer_driver = {
	.probe = by_platform,
	.driver.name = "outer-platform",
};
module_platform_driver(platform_outer_driver);
