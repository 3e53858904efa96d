// SPDX-License-Identifier: GPL-2.0-only
#include <linux/platform_device.h>

int board_setup(void);

int board_setup(void)
{
	return 0;
}
