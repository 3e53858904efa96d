// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the operations beside a device id stand in another file
 * check-finding: same-bus medium bad_probe -> outer_start -> platform_driver_register(inner_driver)
 * check-module: main.c ops.c
 * check-module: other.c
 */
#include "chip.h"
#include <linux/of_device.h>

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
