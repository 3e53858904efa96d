// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a field is handed to a function that calls its argument
 * check-finding: same-bus medium bad_probe -> outer_start -> platform_driver_register(inner_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

struct outer_ops {
	int (*start)(struct device *dev);
};


static int outer_start(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}

const struct outer_ops outer_ops = {
	.start = outer_start,
};

static int run(int (*fn)(struct device *dev), struct device *dev)
{
	return fn(dev);
}

static int bad_probe(struct platform_device *pdev)
{
	const struct outer_ops *ops = platform_get_drvdata(pdev);

	return run(ops->start, &pdev->dev);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
