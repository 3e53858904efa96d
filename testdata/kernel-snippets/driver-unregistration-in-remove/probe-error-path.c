// SPDX-License-Identifier: GPL-2.0-only
/*
 * check-name: a probe that fails unregisters what it registered
 * check-finding: same-bus high bad_probe -> platform_driver_unregister(inner_driver)
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

static int bad_probe(struct platform_device *pdev)
{
	int ret = platform_driver_register(&inner_driver);

	if (!ret && pdev->id < 0) {
		platform_driver_unregister(&inner_driver);
		ret = -EINVAL;
	}
	return ret;
}

static struct platform_driver outer_driver = {
	.driver = { .name = "outer" },
	.probe = bad_probe,
};
module_platform_driver(outer_driver);
