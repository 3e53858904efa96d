// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: 0 && call, 1 || call and 0 ? call : x are dead
 * check-no-finding
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int outer_setup(void)
{
	return platform_driver_register(&inner_driver);
}

static int good_probe(struct platform_device *pdev)
{
	if (0 && outer_setup())
		return -EINVAL;
	if (1 || outer_setup())
		pdev->id++;
	return 0 ? outer_setup() : 0;
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
