// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: two files called core.c have statics of the same names
 * check-finding: same-bus high core_probe -> core_setup -> platform_driver_register(inner_driver)
 * check-probe-driver: bad_core_driver
 *
 * bad/core.c registers from core_setup(), good/core.c does not. The two must
 * not meet, though name and base name of the file are equal.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int core_setup(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}

static int core_probe(struct platform_device *pdev)
{
	return core_setup(&pdev->dev);
}

static struct platform_driver bad_core_driver = {
	.probe = core_probe,
	.driver.name = "bad",
};
module_platform_driver(bad_core_driver);
