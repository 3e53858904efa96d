/* SPDX-License-Identifier: GPL-2.0-only */
#include <linux/platform_device.h>

struct chip_ops {
	int (*start)(struct device *dev);
};
