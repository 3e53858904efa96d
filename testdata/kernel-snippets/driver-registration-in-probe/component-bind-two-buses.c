// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a component of two buses
 * check-finding: unknown-bus high bad_bind -> platform_driver_register(inner_driver)
 *
 * Drivers of chips with two interfaces share what is behind them.
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

static int by_i2c(struct i2c_client *client)
{
	return component_add(&client->dev, &outer_ops);
}

static struct i2c_driver i2c_outer_driver = {
	.probe = by_i2c,
	.driver.name = "outer-i2c",
};
module_i2c_driver(i2c_outer_driver);

static int by_platform(struct platform_device *pdev)
{
	return component_add(&pdev->dev, &outer_ops);
}

static struct platform_driver platform_outer_driver = {
	.probe = by_platform,
	.driver.name = "outer-platform",
};
module_platform_driver(platform_outer_driver);
