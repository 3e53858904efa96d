// SPDX-License-Identifier: GPL-2.0-only
#include "ops.h"

static struct platform_driver outer_driver = {
	.driver.name = "outer",
};

static int __init outer_init(void)
{
	outer_fill_ops(&outer_driver);
	return platform_driver_register(&outer_driver);
}
module_init(outer_init);
