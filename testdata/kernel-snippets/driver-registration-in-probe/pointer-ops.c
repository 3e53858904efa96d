// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a call through an operations table of the same file
 * check-finding: same-bus medium bad_probe -> outer_hw_init -> platform_driver_register(inner_driver)
 *
 * One table, one object, one file: the pointer has one possible value.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

struct outer_ops {
	int (*hw_init)(struct device *dev);
};

static int outer_hw_init(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}

static const struct outer_ops ops = {
	.hw_init = outer_hw_init,
};

static int bad_probe(struct platform_device *pdev)
{
	const struct outer_ops *my_ops = &ops;

	return my_ops->hw_init(&pdev->dev);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
