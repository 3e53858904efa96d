// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: probe registers a platform driver two calls down
 * check-finding: same-bus high bad_probe -> outer_setup -> outer_init_parts -> platform_driver_register(inner_driver)
 *
 * Helpers of the same file, all static.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int outer_init_parts(struct device *dev)
{
	if (!dev_name(dev))
		return -EINVAL;
	return platform_driver_register(&inner_driver);
}

static int outer_setup(struct platform_device *pdev)
{
	return outer_init_parts(&pdev->dev);
}

static int bad_probe(struct platform_device *pdev)
{
	int ret = outer_setup(pdev);

	if (ret)
		return ret;
	platform_set_drvdata(pdev, &inner_driver);
	return 0;
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
