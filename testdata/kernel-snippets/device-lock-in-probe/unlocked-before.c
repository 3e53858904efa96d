// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a remove callback lets go of its lock and takes it again
 * check-no-finding
 */
#include <linux/platform_device.h>

static void odd_remove(struct platform_device *pdev)
{
	device_unlock(&pdev->dev);
	pdev->id = 0;
	device_lock(&pdev->dev);
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.remove = odd_remove,
};
module_platform_driver(foo_driver);
