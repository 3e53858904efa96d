// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: an interrupt handler leads to a registration
 * check-no-finding
 */
#include <linux/interrupt.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static irqreturn_t hotplug_irq(int irq, void *dev)
{
	platform_driver_register(&inner_driver);
	return IRQ_HANDLED;
}

static int good_probe(struct platform_device *pdev)
{
	return request_irq(pdev->id, hotplug_irq, 0, "outer", pdev);
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
