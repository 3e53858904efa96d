// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe has all devices of its own bus looked at
 * check-finding: reached medium bad_probe -> bus_rescan_devices(?)
 *
 * Whether its own device is among those that are locked is up to the callee.
 */
#include <linux/platform_device.h>

static int bad_probe(struct platform_device *pdev)
{
	return bus_rescan_devices(&platform_bus_type);
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.probe = bad_probe,
};
module_platform_driver(foo_driver);
