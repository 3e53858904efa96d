// SPDX-License-Identifier: GPL-2.0-only
#include <linux/platform_device.h>

static int inner_probe(struct platform_device *pdev)
{
	return 0;
}

struct platform_driver inner_driver = {
	.probe = inner_probe,
	.driver.name = "inner",
};
