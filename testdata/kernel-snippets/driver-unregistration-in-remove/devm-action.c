// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe leaves the unregistration to a devm action
 * check-finding: same-bus medium bad_probe -> unregister_inner -> platform_driver_unregister(inner_driver)
 *
 * It is called at once when there is no memory for it, and else when the device
 * is let go: with its lock held both times.
 */
#include <linux/platform_device.h>

static int inner_probe(struct platform_device *pdev)
{
	return pdev->id;
}

static struct platform_driver inner_driver = {
	.driver = { .name = "inner" },
	.probe = inner_probe,
};

static void unregister_inner(void *data)
{
	platform_driver_unregister(&inner_driver);
}

static int bad_probe(struct platform_device *pdev)
{
	int ret = platform_driver_register(&inner_driver);

	if (ret)
		return ret;
	return devm_add_action_or_reset(&pdev->dev, unregister_inner, NULL);
}

static struct platform_driver outer_driver = {
	.driver = { .name = "outer" },
	.probe = bad_probe,
};
module_platform_driver(outer_driver);
