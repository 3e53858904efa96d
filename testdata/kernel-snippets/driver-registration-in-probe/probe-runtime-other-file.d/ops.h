/* SPDX-License-Identifier: GPL-2.0-only */
#include <linux/platform_device.h>

void outer_fill_ops(struct platform_driver *drv);
