// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: two probes reach the same registration
 * check-finding: same-bus high left_probe -> common_setup -> platform_driver_register(inner_driver)
 * check-probe-driver: left_driver
 * check-finding: same-bus high right_probe -> common_setup -> platform_driver_register(inner_driver)
 * check-probe-driver: right_driver
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int common_setup(void)
{
	return platform_driver_register(&inner_driver);
}

static int left_probe(struct platform_device *pdev)
{
	return common_setup();
}

static struct platform_driver left_driver = {
	.probe = left_probe,
	.driver.name = "left",
};
module_platform_driver(left_driver);

static int right_probe(struct platform_device *pdev)
{
	return common_setup();
}

static struct platform_driver right_driver = {
	.probe = right_probe,
	.driver.name = "right",
};
module_platform_driver(right_driver);
