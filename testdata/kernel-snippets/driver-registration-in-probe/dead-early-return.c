// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: if (!IS_ENABLED(x)) return, and the option is off
 * check-no-finding
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int good_probe(struct platform_device *pdev)
{
	if (!IS_ENABLED(CONFIG_OUTER_PARTS))
		return 0;

	return platform_driver_register(&inner_driver);
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
