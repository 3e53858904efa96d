// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a function is called probe and is no callback
 * check-no-finding
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int foo_probe(void)
{
	return platform_driver_register(&inner_driver);
}

static int __init foo_init(void)
{
	return foo_probe();
}
module_init(foo_init);
