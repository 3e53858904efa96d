// SPDX-License-Identifier: GPL-2.0-only
#include "mb.h"

static struct mb_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_attach(struct device *dev)
{
	return mb_register(&inner_driver);
}

static struct mb_driver outer_driver = {
	.attach = bad_attach,
	.driver.name = "outer",
};

static int __init outer_init(void)
{
	return mb_register(&outer_driver);
}
module_init(outer_init);
