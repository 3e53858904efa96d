// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a bus that knows two kinds of probe, old and new
 * check-finding: same-bus high bad_probe -> foo_driver_register(inner_driver)
 * check-bus: foo_bus_type -> foo_bus_type
 *
 * As buses do while their drivers move to a new prototype.
 */
#include <linux/module.h>
#include <linux/device.h>

struct foo_driver {
	int (*probe)(struct device *dev, int id);
	int (*probe_new)(struct device *dev);
	struct device_driver driver;
};

static int foo_bus_probe(struct device *dev)
{
	struct foo_driver *drv =
		container_of(dev->driver, struct foo_driver, driver);

	if (drv->probe_new)
		return drv->probe_new(dev);
	return drv->probe(dev, 0);
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
	.probe_new = bad_probe,
	.driver.name = "outer",
};

static int __init outer_init(void)
{
	return foo_driver_register(&outer_driver);
}
module_init(outer_init);
