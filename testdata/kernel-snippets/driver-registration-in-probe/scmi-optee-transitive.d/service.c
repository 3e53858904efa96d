// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the tee service's device is added by a platform probe
 * check-finding: transitive high service_probe -> platform_driver_register(transport_driver)
 * check-probe-driver: service_driver
 * check-bus: tee_bus_type -> platform_bus_type
 *
 * tee_core_probe() holds the lock of a platform device while it adds a device
 * to the tee bus. Its probe, called there and then, registers a driver that
 * walks the platform bus, up to the very device that is locked.
 */
#include <linux/platform_device.h>
#include <linux/tee_drv.h>

static struct platform_driver transport_driver = {
	.driver.name = "transport",
};

static int service_probe(struct device *dev)
{
	return platform_driver_register(&transport_driver);
}

static struct tee_client_driver service_driver = {
	.driver = {
		.name = "service",
		.bus = &tee_bus_type,
		.probe = service_probe,
	},
};

static int __init service_init(void)
{
	return driver_register(&service_driver.driver);
}
module_init(service_init);
