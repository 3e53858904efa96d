// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: platform_register_drivers() with an array of pointers
 * check-finding: same-bus high bad_probe -> platform_register_drivers(first_driver)
 * check-finding: same-bus high bad_probe -> platform_register_drivers(second_driver)
 *
 * The array tells which drivers are meant.
 */
#include <linux/platform_device.h>

static struct platform_driver first_driver = {
	.driver.name = "first",
};

static struct platform_driver second_driver = {
	.driver.name = "second",
};

static struct platform_driver *const parts[] = {
	&first_driver,
	&second_driver,
};

static int bad_probe(struct platform_device *pdev)
{
	return platform_register_drivers(parts, ARRAY_SIZE(parts));
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
