// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: of two objects the one that is called does nothing
 * check-no-finding
 *
 * The pointer is known: what another object of the type holds does not matter.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

struct outer_ops {
	int (*start)(struct device *dev);
};


static int outer_start(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}

static int quiet_start(struct device *dev)
{
	return 0;
}

const struct outer_ops outer_ops = {
	.start = outer_start,
};

static const struct outer_ops quiet_ops = {
	.start = quiet_start,
};

static int bad_probe(struct platform_device *pdev)
{
	const struct outer_ops *ops = &quiet_ops;

	return ops->start(&pdev->dev);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
