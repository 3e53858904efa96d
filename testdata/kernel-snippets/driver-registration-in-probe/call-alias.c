// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the probe calls a helper by its second name
 * check-finding: same-bus high bad_probe -> helper_start(inner_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

int helper_start(struct platform_driver *drv)
	__attribute__((weak, alias("helper_run")));

static int __attribute__((used)) helper_run(struct platform_driver *drv)
{
	return platform_driver_register(drv);
}

static int bad_probe(struct platform_device *pdev)
{
	return helper_start(&inner_driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
