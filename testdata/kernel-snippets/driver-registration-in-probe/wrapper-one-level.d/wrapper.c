// SPDX-License-Identifier: GPL-2.0-only
#include "wrapper.h"

int foo_add_driver(struct platform_driver *drv)
{
	if (!drv->driver.name)
		return -EINVAL;
	return platform_driver_register(drv);
}
EXPORT_SYMBOL_GPL(foo_add_driver);
