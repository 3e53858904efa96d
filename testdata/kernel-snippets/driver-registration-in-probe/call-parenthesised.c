// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the called function stands in parentheses
 * check-finding: same-bus high bad_probe -> outer_setup -> platform_driver_register(inner_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int outer_setup(void)
{
	return platform_driver_register(&inner_driver);
}

static int bad_probe(struct platform_device *pdev)
{
	return (outer_setup)();
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
