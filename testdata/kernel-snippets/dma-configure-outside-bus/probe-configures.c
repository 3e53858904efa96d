// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe sets up DMA of a device it found
 * check-finding: reached high bad_probe -> of_dma_configure(?)
 */
#include <linux/of_device.h>
#include <linux/platform_device.h>

static int bad_probe(struct platform_device *pdev)
{
	return of_dma_configure(&pdev->dev, pdev->dev.of_node, true);
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.probe = bad_probe,
};
module_platform_driver(foo_driver);
