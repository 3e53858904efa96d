// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the device is added by a platform probe, its driver is for a third bus
 * check-finding: cross-bus high foo_probe -> driver_register(inner_driver)
 * check-bus: foo_bus -> third_bus
 * check-outer: none
 */
#include <linux/platform_device.h>
#include <linux/slab.h>

static const struct bus_type foo_bus = { .name = "foo" };
static const struct bus_type third_bus = { .name = "third" };

struct foo_device {
	struct device dev;
};

static int foo_add(const char *name)
{
	struct foo_device *foo = kzalloc(sizeof(*foo), GFP_KERNEL);

	if (!foo)
		return -ENOMEM;
	foo->dev.bus = &foo_bus;
	foo->dev.name = name;
	return device_register(&foo->dev);
}

static struct device_driver inner_driver = {
	.name = "inner",
	.bus = &third_bus,
};

static int foo_probe(struct device *dev)
{
	return driver_register(&inner_driver);
}

static struct device_driver foo_driver = {
	.name = "left",
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
	return foo_add("left");
}

static struct platform_driver outer_driver = {
	.probe = outer_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
