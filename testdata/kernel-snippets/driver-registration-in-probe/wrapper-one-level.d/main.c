// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a wrapper in another file passes its parameter on
 * check-finding: same-bus high bad_probe -> foo_add_driver(inner_driver)
 * check-bus: platform_bus_type -> platform_bus_type
 *
 * The site is where the driver is named, not inside the wrapper. That the
 * wrapper is exported changes nothing.
 */
#include "wrapper.h"

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_probe(struct platform_device *pdev)
{
	return foo_add_driver(&inner_driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
