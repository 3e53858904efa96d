// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: the branch that _Generic chooses is evaluated
 * check-finding: same-bus high bad_probe -> platform_driver_register(inner_driver)
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static int bad_probe(struct platform_device *pdev)
{
	/* clang-format off */
	return _Generic(pdev->id,
			int: platform_driver_register(&inner_driver),
			default: -EINVAL);
	/* clang-format on */
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
