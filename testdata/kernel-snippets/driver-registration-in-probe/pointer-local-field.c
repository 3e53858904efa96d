// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a field is copied into a local, which is called
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

static const struct outer_ops outer_ops = {
	.start = outer_start,
};

static int bad_probe(struct platform_device *pdev)
{
	const struct outer_ops *ops = platform_get_drvdata(pdev);
	int (*start)(struct device *dev) = ops->start;

	return start ? start(&pdev->dev) : 0;
}

const struct outer_ops *outer_get_ops(void);
const struct outer_ops *outer_get_ops(void)
{
	return &outer_ops;
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
