// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the argument of __builtin_constant_p is not evaluated
 * check-no-finding
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int good_probe(struct platform_device *pdev)
{
	if (__builtin_constant_p(platform_driver_register(&inner_driver)))
		return -EINVAL;
	return 0;
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
