// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: one of two fields is called, chosen by ?:
 * check-finding: same-bus medium bad_probe -> outer_start -> platform_driver_register(inner_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

struct outer_ops {
	int (*start)(struct device *dev);
	int (*resume)(struct device *dev);
};

static int outer_start(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}

static int outer_resume(struct device *dev)
{
	return 0;
}

const struct outer_ops outer_ops = {
	.start = outer_start,
	.resume = outer_resume,
};

static int bad_probe(struct platform_device *pdev)
{
	const struct outer_ops *ops = platform_get_drvdata(pdev);

	return (pdev->id ? ops->resume : ops->start)(&pdev->dev);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
