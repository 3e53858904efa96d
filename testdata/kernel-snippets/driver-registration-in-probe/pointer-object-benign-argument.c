// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: each caller's object is its own
 * check-no-finding
 *
 * The probe hands in operations that do nothing; an initcall hands in the others.
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

static const struct outer_ops outer_ops = {
	.start = outer_start,
};

static const struct outer_ops quiet_ops = {
	.start = quiet_start,
};

static int start(const struct outer_ops *ops, struct device *dev)
{
	return ops->start(dev);
}

static int bad_probe(struct platform_device *pdev)
{
	return start(&quiet_ops, &pdev->dev);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};

static int __init outer_init(void)
{
	int ret = start(&outer_ops, NULL);

	return ret ? ret : platform_driver_register(&outer_driver);
}
module_init(outer_init);
