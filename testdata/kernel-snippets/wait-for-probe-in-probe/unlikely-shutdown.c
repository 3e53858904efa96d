// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe switches a machine off that is too hot
 * check-finding: reached low hot_probe -> switch_off -> device_shutdown -> wait_for_device_probe(?)
 */
#include <linux/device.h>
#include <linux/platform_device.h>

void device_shutdown(struct device *dev)
{
	wait_for_device_probe();
}

static void switch_off(struct device *dev)
{
	device_shutdown(dev);
}

static int hot_probe(struct platform_device *pdev)
{
	if (pdev->id > 100)
		switch_off(&pdev->dev);
	return 0;
}

static struct platform_driver hot_driver = {
	.driver = { .name = "hot" },
	.probe = hot_probe,
};
module_platform_driver(hot_driver);
