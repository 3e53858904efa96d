/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FOO_H
#define FOO_H

#include <linux/platform_device.h>

static inline int foo_add_driver(struct platform_driver *drv)
{
	drv->prevent_deferred_probe = true;
	return platform_driver_register(drv);
}

#endif
