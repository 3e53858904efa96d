// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the probe is put into the driver at run time
 * check-finding: same-bus high bad_probe -> platform_driver_register(inner_driver)
 * check-probe-driver: outer_driver
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_probe(struct platform_device *pdev)
{
	return platform_driver_register(&inner_driver);
}

static struct platform_driver outer_driver;

static int __init outer_init(void)
{
	outer_driver.driver.name = "outer";
	outer_driver.probe = bad_probe;
	return platform_driver_register(&outer_driver);
}
module_init(outer_init);
