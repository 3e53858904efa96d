// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the wrapper is a static inline function of a header
 * check-finding: same-bus high bad_probe -> foo_add_driver(inner_driver)
 */
#include "foo.h"

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_probe(struct platform_device *pdev)
{
	return foo_add_driver(&inner_driver);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
