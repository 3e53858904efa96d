// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a macro hides several registrations
 * check-finding: same-bus high bad_probe -> ADD_PARTS(left_driver)
 * check-finding: same-bus high bad_probe -> ADD_PARTS(right_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver left_driver = {
	.driver.name = "left",
};

static struct platform_driver right_driver = {
	.driver.name = "right",
};

#define ADD_PARTS()                                                            \
	(platform_driver_register(&left_driver) ?:                             \
		 platform_driver_register(&right_driver))

static int bad_probe(struct platform_device *pdev)
{
	return ADD_PARTS();
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
