// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the shortest way is an unlikely one, a longer one is not
 * check-finding: reached high hot_probe -> hot_start -> hot_settle -> hot_wait -> wait_for_device_probe(?)
 */
#include <linux/device.h>
#include <linux/platform_device.h>

static void hot_wait(void)
{
	wait_for_device_probe();
}

void device_shutdown(struct device *dev)
{
	hot_wait();
}

static void hot_settle(void)
{
	hot_wait();
}

static void hot_start(void)
{
	hot_settle();
}

static int hot_probe(struct platform_device *pdev)
{
	if (pdev->id > 100)
		device_shutdown(&pdev->dev);
	hot_start();
	return 0;
}

static struct platform_driver hot_driver = {
	.probe = hot_probe,
	.driver.name = "hot",
};
module_platform_driver(hot_driver);
