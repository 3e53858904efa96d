/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_TEE_DRV_H
#define _LINUX_TEE_DRV_H

#include <linux/device.h>
#include <linux/module.h>

struct tee_client_device {
	u32 id;
	struct device dev;
};

/* Drivers fill in the embedded driver, its bus and its probe themselves. */
struct tee_client_driver {
	const u32 *id_table;
	struct device_driver driver;
};

extern const struct bus_type tee_bus_type;

#define to_tee_client_device(d) container_of(d, struct tee_client_device, dev)
#define to_tee_client_driver(d)                                                \
	container_of(d, struct tee_client_driver, driver)

#endif
