// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a macro makes both the probe's name and the driver
 * check-finding: same-bus high left_probe -> side_setup -> platform_driver_register(inner_driver)
 * check-finding: same-bus high right_probe -> side_setup -> platform_driver_register(inner_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int side_setup(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}

#define SIDE_DRIVER(side)                                                      \
	static int side##_probe(struct platform_device *pdev)                  \
	{                                                                      \
		return side_setup(&pdev->dev);                                 \
	}                                                                      \
	static struct platform_driver side##_driver = {                        \
		.probe = side##_probe,                                         \
		.driver = { .name = #side },                                   \
	};                                                                     \
	module_platform_driver(side##_driver)

SIDE_DRIVER(left);
SIDE_DRIVER(right);
