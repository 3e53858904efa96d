// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a module of two directories is all that adds devices on its bus
 * check-finding: transitive high foo_probe -> platform_driver_register(inner_driver)
 * check-outer: only-adder medium outer_probe
 * check-module: main.c add.c
 *
 * A device may be added by foo_rescan() as well, but that is of the same driver
 * and adds what its one probe does.
 */
#include "../foo.h"

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

int foo_rescan(const char *name)
{
	return foo_add(name);
}

static int __init foo_init(void)
{
	return driver_register(&foo_driver);
}
module_init(foo_init);
