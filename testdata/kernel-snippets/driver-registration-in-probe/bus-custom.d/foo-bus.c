// SPDX-License-Identifier: GPL-2.0-only
#include "foo.h"

static int foo_bus_probe(struct device *dev)
{
	struct foo_driver *driver =
		container_of(dev->driver, struct foo_driver, drv);

	return driver->attach(container_of(dev, struct foo_device, dev));
}

static const struct bus_type foo_bus_type = {
	.name = "foo",
	.probe = foo_bus_probe,
};

int foo_driver_register(struct foo_driver *driver)
{
	driver->drv.bus = &foo_bus_type;
	return driver_register(&driver->drv);
}
