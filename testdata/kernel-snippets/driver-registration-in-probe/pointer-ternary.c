// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: ?: chooses which helper is called
 * check-finding: same-bus high bad_probe -> setup_parts -> platform_driver_register(inner_driver)
 *
 * It says the same as an if with two calls: nothing is guessed.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int setup_nothing(void)
{
	return 0;
}

static int setup_parts(void)
{
	return platform_driver_register(&inner_driver);
}

static int bad_probe(struct platform_device *pdev)
{
	return (pdev->id ? setup_nothing : setup_parts)();
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
