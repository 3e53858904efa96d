// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe locks the device that is being probed
 * check-finding: reached high bad_probe -> device_lock(?)
 */
#include <linux/platform_device.h>

static int bad_probe(struct platform_device *pdev)
{
	device_lock(&pdev->dev);
	pdev->id = 0;
	device_unlock(&pdev->dev);
	return 0;
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.probe = bad_probe,
};
module_platform_driver(foo_driver);
