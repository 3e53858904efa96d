// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the mended tee service registers both drivers from init
 * check-no-finding
 *
 * Twin of scmi-optee. The transport needs the service, so it defers its own
 * probe until there is one.
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
	if (optee_private)
		return -EBUSY;
	optee_private = dev;
	return 0;
}

static struct tee_client_driver optee_service_driver = {
	.driver = {
		.name = "optee-service",
		.bus = &tee_bus_type,
		.probe = optee_service_probe,
	},
};

static int __init optee_service_init(void)
{
	int ret;

	ret = platform_driver_register(&optee_transport_driver);
	if (ret)
		return ret;

	ret = driver_register(&optee_service_driver.driver);
	if (ret)
		platform_driver_unregister(&optee_transport_driver);
	return ret;
}
module_init(optee_service_init);

static void __exit optee_service_exit(void)
{
	driver_unregister(&optee_service_driver.driver);
	platform_driver_unregister(&optee_transport_driver);
}
module_exit(optee_service_exit);
