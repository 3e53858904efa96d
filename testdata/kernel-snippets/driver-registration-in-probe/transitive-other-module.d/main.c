// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: another module of the directory adds devices on the bus as well
 * check-finding: cross-bus high foo_probe -> platform_driver_register(inner_driver)
 * check-outer: bus low outer_probe
 * check-module: main.c
 * check-module: other.c
 *
 * They stand side by side and have nothing else in common, so what one module
 * may do a third one that is not indexed may do.
 */
#include "bus.h"

const struct bus_type foo_bus = { .name = "foo" };

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
