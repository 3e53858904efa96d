// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the probe is a member of a nameless union
 * check-finding: same-bus high bad_probe -> foo_driver_register(inner_driver)
 * check-probe-driver: outer_driver
 * check-bus: foo_bus_type -> foo_bus_type
 */
#include <linux/device.h>
#include <linux/module.h>

struct foo_driver {
	int version;
	union {
		int (*probe)(struct device *dev);
		int (*probe_old)(struct device *dev);
	};
	struct device_driver driver;
};

static int foo_bus_probe(struct device *dev)
{
	struct foo_driver *drv =
		container_of(dev->driver, struct foo_driver, driver);

	return drv->probe(dev);
}

static const struct bus_type foo_bus_type = {
	.name = "foo",
	.probe = foo_bus_probe,
};

static int foo_driver_register(struct foo_driver *drv)
{
	drv->driver.bus = &foo_bus_type;
	return driver_register(&drv->driver);
}

static struct foo_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_probe(struct device *dev)
{
	return foo_driver_register(&inner_driver);
}

static struct foo_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};

static int __init outer_init(void)
{
	return foo_driver_register(&outer_driver);
}
module_init(outer_init);
