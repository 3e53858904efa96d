// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a helper that only an initcall reaches registers
 * check-no-finding
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int good_probe(struct platform_device *pdev)
{
	return 0;
}

static struct platform_driver outer_driver = {
	.probe = good_probe,
	.driver.name = "outer",
};

static int __init register_both(void)
{
	int ret = platform_driver_register(&outer_driver);

	return ret ? ret : platform_driver_register(&inner_driver);
}

static int __init outer_init(void)
{
	return register_both();
}
module_init(outer_init);
