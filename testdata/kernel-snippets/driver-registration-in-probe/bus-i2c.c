// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: an i2c probe registers an i2c driver
 * check-finding: same-bus high bad_probe -> i2c_add_driver(inner_driver)
 * check-probe-driver: outer_driver
 * check-bus: i2c_bus_type -> i2c_bus_type
 */
#include <linux/i2c.h>

static int inner_probe(struct i2c_client *client)
{
	return 0;
}

static struct i2c_driver inner_driver = {
	.driver.name = "inner",
	.probe = inner_probe,
};

static int bad_probe(struct i2c_client *client)
{
	return i2c_add_driver(&inner_driver);
}

static struct i2c_driver outer_driver = {
	.driver.name = "outer",
	.probe = bad_probe,
};
module_i2c_driver(outer_driver);
