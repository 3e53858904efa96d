// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: drivers without names in an array of pointers
 * check-finding: same-bus high bad_probe -> platform_driver_register(inner_driver)
 *
 * The driver is a compound literal at file scope.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_probe(struct platform_device *pdev)
{
	return platform_driver_register(&inner_driver);
}

static struct platform_driver *const outer_drivers[] = {
	&(struct platform_driver){
		.probe = bad_probe,
		.driver = { .name = "outer" },
	},
};

static int __init outer_init(void)
{
	return platform_register_drivers(outer_drivers,
					 ARRAY_SIZE(outer_drivers));
}
module_init(outer_init);
