// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the bus's probe finds the driver's callback two helpers down
 * check-finding: cross-bus high bad_connect -> platform_driver_register(inner_driver)
 * check-probe-driver: outer_driver
 * check-bus: port_bus -> platform_bus_type
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

struct port_driver {
	int (*connect)(struct device *dev, struct port_driver *drv);
	struct device_driver driver;
};

static int port_do_connect(struct device *dev, struct port_driver *drv)
{
	return drv->connect(dev, drv);
}

static int port_bind(struct device *dev)
{
	return port_do_connect(dev, container_of(dev->driver,
						 struct port_driver, driver));
}

static int port_bus_probe(struct device *dev)
{
	return port_bind(dev);
}

static const struct bus_type port_bus = {
	.name = "port",
	.probe = port_bus_probe,
};

static int bad_connect(struct device *dev, struct port_driver *drv)
{
	return platform_driver_register(&inner_driver);
}

static struct port_driver outer_driver = {
	.connect = bad_connect,
	.driver = { .name = "outer", .bus = &port_bus },
};

static int __init outer_init(void)
{
	return driver_register(&outer_driver.driver);
}
module_init(outer_init);
