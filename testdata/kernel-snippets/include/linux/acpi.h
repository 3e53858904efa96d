/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_ACPI_H
#define _LINUX_ACPI_H

#include <linux/device.h>
#include <linux/module.h>

struct acpi_device {
	struct device dev;
};

struct acpi_device_ops {
	int (*add)(struct acpi_device *device);
	void (*remove)(struct acpi_device *device);
	void (*notify)(struct acpi_device *device, u32 event);
};

struct acpi_driver {
	char name[80];
	unsigned int flags;
	struct acpi_device_ops ops;
	struct device_driver drv;
};

extern const struct bus_type acpi_bus_type;

#define to_acpi_device(d) container_of(d, struct acpi_device, dev)
#define to_acpi_driver(d) container_of(d, struct acpi_driver, drv)

int __acpi_bus_register_driver(struct acpi_driver *driver,
			       struct module *owner);
void acpi_bus_unregister_driver(struct acpi_driver *driver);

#define acpi_bus_register_driver(drv)                                          \
	__acpi_bus_register_driver(drv, THIS_MODULE)

#endif
