// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a flag that is tested before, with a return
 * check-finding: same-bus high bad_probe -> register_once -> platform_driver_register(inner_driver)
 * check-guard: registered
 *
 * The flag keeps a second device from registering again, if they do not come
 * at the same time.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static bool registered;

static int register_once(void)
{
	if (registered)
		return 0;
	registered = true;

	return platform_driver_register(&inner_driver);
}

static int bad_probe(struct platform_device *pdev)
{
	return register_once();
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
