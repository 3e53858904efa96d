// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe locks a device that it finds somewhere
 * check-finding: reached low unsure_probe -> device_lock(?)
 *
 * It may be any device, its own as well.
 */
#include <linux/platform_device.h>

struct foo {
	struct device *peer;
};

static int unsure_probe(struct platform_device *pdev)
{
	struct foo *foo = platform_get_drvdata(pdev);

	device_lock(foo->peer);
	device_unlock(foo->peer);
	return 0;
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.probe = unsure_probe,
};
module_platform_driver(foo_driver);
