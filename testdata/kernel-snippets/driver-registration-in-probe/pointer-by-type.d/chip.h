/* SPDX-License-Identifier: GPL-2.0-only */
#include <linux/platform_device.h>

struct chip;

struct chip_ops {
	int (*start)(struct chip *chip);
};

struct chip {
	const struct chip_ops *ops;
};
