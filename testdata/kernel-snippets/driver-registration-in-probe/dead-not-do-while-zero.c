// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the body of do ... while (0) runs once
 * check-finding: same-bus high bad_probe -> platform_driver_register(inner_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_probe(struct platform_device *pdev)
{
	int ret;

	do {
		ret = platform_driver_register(&inner_driver);
	} while (0);
	return ret;
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
