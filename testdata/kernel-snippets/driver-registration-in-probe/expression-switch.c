// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: calls in a switch, head and case
 * check-finding: same-bus high bad_probe -> platform_driver_register(first_driver)
 * check-finding: same-bus high bad_probe -> platform_driver_register(second_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver first_driver, second_driver;

static int bad_probe(struct platform_device *pdev)
{
	switch (platform_driver_register(&first_driver)) {
	case 0:
		return 0;
	case -EBUSY:
		return platform_driver_register(&second_driver);
	default:
		return -ENODEV;
	}
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
