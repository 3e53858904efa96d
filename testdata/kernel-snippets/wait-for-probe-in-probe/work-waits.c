// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a work item waits, and not the probe that queues it
 * check-no-finding
 */
#include <linux/platform_device.h>
#include <linux/workqueue.h>

static void foo_work_fn(struct work_struct *work)
{
	wait_for_device_probe();
}

static DECLARE_WORK(foo_work, foo_work_fn);

static int good_probe(struct platform_device *pdev)
{
	schedule_work(&foo_work);
	return 0;
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.probe = good_probe,
};
module_platform_driver(foo_driver);
