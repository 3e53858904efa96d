// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a loop registers every driver of an array of pointers
 * check-finding: same-bus high bad_probe -> platform_driver_register(first_driver)
 * check-finding: same-bus high bad_probe -> platform_driver_register(second_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver first_driver = {
	.driver.name = "first",
};

static struct platform_driver second_driver = {
	.driver.name = "second",
};

static struct platform_driver *parts[] = { &first_driver, &second_driver };

static int bad_probe(struct platform_device *pdev)
{
	unsigned int i;
	int ret;

	for (i = 0; i < ARRAY_SIZE(parts); i++) {
		ret = platform_driver_register(parts[i]);
		if (ret)
			return ret;
	}
	return 0;
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
