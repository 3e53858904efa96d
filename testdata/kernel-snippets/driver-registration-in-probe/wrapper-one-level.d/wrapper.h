/* SPDX-License-Identifier: GPL-2.0-only */
#include <linux/platform_device.h>

int foo_add_driver(struct platform_driver *drv);
