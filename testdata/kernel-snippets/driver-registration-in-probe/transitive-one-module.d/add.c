// SPDX-License-Identifier: GPL-2.0-only
#include <linux/slab.h>

#include "foo.h"

int foo_add(const char *name)
{
	struct device *dev = kzalloc(sizeof(*dev), GFP_KERNEL);

	if (!dev)
		return -ENOMEM;
	dev->bus = &foo_bus;
	dev->name = name;
	return device_register(dev);
}

static int outer_probe(struct platform_device *pdev)
{
	return foo_add(pdev->name);
}

static struct platform_driver outer_driver = {
	.probe = outer_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
