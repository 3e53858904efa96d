// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a callback travels to the walk in a struct on the stack
 * check-finding: same-bus high bad_probe -> look_at_device -> platform_driver_register(inner_driver)
 *
 * usb_for_each_dev() packs it for bus_for_each_dev(), whose own callback calls
 * the field: nothing is kept.
 */
#include <linux/usb.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int look_at_device(struct usb_device *udev, void *data)
{
	return platform_driver_register(&inner_driver);
}

static int bad_probe(struct platform_device *pdev)
{
	return usb_for_each_dev(pdev, look_at_device);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
