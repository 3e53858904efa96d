// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe that is defined in a header
 * check-finding: same-bus high bad_probe -> platform_driver_register(inner_driver)
 *
 * Two units hold a copy; one function is reported.
 */
#include "outer.h"

struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
