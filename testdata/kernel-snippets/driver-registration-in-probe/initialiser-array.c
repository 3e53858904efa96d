// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a driver is an element of an array of drivers
 * check-finding: same-bus high bad_probe -> platform_driver_register(inner_driver)
 * check-probe-driver: outer_drivers[1]
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int good_probe(struct platform_device *pdev)
{
	return 0;
}

static int bad_probe(struct platform_device *pdev)
{
	return platform_driver_register(&inner_driver);
}

static struct platform_driver outer_drivers[] = {
	[0] = { .probe = good_probe, .driver.name = "outer-0" },
	[1] = { .probe = bad_probe, .driver.name = "outer-1" },
};

static int __init outer_init(void)
{
	int ret = platform_driver_register(&outer_drivers[0]);

	return ret ? ret : platform_driver_register(&outer_drivers[1]);
}
module_init(outer_init);
