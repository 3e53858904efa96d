/* SPDX-License-Identifier: GPL-2.0-only */
#include <linux/platform_device.h>

struct mb_driver {
	int (*attach)(struct device *dev);
	struct device_driver driver;
};

int mb_do_attach(struct device *dev, struct mb_driver *drv);
int mb_register(struct mb_driver *drv);
