// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a field that another module of the directory sets
 * check-finding: same-bus low bad_probe -> part_start -> platform_driver_register(inner_driver)
 * check-module: main.c
 * check-module: part.c
 */
#include "ops.h"

static int bad_probe(struct platform_device *pdev)
{
	struct part *part = platform_get_drvdata(pdev);

	return part->ops->start(&pdev->dev);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
