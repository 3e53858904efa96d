// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe adds a device, and the driver core probes others
 * check-no-finding
 *
 * device_add() leads to every probe there is. Followed blindly, this harmless
 * probe would seem to call unrelated_probe() of its own bus.
 */
#include <linux/i2c.h>
#include <linux/platform_device.h>

static struct platform_device child = {
	.name = "child",
};

static int good_probe(struct i2c_client *client)
{
	return platform_device_register(&child);
}

static struct i2c_driver adding_driver = {
	.driver.name = "adding",
	.probe = good_probe,
};
module_i2c_driver(adding_driver);

static int unrelated_probe(struct platform_device *pdev)
{
	return 0;
}

static struct platform_driver outer_driver = {
	.probe = unrelated_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
