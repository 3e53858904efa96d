// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: an object that is not seen, of a type that only this file fills
 * check-finding: same-bus medium bad_probe -> outer_start -> platform_driver_register(inner_driver)
 *
 * Whatever the device's data are: no other file has such operations.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

struct outer_ops {
	int (*start)(struct device *dev);
};

struct outer {
	const struct outer_ops *ops;
};

static int outer_start(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}

static const struct outer_ops outer_ops = {
	.start = outer_start,
};

void outer_attach(struct outer *outer);
void outer_attach(struct outer *outer)
{
	outer->ops = &outer_ops;
}

static int bad_probe(struct platform_device *pdev)
{
	struct outer *outer = platform_get_drvdata(pdev);

	return outer->ops->start(&pdev->dev);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
