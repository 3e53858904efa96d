// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a work item from DECLARE_WORK registers
 * check-no-finding
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

static int good_probe(struct platform_device *pdev)
{
	schedule_work(&register_work);
	return 0;
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
