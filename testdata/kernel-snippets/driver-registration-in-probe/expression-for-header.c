// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: calls in the header of a for loop
 * check-finding: same-bus high bad_probe -> platform_driver_register(first_driver)
 * check-finding: same-bus high bad_probe -> platform_driver_register(second_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver first_driver, second_driver;

static int bad_probe(struct platform_device *pdev)
{
	int ret, i;

	for (ret = platform_driver_register(&first_driver), i = 0; i < 3 && ret;
	     ret = platform_driver_register(&second_driver), i++)
		pdev->id++;
	return ret;
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
