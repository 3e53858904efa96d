// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: more functions are put into a field than would say anything
 * check-no-finding
 *
 * One of 36 registers a driver. The report names the field as not followed.
 */
#include "chip.h"

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

#define CHIP(name, ret)                                                        \
	static int start_##name(struct device *dev)                            \
	{                                                                      \
		return ret;                                                    \
	}                                                                      \
	const struct chip_ops ops_##name = {                                   \
		.start = start_##name,                                         \
	};

#define FIVE_CHIPS(name)                                                       \
	CHIP(name##0, 0)                                                       \
	CHIP(name##1, 0)                                                       \
	CHIP(name##2, 0)                                                       \
	CHIP(name##3, 0)                                                       \
	CHIP(name##4, 0)

FIVE_CHIPS(a)
FIVE_CHIPS(b)
FIVE_CHIPS(c)
FIVE_CHIPS(d)
FIVE_CHIPS(e)
FIVE_CHIPS(f)
FIVE_CHIPS(g)
CHIP(last, platform_driver_register(&inner_driver))

static int bad_probe(struct platform_device *pdev)
{
	const struct chip_ops *ops = platform_get_drvdata(pdev);

	return ops->start(&pdev->dev);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
