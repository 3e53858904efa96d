// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a loop calls every function of a table
 * check-finding: same-bus medium bad_probe -> setup_parts -> platform_driver_register(inner_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int setup_clocks(struct device *dev)
{
	return 0;
}

static int setup_parts(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}

static int (*const steps[])(struct device *dev) = {
	setup_clocks,
	setup_parts,
};

static int bad_probe(struct platform_device *pdev)
{
	unsigned int i;
	int ret = 0;

	for (i = 0; i < ARRAY_SIZE(steps) && !ret; i++)
		ret = steps[i](&pdev->dev);
	return ret;
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
