/* SPDX-License-Identifier: GPL-2.0-only */
#include <linux/platform_device.h>

int foo_add_driver(struct platform_driver *drv, const char *name);
int __foo_add_driver(struct platform_driver *drv, bool quiet);
int foo_do_add(int why, struct platform_driver *drv);
