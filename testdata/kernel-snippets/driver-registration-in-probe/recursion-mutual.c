// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: two helpers call each other, one registers
 * check-finding: same-bus high bad_probe -> scan_even -> scan_odd -> platform_driver_register(inner_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int scan_odd(int depth);

static int scan_even(int depth)
{
	return depth ? scan_odd(depth - 1) : 0;
}

static int scan_odd(int depth)
{
	int ret = depth ? scan_even(depth - 1) : 0;

	return ret ? ret : platform_driver_register(&inner_driver);
}

static int bad_probe(struct platform_device *pdev)
{
	return scan_even(4);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
