// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the probe of a bus itself registers
 * check-finding: cross-bus high bad_bus_probe -> platform_driver_register(inner_driver)
 * check-bus: foo_bus_type -> platform_bus_type
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_bus_probe(struct device *dev)
{
	int ret = platform_driver_register(&inner_driver);

	if (ret)
		return ret;
	return dev->driver->probe ? dev->driver->probe(dev) : 0;
}

static struct bus_type foo_bus_type = {
	.name = "foo",
	.probe = bad_bus_probe,
};

static int __init foo_init(void)
{
	return bus_register(&foo_bus_type);
}
module_init(foo_init);
