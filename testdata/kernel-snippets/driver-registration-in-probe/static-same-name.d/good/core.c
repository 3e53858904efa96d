// SPDX-License-Identifier: GPL-2.0-only
#include <linux/platform_device.h>

static int core_setup(struct device *dev)
{
	return dev_name(dev) ? 0 : -EINVAL;
}

static int core_probe(struct platform_device *pdev)
{
	return core_setup(&pdev->dev);
}

static struct platform_driver good_core_driver = {
	.probe = core_probe,
	.driver.name = "good",
};
module_platform_driver(good_core_driver);
