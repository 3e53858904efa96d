// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: one probe sits in two drivers
 * check-finding: same-bus high bad_probe -> platform_driver_register(inner_driver)
 *
 * One probe, one site: one finding.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_probe(struct platform_device *pdev)
{
	return platform_driver_register(&inner_driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);

static struct platform_driver second_driver = {
	.probe = bad_probe,
	.driver.name = "second",
};
module_platform_driver(second_driver);
