// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: an array without a name holds the objects that are called
 * check-finding: same-bus medium bad_probe -> bad_start -> platform_driver_register(inner_driver)
 * check-module: main.c
 * check-module: other.c
 */
#include <linux/platform_device.h>

#include "start.h"

struct board {
	const struct part *const *parts;
};

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_start(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}

static const struct board board = {
	.parts = (const struct part *const[]){
		&(const struct part){ .start = bad_start },
		NULL,
	},
};

static int bad_probe(struct platform_device *pdev)
{
	return board.parts[0]->start(&pdev->dev);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
