/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FOO_H
#define FOO_H

#include <linux/device.h>
#include <linux/module.h>

struct foo_device {
	int slot;
	struct device dev;
};

struct foo_driver {
	int (*attach)(struct foo_device *fdev);
	struct device_driver drv;
};

int foo_driver_register(struct foo_driver *driver);

#endif
