// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the probe is stored through a pointer to the field
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

static struct platform_driver outer_driver = {
	.driver.name = "outer",
};

static int __init outer_init(void)
{
	int (**probe)(struct platform_device *pdev) = &outer_driver.probe;

	*probe = bad_probe;
	return platform_driver_register(&outer_driver);
}
module_init(outer_init);
