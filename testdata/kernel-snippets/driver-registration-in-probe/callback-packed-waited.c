// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a callback is run by a worker that the probe waits for
 * check-finding: same-bus medium bad_probe -> begin -> platform_driver_register(inner_driver)
 *
 * The worker holds no lock, but the probe that waits for it does. The work item
 * is on the stack, so work_on_cpu() cannot return before it was run.
 */
#include <linux/workqueue.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int begin(void *data)
{
	return platform_driver_register(&inner_driver);
}

static int bad_probe(struct platform_device *pdev)
{
	return work_on_cpu(0, begin, pdev);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
