// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a label behind a return brings the call back to life
 * check-finding: same-bus high bad_probe -> platform_driver_register(inner_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_probe(struct platform_device *pdev)
{
	if (pdev->id < 0)
		goto parts;
	return 0;
parts:
	return platform_driver_register(&inner_driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
