// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a call under IS_ENABLED() of an option that is off is dead
 * check-no-finding
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int good_probe(struct platform_device *pdev)
{
	if (IS_ENABLED(CONFIG_OUTER_PARTS))
		return platform_driver_register(&inner_driver);
	return 0;
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
