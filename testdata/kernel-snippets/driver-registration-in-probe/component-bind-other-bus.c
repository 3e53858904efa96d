// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the bind of a component registers on another bus
 * check-finding: cross-bus high bad_bind -> platform_driver_register(inner_driver)
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

static int outer_probe(struct i2c_client *client)
{
	return component_add(&client->dev, &outer_ops);
}

static struct i2c_driver outer_driver = {
	.probe = outer_probe,
	.driver.name = "outer",
};
module_i2c_driver(outer_driver);
