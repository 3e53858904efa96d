// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: IS_ENABLED() holds for an option that is a module
 * check-finding: same-bus high bad_probe -> platform_driver_register(inner_driver)
 */
#define CONFIG_OUTER_PARTS_MODULE 1
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_probe(struct platform_device *pdev)
{
	if (IS_ENABLED(CONFIG_OUTER_PARTS))
		return platform_driver_register(&inner_driver);
	return 0;
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
