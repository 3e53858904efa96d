// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the flag is tested by the caller of the function that registers
 * check-finding: same-bus high bad_probe -> register_parts -> platform_driver_register(inner_driver)
 * check-qualifier: no-unregister
 * check-qualifier: once-guard users
 * check-guard: users
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int users;

static int register_parts(void)
{
	return platform_driver_register(&inner_driver);
}

static int bad_probe(struct platform_device *pdev)
{
	if (users++ == 0)
		return register_parts();
	return 0;
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
