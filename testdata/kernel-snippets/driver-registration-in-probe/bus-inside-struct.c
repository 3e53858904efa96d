// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: two buses share a probe, and each driver is told which it is on
 * check-finding: same-bus high front_probe -> front_register(inner_driver)
 * check-bus: front_bus -> front_bus
 * check-finding: cross-bus high back_probe -> front_register(other_driver)
 * check-bus: back_bus -> front_bus
 *
 * A bus has a struct of its own around the driver core's.
 */
#include <linux/device.h>
#include <linux/module.h>

struct split_bus {
	int side;
	struct bus_type bus;
};

struct split_driver {
	int (*probe)(struct device *dev);
	struct device_driver driver;
};

static int split_probe(struct device *dev)
{
	return container_of(dev->driver, struct split_driver, driver)
		->probe(dev);
}

static struct split_bus front_bus = {
	.bus = { .name = "front", .probe = split_probe },
};

static struct split_bus back_bus = {
	.side = 1,
	.bus = { .name = "back", .probe = split_probe },
};

static int split_register(struct split_driver *drv, struct split_bus *bus)
{
	drv->driver.bus = &bus->bus;
	return driver_register(&drv->driver);
}

static int front_register(struct split_driver *drv)
{
	return split_register(drv, &front_bus);
}

static struct split_driver inner_driver = { .driver.name = "inner" };
static struct split_driver other_driver = { .driver.name = "other" };

static int front_probe(struct device *dev)
{
	return front_register(&inner_driver);
}

static int back_probe(struct device *dev)
{
	return front_register(&other_driver);
}

static struct split_driver front_driver = {
	.probe = front_probe,
	.driver.name = "front",
};

static struct split_driver back_driver = {
	.probe = back_probe,
	.driver.name = "back",
};

static int __init split_init(void)
{
	return front_register(&front_driver) ?:
	       split_register(&back_driver, &back_bus);
}
module_init(split_init);
