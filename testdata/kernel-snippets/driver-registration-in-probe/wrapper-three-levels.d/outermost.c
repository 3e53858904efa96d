// SPDX-License-Identifier: GPL-2.0-only
#include "wrapper.h"

int foo_add_driver(struct platform_driver *drv, const char *name)
{
	drv->driver.name = name;
	return __foo_add_driver(drv, false);
}
