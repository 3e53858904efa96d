// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a function of the same file puts the pointer into the field
 * check-finding: same-bus medium bad_probe -> outer_start -> platform_driver_register(inner_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

struct outer {
	int (*start)(struct device *dev);
};

static int outer_start(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}

static void set_start(struct outer *outer, int (*start)(struct device *dev))
{
	outer->start = start;
}

void outer_attach(struct outer *outer);
void outer_attach(struct outer *outer)
{
	set_start(outer, outer_start);
}

static int bad_probe(struct platform_device *pdev)
{
	struct outer *outer = platform_get_drvdata(pdev);

	return outer->start(&pdev->dev);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
