// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a devm action that is run at once when it cannot be kept
 * check-finding: same-bus medium bad_probe -> fall_back -> platform_driver_register(inner_driver)
 *
 * The error path of devm_add_action_or_reset() calls it under the lock; as a rule
 * it is kept, so this is less than sure.
 */
#include <linux/platform_device.h>

static struct platform_driver inner_driver = {
	.driver.name = "inner",
};

static void fall_back(void *data)
{
	platform_driver_register(&inner_driver);
}

static int bad_probe(struct platform_device *pdev)
{
	return devm_add_action_or_reset(&pdev->dev, fall_back, pdev);
}

static struct platform_driver outer_driver = {
	.probe = bad_probe,
	.driver.name = "outer",
};
module_platform_driver(outer_driver);
