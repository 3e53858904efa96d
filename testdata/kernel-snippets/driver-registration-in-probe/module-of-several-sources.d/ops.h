/* SPDX-License-Identifier: GPL-2.0-only */
#include <linux/platform_device.h>

struct part_ops {
	int (*start)(struct device *dev);
};

struct part {
	const struct part_ops *ops;
};

int part_fill(struct part *part);
