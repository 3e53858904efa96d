// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a field that is set everywhere is called for any object
 * check-finding: same-bus low bad_probe -> outer_start -> platform_driver_register(inner_driver)
 *
 * That this file fills one of these structs as well says nothing of the one that
 * it is handed.
 */
#include "chip.h"

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int outer_start(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}

static const struct chip_ops outer_ops = {
	.start = outer_start,
};

const struct chip_ops *outer_get_ops(void);
const struct chip_ops *outer_get_ops(void)
{
	return &outer_ops;
}

static int bad_probe(struct platform_device *pdev)
{
	const struct chip_ops *ops = platform_get_drvdata(pdev);

	return ops->start(&pdev->dev);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
