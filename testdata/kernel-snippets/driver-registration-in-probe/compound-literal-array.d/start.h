/* SPDX-License-Identifier: GPL-2.0-only */
struct device;

struct part {
	int (*start)(struct device *dev);
};
