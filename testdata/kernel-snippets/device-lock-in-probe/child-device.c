// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe locks a device that it has made
 * check-no-finding
 *
 * The child stands in a record of the driver's own, so it is not the
 * platform_device that is being probed. A helper that takes either is let off
 * for this one.
 */
#include <linux/platform_device.h>
#include <linux/slab.h>

struct foo_child {
	int id;
	struct device dev;
};

static void helper(struct device *dev)
{
	device_lock(dev);
	dev->driver_data = NULL;
	device_unlock(dev);
}

static int good_probe(struct platform_device *pdev)
{
	struct foo_child *child = kzalloc(sizeof(*child), GFP_KERNEL);

	if (!child)
		return -ENOMEM;
	child->dev.parent = &pdev->dev;
	helper(&child->dev);
	return 0;
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.probe = good_probe,
};
module_platform_driver(foo_driver);
