// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: calls in the conditions of if, while and do
 * check-finding: same-bus high bad_probe -> platform_driver_register(first_driver)
 * check-finding: same-bus high bad_probe -> platform_driver_register(second_driver)
 * check-finding: same-bus high bad_probe -> platform_driver_register(third_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver first_driver, second_driver, third_driver;

static int bad_probe(struct platform_device *pdev)
{
	if (platform_driver_register(&first_driver))
		return -ENODEV;
	while (platform_driver_register(&second_driver))
		pdev->id++;
	do {
		pdev->id--;
	} while (!platform_driver_register(&third_driver));
	return 0;
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
