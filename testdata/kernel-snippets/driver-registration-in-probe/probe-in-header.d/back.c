// SPDX-License-Identifier: GPL-2.0-only
#include "outer.h"

static struct platform_driver back_driver = {
	.probe = bad_probe,
	.driver.name = "back",
};
module_platform_driver(back_driver);
