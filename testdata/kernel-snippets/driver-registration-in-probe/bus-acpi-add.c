// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the callback of an acpi driver is ops.add
 * check-finding: cross-bus high bad_add -> platform_driver_register(inner_driver)
 * check-probe-driver: outer_driver
 * check-bus: acpi_bus_type -> platform_bus_type
 */
#include <linux/acpi.h>
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_add(struct acpi_device *device)
{
	return platform_driver_register(&inner_driver);
}

static struct acpi_driver outer_driver = {
	.name = "outer",
	.ops = {
		.add = bad_add,
	},
};

static int __init outer_init(void)
{
	return acpi_bus_register_driver(&outer_driver);
}
module_init(outer_init);
