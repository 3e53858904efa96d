// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: calls in sizeof, typeof and __alignof__ are not made
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
	typeof(outer_setup()) ret = 0;

	ret += sizeof(outer_setup());
	ret += __alignof__(outer_setup());
	ret += sizeof(platform_driver_register(&inner_driver));
	return ret > 100 ? -EINVAL : 0;
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);

/* Keeps outer_setup() from being unused. */
static int __init late_setup(void)
{
	return outer_setup();
}
module_init(late_setup);
