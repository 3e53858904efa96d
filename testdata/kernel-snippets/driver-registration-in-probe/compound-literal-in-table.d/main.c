// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the operations beside a device id have no name
 * check-finding: same-bus medium bad_probe -> bad_start -> platform_driver_register(inner_driver)
 * check-module: main.c
 * check-module: other.c
 */
#include <linux/of_device.h>
#include <linux/platform_device.h>

#include "start.h"

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_start(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}

static const struct of_device_id outer_ids[] = {
	{ .compatible = "vendor,outer",
	  .data = &(const struct chip_ops){ .start = bad_start } },
	{ },
};

static int bad_probe(struct platform_device *pdev)
{
	const struct chip_ops *ops = of_device_get_match_data(&pdev->dev);

	return ops->start(&pdev->dev);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver = {
		.name = "outer",
		.of_match_table = outer_ids,
	},
};
module_platform_driver(outer_driver);
