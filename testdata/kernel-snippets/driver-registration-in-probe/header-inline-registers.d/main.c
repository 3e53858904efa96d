// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: an inline function of a header registers a fixed driver
 * check-finding: same-bus high bad_probe -> foo_setup -> platform_driver_register(inner_driver)
 */
#include "foo.h"

static int bad_probe(struct platform_device *pdev)
{
	return foo_setup(&pdev->dev);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
