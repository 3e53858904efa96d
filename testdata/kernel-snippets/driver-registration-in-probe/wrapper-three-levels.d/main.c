// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: three wrappers in three files, the parameter moves about
 * check-finding: same-bus high bad_probe -> foo_add_driver(inner_driver)
 * check-bus: platform_bus_type -> platform_bus_type
 */
#include "wrapper.h"

static struct platform_driver inner_driver;

static int bad_probe(struct platform_device *pdev)
{
	return foo_add_driver(&inner_driver, "inner");
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
