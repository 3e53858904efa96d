// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: what adds devices on the bus is exported
 * check-finding: cross-bus high foo_probe -> platform_driver_register(inner_driver)
 * check-outer: bus low outer_probe
 *
 * A module that is not indexed may add one as well.
 */
#include <linux/platform_device.h>
#include <linux/slab.h>

static const struct bus_type foo_bus = { .name = "foo" };

struct foo_device {
	struct device dev;
};

int foo_add(const char *name)
{
	struct foo_device *foo = kzalloc(sizeof(*foo), GFP_KERNEL);

	if (!foo)
		return -ENOMEM;
	foo->dev.bus = &foo_bus;
	foo->dev.name = name;
	return device_register(&foo->dev);
}
EXPORT_SYMBOL_GPL(foo_add);

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int foo_probe(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}

static struct device_driver foo_driver = {
	.name = "foo",
	.bus = &foo_bus,
	.probe = foo_probe,
};

static int __init foo_init(void)
{
	return driver_register(&foo_driver);
}
module_init(foo_init);

static int outer_probe(struct platform_device *pdev)
{
	return foo_add(pdev->name);
}

static struct platform_driver outer_driver = {
	.probe = outer_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
