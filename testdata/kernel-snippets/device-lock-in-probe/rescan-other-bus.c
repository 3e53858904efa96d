// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe has all devices of another bus looked at
 * check-no-finding
 */
#include <linux/i2c.h>
#include <linux/platform_device.h>

static int good_probe(struct platform_device *pdev)
{
	return bus_rescan_devices(&i2c_bus_type);
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.probe = good_probe,
};
module_platform_driver(foo_driver);
