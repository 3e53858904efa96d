// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe adds a device, and the driver core probes others
 * check-finding: same-bus high bad_probe -> platform_driver_register(inner_driver)
 *
 * device_add() leads to every probe there is. Followed blindly, good_probe()
 * would seem to call bad_probe(), whose driver its device does not match.
 */
#include <linux/i2c.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

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

static int bad_probe(struct platform_device *pdev)
{
	return platform_driver_register(&inner_driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
