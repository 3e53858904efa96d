// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a weak function that registers is replaced by one that does not
 * check-no-finding
 * check-known-to-fail: facts do not say which definition is weak
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

int board_setup(void);

int __weak board_setup(void)
{
	return platform_driver_register(&inner_driver);
}

static int good_probe(struct platform_device *pdev)
{
	return board_setup();
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
