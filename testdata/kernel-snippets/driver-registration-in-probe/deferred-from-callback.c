// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a work item is queued by a callback of the probe
 * check-no-finding
 *
 * The callback is synchronous, what it queues is not.
 */
#include <linux/workqueue.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static void register_later(struct work_struct *work)
{
	platform_driver_register(&inner_driver);
}

static DECLARE_WORK(register_work, register_later);

static int look_at_device(struct device *dev, void *data)
{
	schedule_work(&register_work);
	return 0;
}

static int good_probe(struct platform_device *pdev)
{
	return bus_for_each_dev(&platform_bus_type, NULL, NULL, look_at_device);
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
