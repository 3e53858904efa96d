// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a cleanup function registers when a variable leaves its scope
 * check-finding: same-bus high bad_probe -> leave_scope -> platform_driver_register(inner_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static void leave_scope(int *id)
{
	if (*id)
		platform_driver_register(&inner_driver);
}

static int bad_probe(struct platform_device *pdev)
{
	int id __attribute__((cleanup(leave_scope))) = pdev->id;

	return id < 0 ? -EINVAL : 0;
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
