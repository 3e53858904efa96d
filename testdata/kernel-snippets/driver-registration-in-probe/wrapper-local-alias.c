// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a wrapper copies its parameter into a local first
 * check-finding: same-bus high bad_probe -> foo_add(inner_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int foo_add(void *data)
{
	struct platform_driver *drv = data;

	drv->driver.suppress_bind_attrs = true;
	return platform_driver_register(drv);
}

static int bad_probe(struct platform_device *pdev)
{
	return foo_add(&inner_driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
