// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe tries out interrupt lines, which waits
 * check-finding: reached low odd_probe -> probe_irq_on -> async_synchronize_full(?)
 *
 * The rule names the function as one that hardly ever gets called.
 */
#include <linux/async.h>
#include <linux/platform_device.h>

unsigned long probe_irq_on(void)
{
	async_synchronize_full();
	return 0;
}

static int odd_probe(struct platform_device *pdev)
{
	return pdev->id ? 0 : probe_irq_on() != 0;
}

static struct platform_driver odd_driver = {
	.probe = odd_probe,
	.driver.name = "odd",
};
module_platform_driver(odd_driver);
