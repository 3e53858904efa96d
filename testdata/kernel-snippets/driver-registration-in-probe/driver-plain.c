// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a bare device_driver with probe and bus, nothing around it
 * check-finding: same-bus high bad_probe -> driver_register(inner_driver)
 * check-probe-driver: outer_driver
 * check-bus: tee_bus_type -> tee_bus_type
 */
#include <linux/tee_drv.h>

static struct device_driver inner_driver = {
	.name = "inner",
	.bus = &tee_bus_type,
};

static int bad_probe(struct device *dev)
{
	return driver_register(&inner_driver);
}

static struct device_driver outer_driver = {
	.name = "outer",
	.bus = &tee_bus_type,
	.probe = bad_probe,
};

static int __init outer_init(void)
{
	return driver_register(&outer_driver);
}
module_init(outer_init);
