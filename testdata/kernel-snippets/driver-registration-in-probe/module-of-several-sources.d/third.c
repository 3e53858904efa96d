// SPDX-License-Identifier: GPL-2.0-only
#include <linux/platform_device.h>

static int third_probe(struct platform_device *pdev)
{
	return 0;
}

static struct platform_driver third_driver = {
	.probe = third_probe,
	.driver.name = "third",
};
module_platform_driver(third_driver);
