/* SPDX-License-Identifier: GPL-2.0-only */
struct device;

struct chip_ops {
	int (*start)(struct device *dev);
};
