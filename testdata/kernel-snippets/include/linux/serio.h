/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SERIO_H
#define _LINUX_SERIO_H

#include <linux/device.h>
#include <linux/module.h>

struct serio {
	char name[32];
	struct device dev;
};

struct serio_driver {
	const char *description;
	int (*connect)(struct serio *serio, struct serio_driver *drv);
	void (*disconnect)(struct serio *serio);
	struct device_driver driver;
};

extern const struct bus_type serio_bus;

#define to_serio_port(d) container_of(d, struct serio, dev)
#define to_serio_driver(d) container_of(d, struct serio_driver, driver)

int __serio_register_driver(struct serio_driver *drv, struct module *owner);
void serio_unregister_driver(struct serio_driver *drv);

#define serio_register_driver(drv) __serio_register_driver(drv, THIS_MODULE)
#define module_serio_driver(drv)                                               \
	module_driver(drv, serio_register_driver, serio_unregister_driver)

#endif
