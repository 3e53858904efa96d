// SPDX-License-Identifier: GPL-2.0-only
#include "ops.h"

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int part_start(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}

static const struct part_ops part_ops = {
	.start = part_start,
};

int part_fill(struct part *part)
{
	part->ops = &part_ops;
	return 0;
}
