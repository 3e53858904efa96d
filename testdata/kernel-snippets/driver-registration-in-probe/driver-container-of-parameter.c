// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the driver stands in the object around the probe's own argument
 * check-finding: same-bus high bad_probe -> platform_driver_register(container_of(argument 1)->drv)
 */
#include <linux/platform_device.h>

struct outer_device {
	struct platform_device pdev;
	struct platform_driver drv;
};

static int bad_probe(struct platform_device *pdev)
{
	return platform_driver_register(
		&container_of(pdev, struct outer_device, pdev)->drv);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
