// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a wrapper is declared through a typedef of its function type
 * check-finding: same-bus high bad_probe -> foo_add(inner_driver)
 */
#include <linux/platform_device.h>

typedef int foo_add_fn(struct platform_driver *drv);

foo_add_fn foo_add;

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_probe(struct platform_device *pdev)
{
	return foo_add(&inner_driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);

int foo_add(struct platform_driver *drv)
{
	return platform_driver_register(drv);
}
