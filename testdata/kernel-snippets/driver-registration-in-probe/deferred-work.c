// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a work item registers
 * check-no-finding
 *
 * A worker runs it, without the lock of the device that queued it.
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

static struct work_struct work;

static int good_probe(struct platform_device *pdev)
{
	INIT_WORK(&work, register_later);
	schedule_work(&work);
	return 0;
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
