// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a remove callback hands its device to a helper that attaches it
 * check-finding: reached high bad_remove -> foo_reset -> device_attach(?)
 */
#include <linux/platform_device.h>

struct foo {
	struct device *dev;
};

static void foo_reset(struct foo *foo)
{
	device_attach(foo->dev);
}

static void bad_remove(struct platform_device *pdev)
{
	struct foo foo = { .dev = &pdev->dev };

	foo_reset(&foo);
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.remove = bad_remove,
};
module_platform_driver(foo_driver);
