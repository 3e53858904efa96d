// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: another file puts the probe into a driver it is given
 * check-finding: same-bus high bad_probe -> platform_driver_register(inner_driver)
 */
#include "ops.h"

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_probe(struct platform_device *pdev)
{
	return platform_driver_register(&inner_driver);
}

void outer_fill_ops(struct platform_driver *drv)
{
	drv->probe = bad_probe;
}
