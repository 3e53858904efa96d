// SPDX-License-Identifier: GPL-2.0-only
#include "lib.h"

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

int lib_setup(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}
EXPORT_SYMBOL(lib_setup);
