// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a library has one probe for all its drivers
 * check-finding: same-bus high bad_attach -> platform_driver_register(inner_driver)
 * check-bus: platform_bus_type -> platform_bus_type
 *
 * The probe of the outer driver is the library's, and what that calls is the
 * driver's own.
 */
#include <linux/platform_device.h>

struct part_driver {
	int (*attach)(struct platform_device *pdev);
	struct platform_driver driver;
};

static int part_probe(struct platform_device *pdev)
{
	struct part_driver *drv =
		container_of(to_platform_driver(pdev->dev.driver),
			     struct part_driver, driver);

	return drv->attach(pdev);
}

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_attach(struct platform_device *pdev)
{
	return platform_driver_register(&inner_driver);
}

static struct part_driver outer_driver = {
	.attach = bad_attach,
	.driver = {
		.probe = part_probe,
		.driver.name = "outer",
	},
};

static int __init outer_init(void)
{
	return platform_driver_register(&outer_driver.driver);
}
module_init(outer_init);
