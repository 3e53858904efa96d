// SPDX-License-Identifier: GPL-2.0-only
#include "mb.h"

int mb_do_attach(struct device *dev, struct mb_driver *drv)
{
	return drv->attach(dev);
}
