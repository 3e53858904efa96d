// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the driver struct has no tag, only a typedef
 * check-finding: same-bus high bad_probe -> foo_driver_register(inner_driver)
 * check-probe-driver: outer_driver
 * check-bus: foo_bus_type -> foo_bus_type
 */
#include <linux/device.h>
#include <linux/module.h>

typedef struct {
	int (*connect)(struct device *dev);
	struct device_driver driver;
} foo_driver_t;

static int foo_bus_probe(struct device *dev)
{
	foo_driver_t *drv = container_of(dev->driver, foo_driver_t, driver);

	return drv->connect(dev);
}

static const struct bus_type foo_bus_type = {
	.name = "foo",
	.probe = foo_bus_probe,
};

static int foo_driver_register(foo_driver_t *drv)
{
	drv->driver.bus = &foo_bus_type;
	return driver_register(&drv->driver);
}

static foo_driver_t inner_driver = {
	.driver.name = "inner",
};

static int bad_probe(struct device *dev)
{
	return foo_driver_register(&inner_driver);
}

static foo_driver_t outer_driver = {
	.connect = bad_probe,
	.driver.name = "outer",
};

static int __init outer_init(void)
{
	return foo_driver_register(&outer_driver);
}
module_init(outer_init);
