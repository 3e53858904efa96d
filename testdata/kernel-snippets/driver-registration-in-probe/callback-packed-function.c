// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a function is packed where the walk is called
 * check-finding: same-bus high bad_probe -> begin -> platform_driver_register(inner_driver)
 *
 * No parameter in between: the probe itself fills in the struct, and a helper of
 * the walk's callback calls the field.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

struct walk {
	int (*begin)(struct device *dev);
};

static int begin(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}

static int visit_one(struct device *dev, const struct walk *walk)
{
	return walk->begin(dev);
}

static int visit(struct device *dev, void *data)
{
	return visit_one(dev, data);
}

static int bad_probe(struct platform_device *pdev)
{
	struct walk walk;

	walk.begin = begin;
	return device_for_each_child(&pdev->dev, &walk, visit);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
