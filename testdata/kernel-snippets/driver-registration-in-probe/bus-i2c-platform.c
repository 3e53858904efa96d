// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: an i2c probe registers a platform driver
 * check-finding: cross-bus high bad_probe -> platform_driver_register(inner_driver)
 * check-bus: i2c_bus_type -> platform_bus_type
 */
#include <linux/i2c.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_probe(struct i2c_client *client)
{
	return platform_driver_register(&inner_driver);
}

static struct i2c_driver outer_driver = {
	.driver.name = "outer",
	.probe = bad_probe,
};
module_i2c_driver(outer_driver);
