// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a macro stands at the site
 * check-finding: same-bus high bad_probe -> foo_add_driver(inner_driver)
 *
 * Reported is what the reader sees there.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

#define foo_add_driver(drv) platform_driver_register(drv)

static int bad_probe(struct platform_device *pdev)
{
	return foo_add_driver(&inner_driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
