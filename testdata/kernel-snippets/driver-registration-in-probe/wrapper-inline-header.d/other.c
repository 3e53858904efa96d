// SPDX-License-Identifier: GPL-2.0-only
#include "foo.h"

static struct platform_driver other_driver = {
	.driver.name = "other",
};

static int __init other_init(void)
{
	return foo_add_driver(&other_driver);
}
module_init(other_init);
