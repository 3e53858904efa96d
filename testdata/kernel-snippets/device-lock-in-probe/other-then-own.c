// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: one helper locks another device first and then the own one
 * check-finding: reached high both_probe -> lock_shortly -> device_lock(?)
 */
#include <linux/device.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct part {
	int number;
	struct device dev;
};

static void lock_shortly(struct device *dev)
{
	device_lock(dev);
	device_unlock(dev);
}

static int both_probe(struct platform_device *pdev)
{
	struct part *part = kzalloc(sizeof(*part), GFP_KERNEL);

	lock_shortly(&part->dev);
	lock_shortly(&pdev->dev);
	return 0;
}

static struct platform_driver both_driver = {
	.probe = both_probe,
	.driver.name = "both",
};
module_platform_driver(both_driver);
