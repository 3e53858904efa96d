// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a wrapper registers the driver inside its parameter
 * check-finding: same-bus high bad_probe -> foo_add(my_foo.pdrv)
 * check-bus: platform_bus_type -> platform_bus_type
 */
#include <linux/platform_device.h>

struct foo {
	int version;
	struct platform_driver pdrv;
};

static int foo_add(struct foo *foo)
{
	return platform_driver_register(&foo->pdrv);
}

static struct foo my_foo = {
	.version = 2,
	.pdrv.driver.name = "my-foo",
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
