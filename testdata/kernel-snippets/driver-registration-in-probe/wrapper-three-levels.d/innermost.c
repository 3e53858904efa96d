// SPDX-License-Identifier: GPL-2.0-only
#include "wrapper.h"

int foo_do_add(int why, struct platform_driver *drv)
{
	pr_info("adding %s (%d)\n", drv->driver.name, why);
	return platform_driver_register(drv);
}
