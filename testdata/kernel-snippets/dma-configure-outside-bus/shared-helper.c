// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a helper of a bus that a probe calls as well
 * check-finding: reached high helper -> of_dma_configure(?)
 */
#include <linux/of_device.h>
#include <linux/platform_device.h>

static int helper(struct device *dev)
{
	return of_dma_configure(dev, dev->of_node, false);
}

static int foo_dma_configure(struct device *dev)
{
	return helper(dev);
}

static struct bus_type foo_bus_type = {
	.name = "foo",
	.dma_configure = foo_dma_configure,
};

static int __init foo_init(void)
{
	return bus_register(&foo_bus_type);
}
module_init(foo_init);

static int bad_probe(struct platform_device *pdev)
{
	return helper(&pdev->dev);
}

static struct platform_driver foo_driver = {
	.driver = { .name = "foo" },
	.probe = bad_probe,
};

static int __init foo_driver_init(void)
{
	return platform_driver_register(&foo_driver);
}
module_init(foo_driver_init);
