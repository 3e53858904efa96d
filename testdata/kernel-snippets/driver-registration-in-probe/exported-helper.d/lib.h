/* SPDX-License-Identifier: GPL-2.0-only */
#include <linux/platform_device.h>

int lib_setup(struct device *dev);
