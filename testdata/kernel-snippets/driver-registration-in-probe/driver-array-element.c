// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the registered driver is an element of an array of structs
 * check-finding: same-bus high bad_probe -> platform_driver_register(parts[])
 *
 * Which element it is depends on the device, so none is named.
 */
#include <linux/platform_device.h>

static struct platform_driver parts[2] = {
	{ .driver.name = "part-0" },
	{ .driver.name = "part-1" },
};

static int bad_probe(struct platform_device *pdev)
{
	return platform_driver_register(&parts[pdev->id & 1]);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
