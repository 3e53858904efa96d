// SPDX-License-Identifier: GPL-2.0-only
#include "chip.h"

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
