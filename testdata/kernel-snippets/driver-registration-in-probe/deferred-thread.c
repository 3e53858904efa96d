// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a kernel thread registers
 * check-no-finding
 */
#include <linux/kthread.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int thread(void *data)
{
	return platform_driver_register(&inner_driver);
}

static int good_probe(struct platform_device *pdev)
{
	return kthread_run(thread, pdev, "outer") ? 0 : -ENOMEM;
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
