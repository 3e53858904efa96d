// SPDX-License-Identifier: GPL-2.0-only
#include "foo.h"

struct platform_driver inner_driver = {
	.driver.name = "inner",
};
