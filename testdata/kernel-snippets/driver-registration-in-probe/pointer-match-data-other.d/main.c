// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: match data of another driver are none of this one's
 * check-finding: same-bus low bad_probe -> outer_start -> platform_driver_register(inner_driver)
 *
 * The struct stands beside no id: it may be called, as any other of its type.
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

const struct chip_ops outer_ops = {
	.start = outer_start,
};

static const struct of_device_id outer_ids[] = {
	{ .compatible = "vendor,outer" },
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
