// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a helper that calls itself also registers
 * check-finding: same-bus high bad_probe -> scan_level -> scan_level -> platform_driver_register(inner_driver)
 *
 * The walk must end, and the shortest path that can happen is the one shown:
 * the first level is told of others below it.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int scan_level(int depth)
{
	int ret = 0;

	if (depth)
		ret = scan_level(depth - 1);
	else
		ret = platform_driver_register(&inner_driver);
	return ret;
}

static int bad_probe(struct platform_device *pdev)
{
	return scan_level(3);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
