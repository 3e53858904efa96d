// SPDX-License-Identifier: GPL-2.0-only
#include "wrapper.h"

int __foo_add_driver(struct platform_driver *drv, bool quiet)
{
	drv->driver.suppress_bind_attrs = quiet;
	return foo_do_add(3, drv);
}
