// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: ?: chooses which registrar is called
 * check-finding: same-bus high bad_probe -> register_plain(inner_driver)
 *
 * One site, one driver: one finding, by the first of the two names.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int register_plain(struct platform_driver *drv)
{
	return platform_driver_register(drv);
}

static int register_quiet(struct platform_driver *drv)
{
	drv->driver.suppress_bind_attrs = true;
	return platform_driver_register(drv);
}

static int bad_probe(struct platform_device *pdev)
{
	return (pdev->id ? register_plain : register_quiet)(&inner_driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
