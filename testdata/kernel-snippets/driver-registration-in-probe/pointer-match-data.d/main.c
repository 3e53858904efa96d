// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the operations stand beside the device ids of this driver
 * check-finding: same-bus medium bad_probe -> outer_start -> platform_driver_register(inner_driver)
 *
 * Other drivers fill such structs as well, but what belongs to a device of this
 * one stands in its own table.
 */
#include "chip.h"
#include <linux/of_device.h>

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

static const struct of_device_id outer_ids[] = {
	{ .compatible = "vendor,outer", .data = &outer_ops },
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
