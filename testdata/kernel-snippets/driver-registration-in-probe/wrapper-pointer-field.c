// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a wrapper registers the driver its parameter points to
 * check-finding: same-bus high bad_probe -> foo_add(inner_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

struct foo {
	int version;
	struct platform_driver *pdrv;
};

static int foo_add(const struct foo *foo)
{
	return platform_driver_register(foo->pdrv);
}

static const struct foo my_foo = {
	.version = 2,
	.pdrv = &inner_driver,
};

static int bad_probe(struct platform_device *pdev)
{
	return foo_add(&my_foo);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
