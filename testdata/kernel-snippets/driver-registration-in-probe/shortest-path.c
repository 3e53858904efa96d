// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: of two ways to one site the shorter is shown
 * check-finding: same-bus high bad_probe -> short_way -> common -> platform_driver_register(inner_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int common(void)
{
	return platform_driver_register(&inner_driver);
}

static int detour_end(void)
{
	return common();
}

static int detour(void)
{
	return detour_end();
}

static int short_way(void)
{
	return common();
}

static int bad_probe(struct platform_device *pdev)
{
	return pdev->id ? detour() : short_way();
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
