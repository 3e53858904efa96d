// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: driver_register() of an embedded driver with its bus initialised
 * check-finding: cross-bus high bad_probe -> driver_register(inner_driver)
 * check-bus: platform_bus_type -> tee_bus_type
 *
 * The driver is named by its variable, not by the struct inside it.
 */
#include <linux/tee_drv.h>
#include <linux/platform_device.h>

static struct tee_client_driver inner_driver = {
	.driver = {
		.name = "inner",
		.bus = &tee_bus_type,
	},
};

static int bad_probe(struct platform_device *pdev)
{
	return driver_register(&inner_driver.driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
