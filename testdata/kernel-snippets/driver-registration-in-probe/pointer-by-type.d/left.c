// SPDX-License-Identifier: GPL-2.0-only
#include "chip.h"

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int left_start(struct chip *chip)
{
	return platform_driver_register(&inner_driver);
}

const struct chip_ops left_ops = {
	.start = left_start,
};
