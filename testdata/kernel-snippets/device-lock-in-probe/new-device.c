// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe adds a device, which the driver core locks
 * check-no-finding
 *
 * device_add() has the new device probed, and that is another walk.
 */
#include <linux/platform_device.h>

static struct platform_device child;

static int good_probe(struct platform_device *pdev)
{
	child.dev.parent = &pdev->dev;
	return platform_device_register(&child);
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.probe = good_probe,
};
module_platform_driver(foo_driver);
