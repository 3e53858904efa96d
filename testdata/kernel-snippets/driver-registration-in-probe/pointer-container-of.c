// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the object around what was handed in says what is called
 * check-finding: same-bus medium bad_probe -> part_start -> outer_start
 * -> platform_driver_register(inner_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

struct part {
	int id;
};

struct outer {
	int (*start)(struct device *dev);
	struct part part;
};

#define to_outer(p) container_of(p, struct outer, part)

static int outer_start(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}

void outer_init(struct outer *outer);
void outer_init(struct outer *outer)
{
	outer->start = outer_start;
}

static int part_start(struct part *part, struct device *dev)
{
	return to_outer(part)->start(dev);
}

static int bad_probe(struct platform_device *pdev)
{
	return part_start(platform_get_drvdata(pdev), &pdev->dev);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
