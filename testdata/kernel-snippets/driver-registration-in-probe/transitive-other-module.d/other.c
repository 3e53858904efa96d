// SPDX-License-Identifier: GPL-2.0-only
#include "bus.h"

static int outer_probe(struct platform_device *pdev)
{
	struct device *dev = kzalloc(sizeof(*dev), GFP_KERNEL);

	if (!dev)
		return -ENOMEM;
	dev->bus = &foo_bus;
	dev->name = pdev->name;
	return device_register(dev);
}

static struct platform_driver outer_driver = {
	.probe = outer_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
