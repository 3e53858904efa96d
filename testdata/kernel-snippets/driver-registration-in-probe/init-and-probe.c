// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a helper is called from an initcall and from a probe
 * check-finding: same-bus high bad_probe -> register_parts -> platform_driver_register(inner_driver)
 *
 * That an initcall reaches it, too, makes it no better.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int register_parts(void)
{
	return platform_driver_register(&inner_driver);
}

static int bad_probe(struct platform_device *pdev)
{
	return register_parts();
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};

static int __init outer_init(void)
{
	if (register_parts())
		pr_info("later, then\n");
	return platform_driver_register(&outer_driver);
}
module_init(outer_init);
