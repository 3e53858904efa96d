// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: neither the selector of _Generic nor its losers are evaluated
 * check-no-finding
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int __maybe_unused outer_setup(void)
{
	return platform_driver_register(&inner_driver);
}

static int good_probe(struct platform_device *pdev)
{
	return _Generic(outer_setup(), int: 0, default: -EINVAL);
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
