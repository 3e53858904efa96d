// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: one probe reaches two registrations
 * check-finding: same-bus high bad_probe -> platform_driver_register(first_driver)
 * check-finding: cross-bus high bad_probe -> add_bridge -> i2c_add_driver(second_driver)
 * check-bus: platform_bus_type -> i2c_bus_type
 */
#include <linux/i2c.h>
#include <linux/platform_device.h>

static struct platform_driver first_driver;
static struct i2c_driver second_driver;

static int add_bridge(void)
{
	return i2c_add_driver(&second_driver);
}

static int bad_probe(struct platform_device *pdev)
{
	int ret = platform_driver_register(&first_driver);

	return ret ? ret : add_bridge();
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
