// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a static variable that nothing ever sets is tested
 * check-finding: same-bus high bad_probe -> platform_driver_register(inner_driver)
 * check-qualifier: no-unregister
 * check-qualifier: per-instance static
 *
 * It lets the driver be registered as often as there are devices.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static bool disabled;

static int bad_probe(struct platform_device *pdev)
{
	if (disabled)
		return -ENODEV;
	return platform_driver_register(&inner_driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
