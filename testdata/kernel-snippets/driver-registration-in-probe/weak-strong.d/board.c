// SPDX-License-Identifier: GPL-2.0-only
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

int board_setup(void);

int board_setup(void)
{
	return platform_driver_register(&inner_driver);
}
