// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: what puts its parameter on the bus is exported
 * check-finding: cross-bus high foo_probe -> platform_driver_register(inner_driver)
 *
 * The one caller that is indexed is a platform probe, but any module may call.
 */
#include <linux/platform_device.h>

static const struct bus_type foo_bus = { .name = "foo" };

struct foo_device {
	struct device dev;
};

int foo_device_add(struct foo_device *foo)
{
	foo->dev.bus = &foo_bus;
	return device_register(&foo->dev);
}
EXPORT_SYMBOL_GPL(foo_device_add);

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

static struct foo_device the_foo;

static int outer_probe(struct platform_device *pdev)
{
	return foo_device_add(&the_foo);
}

static struct platform_driver outer_driver = {
	.probe = outer_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
