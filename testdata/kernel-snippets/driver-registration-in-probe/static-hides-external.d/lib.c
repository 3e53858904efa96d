// SPDX-License-Identifier: GPL-2.0-only
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

int foo_setup(struct device *dev);

int foo_setup(struct device *dev)
{
	return platform_driver_register(&inner_driver);
}

static int __init lib_init(void)
{
	return foo_setup(NULL);
}
module_init(lib_init);
