// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a tee service's probe registers the transport's platform driver
 * check-finding: cross-bus high optee_service_probe -> platform_driver_register(optee_transport_driver)
 * check-guard: optee_private
 * check-probe-driver: optee_service_driver
 * check-bus: tee_bus_type -> platform_bus_type
 * check-unregister: optee_service_remove
 *
 * The probe sits in a device_driver inside a tee_client_driver. The tee bus has
 * no probe, so the driver core calls it as it stands.
 */
#include <linux/tee_drv.h>

#include "transport.h"

static struct device *optee_private;

static const struct transport_desc optee_desc = {
	.name = "optee",
	.max_msg = 20,
};

DEFINE_TRANSPORT_DRIVER(optee, optee_transport_driver, optee_desc);

static int optee_service_probe(struct device *dev)
{
	int ret;

	if (optee_private)
		return -EBUSY;
	optee_private = dev;

	ret = platform_driver_register(&optee_transport_driver);
	if (ret)
		optee_private = NULL;
	return ret;
}

static int optee_service_remove(struct device *dev)
{
	platform_driver_unregister(&optee_transport_driver);
	optee_private = NULL;
	return 0;
}

static const u32 optee_service_id[] = { 0xa8cfe406, 0 };

static struct tee_client_driver optee_service_driver = {
	.id_table = optee_service_id,
	.driver = {
		.name = "optee-service",
		.bus = &tee_bus_type,
		.probe = optee_service_probe,
		.remove = optee_service_remove,
	},
};

static int __init optee_service_init(void)
{
	return driver_register(&optee_service_driver.driver);
}
module_init(optee_service_init);

static void __exit optee_service_exit(void)
{
	driver_unregister(&optee_service_driver.driver);
}
module_exit(optee_service_exit);
